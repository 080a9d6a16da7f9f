# marsad as a library for others: what is installed, and under which names it is found (docs/library.md).
#
#   find_package(marsad REQUIRED COMPONENTS asterix)
#   target_link_libraries(mine PRIVATE marsad::asterix)
#
# Each component is one set of exported targets that depends on sets before it in this list alone, so that whoever
# wants the codec needs nothing but a compiler:
#
#   core         base, units, wire_framing           no third-party library
#   asterix      wire_asterix                        none
#   modes        wire_modes, wire_uat                none
#   observation  geo, observation                    Eigen, GeographicLib
#   marsad       every other room                    what those need
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(marsad_components core asterix modes observation marsad)
set(marsad_core_rooms base units wire_framing)
set(marsad_asterix_rooms wire_asterix)
set(marsad_modes_rooms wire_modes wire_uat)
set(marsad_observation_rooms geo observation)
set(marsad_asterix_needs core)
set(marsad_modes_needs core)
set(marsad_observation_needs asterix modes)
set(marsad_marsad_needs observation)
set(marsad_headers ${CMAKE_INSTALL_INCLUDEDIR})
set(marsad_cmake_folder ${CMAKE_INSTALL_LIBDIR}/cmake/marsad)

# marsad_component_of(VARIABLE ROOM): the component whose set has the room.
function(marsad_component_of out room)
  foreach(component core asterix modes observation)
    if(room IN_LIST marsad_${component}_rooms)
      set(${out} ${component} PARENT_SCOPE)
      return()
    endif()
  endforeach()
  set(${out} marsad PARENT_SCOPE)
endfunction()

# marsad_install_room(ROOM): its library, its headers but those that only tests include, and its part in its component.
function(marsad_install_room room)
  marsad_component_of(component ${room})
  set_target_properties(marsad_${room} PROPERTIES EXPORT_NAME room_${room})
  install(TARGETS marsad_${room} EXPORT marsad_${component} ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
          COMPONENT ${component})
  file(RELATIVE_PATH folder ${CMAKE_SOURCE_DIR}/src ${CMAKE_CURRENT_SOURCE_DIR})
  install(
    DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/
    DESTINATION ${marsad_headers}/${folder}
    COMPONENT ${component}
    FILES_MATCHING
    PATTERN "*.hpp"
    REGEX "(_test|_test_support|_fixture|/test_[a-z]+)\\.hpp$" EXCLUDE)
  target_link_libraries(marsad_component_${component} INTERFACE marsad_${room})
  set_property(GLOBAL APPEND PROPERTY marsad_rooms_of_${component} ${room})
endfunction()

# The components' own targets, which the rooms enter as they are declared.
foreach(component IN LISTS marsad_components)
  add_library(marsad_component_${component} INTERFACE)
  set_target_properties(marsad_component_${component} PROPERTIES EXPORT_NAME ${component})
  add_library(marsad::${component} ALIAS marsad_component_${component})
  foreach(lower IN LISTS marsad_${component}_needs)
    target_link_libraries(marsad_component_${component} INTERFACE marsad_component_${lower})
  endforeach()
  install(TARGETS marsad_component_${component} EXPORT marsad_${component} COMPONENT ${component})
endforeach()

# marsad_install_package(): after all rooms are declared.
function(marsad_install_package)
  foreach(component IN LISTS marsad_components)
    install(EXPORT marsad_${component} NAMESPACE marsad:: DESTINATION ${marsad_cmake_folder}
            FILE marsad-${component}-targets.cmake COMPONENT ${component})
    marsad_write_pkg_config(${component})
  endforeach()
  configure_package_config_file(${CMAKE_SOURCE_DIR}/cmake/marsad-config.cmake.in ${CMAKE_BINARY_DIR}/marsad-config.cmake
                                INSTALL_DESTINATION ${marsad_cmake_folder})
  write_basic_package_version_file(${CMAKE_BINARY_DIR}/marsad-config-version.cmake COMPATIBILITY SameMinorVersion)
  install(FILES ${CMAKE_BINARY_DIR}/marsad-config.cmake ${CMAKE_BINARY_DIR}/marsad-config-version.cmake
          DESTINATION ${marsad_cmake_folder} COMPONENT core)
endfunction()

# What each component's libraries need of others, as pkg-config says it.
set(marsad_observation_pkg_config eigen3 geographiclib)
set(marsad_marsad_pkg_config fmt libcrypto libzstd tomlplusplus)

# marsad-asterix.pc and so on. Libraries in the order in which a linker wants them: users before used.
function(marsad_write_pkg_config component)
  get_property(rooms GLOBAL PROPERTY marsad_rooms_of_${component})
  list(REVERSE rooms)
  list(TRANSFORM rooms PREPEND marsad_)
  set(libraries)
  foreach(room IN LISTS rooms)
    get_target_property(type ${room} TYPE)
    if(NOT type STREQUAL INTERFACE_LIBRARY)
      list(APPEND libraries -l${room})
    endif()
  endforeach()
  set(needs ${marsad_${component}_needs})
  list(TRANSFORM needs PREPEND marsad-)
  list(APPEND needs ${marsad_${component}_pkg_config})
  list(JOIN libraries " " libraries)
  list(JOIN needs " " needs)
  # Relative, so that the installed tree can be moved.
  file(RELATIVE_PATH to_prefix /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
  configure_file(${CMAKE_SOURCE_DIR}/cmake/marsad.pc.in ${CMAKE_BINARY_DIR}/marsad-${component}.pc @ONLY)
  install(FILES ${CMAKE_BINARY_DIR}/marsad-${component}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
          COMPONENT ${component})
endfunction()
