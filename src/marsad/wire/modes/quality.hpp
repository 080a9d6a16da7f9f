#pragma once

#include <cstdint>
#include <optional>

/// What the quality figures of ADS-B mean, by version of the sender: 0 (DO-260), 1 (DO-260A), 2 (DO-260B), 3 (DO-260C;
/// later ones are read like it).
///
/// A radius of containment (Rc) is passed by the true error with the probability that SIL tells; an accuracy (EPU) by
/// one error in twenty. All figures are upper bounds ("less than"); absent means unknown, so without any bound.
///
/// Source: RTCA DO-260C, table 2-11; DO-260B, tables 2-14, 2-16, 2-70 to 2-72; DO-260A, table 2-11; ICAO Doc 9871,
/// tables A-2, B-2, C-2, C-13, C-29; C.5 for version 0.
namespace marsad::wire::modes {

/// NIC and what it contains.
struct Integrity {
  std::uint8_t nic = 0;        ///< 0 to 11; of version 0, the NIC that stands for the NUCp (Doc 9871, C.5)
  std::optional<double> rc_m;  ///< radius of containment, metres

  friend constexpr bool operator==(const Integrity&, const Integrity&) = default;
};

/// Bits of other messages that refine a NIC: A and C of the operational status, B of the airborne position itself, D of
/// the airborne velocity (version 3, type codes 20 and 22). Absent until heard: the greatest radius that any value
/// would mean is then told.
struct NicSupplements {
  std::optional<bool> a;
  bool b = false;
  std::optional<bool> c;
  std::optional<std::uint8_t> d;  ///< 0 to 3
};

/// The integrity of a position of type code 0, 5 to 18 or 20 to 22 (others: unknown). Combinations that the standard
/// leaves undefined mean the greatest radius of their type code.
[[nodiscard]] Integrity nic_of(unsigned type_code, unsigned version, const NicSupplements& supplements) noexcept;

/// Version 0: the navigation uncertainty category of a type code, 0 to 9, and what it means.
[[nodiscard]] std::uint8_t nucp_of(unsigned type_code) noexcept;
[[nodiscard]] std::optional<double> nucp_containment_m(unsigned nucp) noexcept;
[[nodiscard]] std::optional<double> nucp_accuracy_m(unsigned nucp) noexcept;
/// Version 0: the NACp and SIL that stand for the type code of a position (Doc 9871, C.5.2.2).
[[nodiscard]] std::uint8_t nac_p_of_version_0(unsigned type_code) noexcept;
[[nodiscard]] std::uint8_t sil_of_version_0(unsigned type_code) noexcept;

/// 95 % bound of the horizontal position, metres: 3 (NACp 11) to 18,520 (NACp 1).
[[nodiscard]] std::optional<double> nac_p_accuracy_m(unsigned nac_p) noexcept;
/// 95 % bound of the horizontal velocity, m/s: 0.3 (NACv or NUCr 4) to 10 (1).
[[nodiscard]] std::optional<double> nac_v_accuracy_m_s(unsigned nac_v) noexcept;
/// 95 % bound of the geometric height, metres: 150 (GVA 1), 45 (GVA 2).
[[nodiscard]] std::optional<double> gva_accuracy_m(unsigned gva) noexcept;
/// The probability of SIL that Rc is exceeded without an alert, per flight hour or per sample: 1e-3, 1e-5, 1e-7.
[[nodiscard]] std::optional<double> sil_probability(unsigned sil) noexcept;
/// The probability of SDA that a fault of the avionics makes the position false, per flight hour.
[[nodiscard]] std::optional<double> sda_probability(unsigned sda) noexcept;

}  // namespace marsad::wire::modes
