#include "marsad/wire/asterix/typed/decode.hpp"

#include "marsad/wire/asterix/record_parser.hpp"

namespace marsad::wire::asterix::typed {

DecodeFault explain_fault(const Edition& edition, Octets rest, std::size_t offset, DatagramSummary& summary) {
  RecordView record;
  const RecordParser::Outcome outcome = RecordParser::parse(edition, rest, offset, std::nullopt, record);
  summary.unexplained_items += outcome.unexplained_items;
  return {outcome.code, offset + outcome.at, edition.category(), outcome.item, rest.size()};
}

}  // namespace marsad::wire::asterix::typed
