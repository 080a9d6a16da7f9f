#pragma once

#include "options.hpp"

namespace marsad::app {

/// How the program ends (CONTRACT, "The program").
enum ExitCode : int {
  kDone = 0,
  kFailed = 1,      ///< at run time
  kUsage = 2,       ///< wrong usage or configuration
  kUnreadable = 3,  ///< the input could not be read at all, or --strict met damage
};

// One file per verb. Each prints data on standard output only, and everything else on standard error.
int decode(const DecodeOptions& options);
int encode(const EncodeOptions& options);
int convert(const ConvertOptions& options);
int asterix_stat(const AsterixStatOptions& options);
int asterix_filter(const AsterixFilterOptions& options);
int track(const TrackOptions& options);
int replay(const ReplayOptions& options);
int run(const RunOptions& options);
int demo(const DemoOptions& options);
int verify(const VerifyOptions& options);
int doctor(const DoctorOptions& options);

}  // namespace marsad::app
