#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <type_traits>

#include "marsad/wire/asterix/block_header.hpp"
#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/typed/value.hpp"

/// Typed records: one struct for each category and edition that `specs/asterix/editions.json` lists under "typed", with
/// one accessor for each item, known at compile time.
///
///     #include "marsad/wire/asterix/typed/cat048_1_32.hpp"
///     #include "marsad/wire/asterix/typed/decode.hpp"
///
///     namespace cat048 = marsad::wire::asterix::typed::cat048_1_32;
///     marsad::wire::asterix::typed::decode_datagram<cat048::Record>(
///         datagram,
///         [](const cat048::Record& record) {
///           if (const auto plot = record.i040()) use(plot->rho.value(), plot->theta.value());  // NM, degrees
///         },
///         [](const marsad::wire::asterix::DecodeFault& fault) { ... });
///
/// A record that only some of whose items are looked at costs little more than those: parsing finds where the items
/// begin, and an accessor reads its item's fields, of which the compiler drops what isn't used. Nothing is allocated.
///
/// Typed records accept the same octets and give the same values as `RecordView`, which reads every edition and is what
/// they are tested against. Which edition a recording is in they can't tell: `EditionDetector` can.
namespace marsad::wire::asterix::typed {

/// Why `rest`, the remainder of a block at `offset` of its datagram, doesn't begin with a good record of `edition`.
/// Counts its unexplained items in `summary`.
[[nodiscard]] DecodeFault explain_fault(const Edition& edition, Octets rest, std::size_t offset,
                                        DatagramSummary& summary);

/// Calls `on_record(const Record&)` for each good record of one data block whose header is at `block_offset` and whose
/// octets are given, and `on_fault(const DecodeFault&)` if the rest of it is damaged.
template <class Record, class OnRecord, class OnFault>
void decode_block(Octets block, std::size_t block_offset, OnRecord&& on_record, OnFault&& on_fault,
                  DatagramSummary& summary) {
  ++summary.blocks;
  Record record;
  std::optional<DataSource> source;
  for (std::size_t at = kBlockHeaderOctets; at < block.size();) {
    const Octets rest = block.subspan(at);
    if (!record.parse(rest)) {
      const DecodeFault fault = explain_fault(Record::edition(), rest, block_offset + at, summary);
      ++summary.faults;
      summary.skipped_octets += fault.skipped_octets;
      on_fault(fault);
      return;
    }
    record.stand_at(block_offset + at, source);
    source = record.source();
    summary.unexplained_items += record.unexplained_items();
    ++summary.records;
    at += record.octets().size();
    on_record(static_cast<const Record&>(record));
  }
}

/// Decodes the blocks of a datagram whose categories are those of `Records`, at most one edition of each; the others
/// are faults (`unknown_edition`), as is whatever is damaged. Twin of `asterix::decode_datagram` with the same
/// editions: the same records, faults and summary. The records are valid only during the call.
template <class... Records, class OnRecord, class OnFault>
DatagramSummary decode_datagram(Octets datagram, OnRecord&& on_record, OnFault&& on_fault) {
  DatagramSummary summary;
  const auto report = [&](const DecodeFault& fault) {
    ++summary.faults;
    summary.skipped_octets += fault.skipped_octets;
    on_fault(fault);
  };
  for (std::size_t at = 0; at < datagram.size();) {
    const Octets rest = datagram.subspan(at);
    const BlockHeader header = read_block_header(rest);
    if (header.fault) {
      report({*header.fault, at + header.at, header.category, std::nullopt, rest.size()});
      break;
    }
    const auto decoded_as = [&]<class Record>(std::type_identity<Record>) {
      if (header.category != Record::kCategory) return false;
      decode_block<Record>(rest.first(header.size), at, on_record, on_fault, summary);
      return true;
    };
    if (!(decoded_as(std::type_identity<Records>{}) || ...))
      report({base::FaultCode::unknown_edition, at, header.category, std::nullopt, header.size});
    at += header.size;
  }
  return summary;
}

}  // namespace marsad::wire::asterix::typed
