#pragma once

#include <array>

#include "marsad/wire/modes/register_features.hpp"

// Written by tools/registers (`weigh_registers fit`) from 20614 registers whose names a radar told, those of aircraft
// of even address in one hour of traffic: do not edit. Figures of our own about them, not the registers.

namespace marsad::wire::modes::features {

/// Natural logarithm of the probability of one value in each bin of each slot.
inline constexpr std::array<std::array<float, kMostBins>, kSlots> kLogDensity{{
    {{
        // status_40
        -6.44F, -6.73F, -6.73F, -6.77F, -4.41F, -6.44F, -6.44F, -5.66F, -6.50F, -6.74F, -6.74F,
        -6.77F, -5.44F, -6.50F, -6.50F, -6.74F, -5.25F, -6.44F, -6.44F, -6.73F, -0.73F, -5.25F,
        -3.23F, -6.44F, -4.15F, -6.50F, -6.50F, -6.74F, -0.96F, -5.44F, -5.44F, -4.18F,
    }},
    {{
        // selected_altitude
        -4.06F,
        -8.41F,
        -12.13F,
        -11.99F,
    }},
    {{
        // selected_against_actual
        -5.06F,
        -8.35F,
        -7.31F,
        -7.54F,
        -7.53F,
        -8.60F,
        -12.73F,
        -12.77F,
    }},
    {{
        // fms_altitude
        -1.42F,
        -4.52F,
        -9.07F,
        -9.81F,
        -11.75F,
    }},
    {{
        // pressure_setting
        -12.07F,
        -11.59F,
        -11.21F,
        -10.93F,
        -6.07F,
        -1.51F,
        -5.84F,
        -10.03F,
        -11.21F,
        -12.08F,
    }},
    {{
        // modes_40
        -1.56F,
        -3.85F,
        -2.01F,
        -3.85F,
        -0.60F,
        -3.85F,
        -3.85F,
        -3.85F,
    }},
    {{
        // source_40
        -1.78F,
        -0.95F,
        -1.28F,
        -1.78F,
    }},
    {{
        // status_50
        -9.12F, -9.06F, -9.00F, -8.61F, -9.00F, -8.61F, -8.30F, -7.16F, -9.00F, -8.61F, -8.30F,
        -7.16F, -4.43F, -7.16F, -6.59F, -5.09F, -9.00F, -8.61F, -8.30F, -7.16F, -5.94F, -6.41F,
        -4.82F, -5.09F, -8.30F, -7.16F, -6.59F, -5.09F, -5.06F, -4.56F, -1.96F, -0.24F,
    }},
    {{
        // roll
        -2.07F,
        -4.32F,
        -7.54F,
        -8.18F,
        -8.13F,
        -10.53F,
        -10.79F,
        -10.83F,
    }},
    {{
        // track_against
        -3.17F,
        -8.17F,
        -10.18F,
        -10.66F,
        -11.21F,
        -11.00F,
        -11.45F,
    }},
    {{
        // ground_speed
        -5.13F,
        -7.46F,
        -5.95F,
        -5.23F,
        -5.55F,
        -8.03F,
        -10.84F,
    }},
    {{
        // speed_against
        -1.64F,
        -7.11F,
        -8.72F,
        -10.43F,
        -10.24F,
        -11.51F,
    }},
    {{
        // turn_against_bank
        -1.75F,
        -4.74F,
        -6.89F,
        -8.80F,
        -10.14F,
        -10.61F,
        -11.53F,
    }},
    {{
        // turn
        -2.93F,
        -4.27F,
        -6.15F,
        -6.90F,
        -7.83F,
        -9.26F,
    }},
    {{
        // wind_speed
        -3.63F,
        -4.73F,
        -4.67F,
        -5.04F,
        -11.28F,
        -11.40F,
        -11.53F,
    }},
    {{
        // true_airspeed
        -5.36F,
        -5.77F,
        -5.87F,
        -6.27F,
        -6.05F,
        -5.87F,
        -8.44F,
    }},
    {{
        // status_60
        -10.41F, -10.03F, -10.03F, -8.69F, -10.14F, -8.97F,  -8.97F, -6.99F, -10.12F, -8.92F, -8.92F,
        -6.93F,  -9.17F,  -7.25F,  -7.25F, -5.08F,  -10.03F, -8.69F, -8.69F, -2.16F,  -8.97F, -6.99F,
        -6.99F,  -4.82F,  -8.92F,  -6.93F, -6.93F,  -4.19F,  -7.25F, -5.09F, -5.09F,  -0.18F,
    }},
    {{
        // heading_against
        -4.32F,
        -4.50F,
        -5.24F,
        -10.05F,
        -11.50F,
        -11.52F,
        -11.53F,
    }},
    {{
        // airspeed
        -7.87F,
        -8.94F,
        -6.85F,
        -5.90F,
        -4.33F,
        -5.45F,
        -7.20F,
        -10.81F,
        -10.84F,
    }},
    {{
        // airspeed_against
        -4.49F,
        -5.41F,
        -5.26F,
        -5.96F,
        -11.87F,
        -11.87F,
        -11.92F,
    }},
    {{
        // mach_against
        -1.64F,
        -10.49F,
        -7.78F,
        -10.02F,
        -11.47F,
        -11.53F,
    }},
    {{
        // mach_ratio
        -9.41F,
        -4.83F,
        -4.40F,
        -4.73F,
        -5.29F,
        -5.46F,
        -4.85F,
        -4.75F,
        -8.22F,
        -7.91F,
        -11.51F,
    }},
    {{
        // mach
        -5.03F,
        -6.12F,
        -6.52F,
        -4.92F,
        -5.77F,
        -5.43F,
        -8.74F,
    }},
    {{
        // rate
        -2.77F,
        -4.36F,
        -5.57F,
        -5.43F,
        -6.71F,
        -10.02F,
        -10.84F,
    }},
    {{
        // rate_against
        -4.01F,
        -4.90F,
        -5.28F,
        -5.94F,
        -6.62F,
        -9.20F,
    }},
    {{
        // rates_differ
        -2.12F,
        -3.35F,
        -5.32F,
        -8.07F,
        -10.31F,
        -11.53F,
    }},
}};

/// Bits 9 to 56 of BDS 1,0 and bits 1 to 28 of BDS 1,7.
inline constexpr BitModel<48> kCapabilityBits{
    {
        -3.73F, -3.73F, -3.73F, -3.73F, -3.73F, -3.73F, 2.58F,  0.84F,  -3.73F, -3.73F, -3.73F, -3.73F,
        2.68F,  -3.09F, 2.94F,  -3.73F, 3.26F,  -3.73F, -3.73F, -3.73F, -3.73F, -3.73F, -3.73F, -3.73F,
        2.39F,  2.80F,  3.73F,  0.63F,  -0.81F, 0.63F,  -3.73F, 1.67F,  -3.73F, -3.73F, -3.73F, -3.73F,
        -3.73F, -3.73F, -3.73F, -3.73F, -3.73F, -3.73F, -3.73F, -3.73F, -3.73F, -3.73F, -3.73F, -3.73F,
    },
    -27.17F};
inline constexpr BitModel<28> kCommonUsageBits{
    {
        2.48F,  2.48F, 2.48F, 2.34F, 2.48F,  2.10F,  2.63F,  -1.73F, 2.10F, -3.65F, -3.65F, -3.65F, -3.65F, -3.65F,
        -3.65F, 2.22F, 0.36F, 0.36F, -3.03F, -3.65F, -3.65F, -3.65F, 1.82F, 2.10F,  -3.65F, -3.65F, -3.65F, -3.65F,
    },
    -28.63F};

}  // namespace marsad::wire::modes::features
