#include "bindings.hpp"

/// What `python/marsad/__init__.py` makes a library of; not for use by itself.
PYBIND11_MODULE(_marsad, module) {
  module.attr("__version__") = MARSAD_VERSION;
  marsad::python::define_asterix(module);
  marsad::python::define_encode(module);
  marsad::python::define_mode_s(module);
}
