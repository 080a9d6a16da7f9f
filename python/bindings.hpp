#pragma once

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "marsad/wire/asterix/edition.hpp"

namespace marsad::python {

namespace py = pybind11;

/// The octets of a `bytes` object, which nobody can change while the interpreter is let go.
[[nodiscard]] inline std::span<const std::byte> octets_of(const py::bytes& bytes) {
  const std::string_view view = bytes;
  return std::as_bytes(std::span(view));
}

/// A NumPy array of `count` elements that owns `storage`, without a copy.
template <class Element>
py::array array_owning(std::vector<Element>&& storage, const py::dtype& type, std::size_t count) {
  auto owned = std::make_unique<std::vector<Element>>(std::move(storage));
  const void* const data = owned->data();
  const py::capsule owner(owned.get(), [](void* p) { delete static_cast<std::vector<Element>*>(p); });
  static_cast<void>(owned.release());
  return py::array(type, {static_cast<py::ssize_t>(count)}, {}, data, owner);
}

/// What `{21: "0.23"}` says, or the default for the other categories. Throws ValueError, naming the editions that there
/// are.
[[nodiscard]] wire::asterix::EditionSet parse_editions(const std::map<int, std::string>& chosen);

void define_asterix(py::module_& module);
void define_encode(py::module_& module);
void define_mode_s(py::module_& module);

}  // namespace marsad::python
