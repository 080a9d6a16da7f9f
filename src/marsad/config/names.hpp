#pragma once

#include <array>
#include <string_view>

namespace marsad::config {

/// The words of `kind` in `[[feed]]`, in the order of `FeedKind`.
inline constexpr std::array<std::string_view, 2> kFeedKindNames{"udp", "tcp"};

}  // namespace marsad::config
