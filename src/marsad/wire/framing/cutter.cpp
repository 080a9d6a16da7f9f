#include "marsad/wire/framing/cutter.hpp"

#include "marsad/base/check.hpp"

namespace marsad::wire::framing {

std::optional<Datagram> CutWalker::next() {
  std::optional<Datagram> out(std::in_place);
  while (!at_end()) {
    const Piece piece = cutter_->cut(rest(), false, *out);
    MARSAD_CHECK(piece.octets > 0 && piece.octets <= content_.size() - at_);
    const std::size_t began = at_;
    switch (piece.what) {
      case Piece::What::message:
        account_.add_payload(piece.payload_octets);
        account_.add_framing(piece.octets - piece.payload_octets);
        if (piece.flawed) account_.add_fault({piece.fault, began, 0});
        out->offset = began + piece.payload_at;
        at_ += piece.octets;
        return out;
      case Piece::What::framing:
        account_.add_framing(piece.octets);
        break;
      case Piece::What::other:
        account_.add_other(piece.octets);
        break;
      case Piece::What::damaged:
      case Piece::What::incomplete:
        account_.add_fault({piece.fault, began, piece.octets});
        break;
    }
    at_ += piece.octets;
  }
  return std::nullopt;
}

}  // namespace marsad::wire::framing
