#pragma once

#include <stdexcept>
#include <string>

namespace marsad::app {

/// Wrong usage or configuration, found at start-up: exit code 2. The message names the place and the remedy.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// An input that could not be read at all, or damage under --strict: exit code 3.
class UnreadableInput : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Anything else that ends a run: exit code 1.
class RunFailure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace marsad::app
