#pragma once

#include <cstdlib>
#include <filesystem>

namespace marsad {

/// The folder of recordings and tables that are not part of the project: MARSAD_SHARED, or ../shared beside the
/// checkout. It may be absent: then the tests that need it are skipped.
inline std::filesystem::path shared_folder() {
  const char* const told = std::getenv("MARSAD_SHARED");
  return told != nullptr && *told != '\0' ? told : MARSAD_DEFAULT_SHARED;
}

}  // namespace marsad
