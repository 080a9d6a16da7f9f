#pragma once

namespace marsad::app {

/// From now on SIGINT and SIGTERM ask the program to end in good order; a second one ends it at once.
void watch_signals();

/// Whether one of them has come.
bool stop_requested() noexcept;

}  // namespace marsad::app
