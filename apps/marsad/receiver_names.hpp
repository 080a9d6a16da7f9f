#pragma once

#include <vector>

#include "marsad/config/settings.hpp"
#include "marsad/observation/translator.hpp"

namespace marsad::app {

/// Gives the messages of each feed of a receiver to the sensor with the feed's name: to `[[sensor]]` if there is one of
/// that name (whose site then helps), else to one met on the wire. A feed that connects to a host by name is known by
/// its port alone; if another feed has the same port, it is left to be named after its address.
std::vector<observation::ReceiverSetting> receivers_of(const std::vector<config::FeedSettings>& feeds);

}  // namespace marsad::app
