// Damaged recordings, from their octets to tracks. The law: every octet of a file is either delivered in a datagram,
// part of the framing, other traffic, or counted as skipped; and every octet of a datagram is in a record, a block
// header, or counted as skipped. So nothing can be lost in silence.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "marsad/base/executor.hpp"
#include "marsad/base/random.hpp"
#include "marsad/observation/translator.hpp"
#include "marsad/tracking/tracker.hpp"
#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/framing/file_reader.hpp"

namespace marsad {
namespace {

namespace asterix = wire::asterix;
using wire::framing::FileKind;
using wire::framing::FileReader;

using Octets = std::vector<std::byte>;

/// Of a larger sample, this much of its beginning is damaged octet by octet.
constexpr std::size_t kWindow = 1536;
constexpr int kMutations = 10'000;

std::filesystem::path samples_folder() {
  const char* shared = std::getenv("MARSAD_SHARED");
  return shared == nullptr ? std::filesystem::path() : std::filesystem::path(shared) / "data" / "asterix";
}

struct Sample {
  std::string name;
  FileKind kind;
  Octets octets;
};

std::vector<Sample> load_samples() {
  std::vector<Sample> samples;
  const auto folder = samples_folder();
  if (folder.empty() || !std::filesystem::is_directory(folder)) return samples;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().extension() == ".tsv") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    std::vector<char> characters{std::istreambuf_iterator<char>(file), {}};
    characters.resize(std::min(characters.size(), kWindow * 4));
    Octets octets(characters.size());
    std::transform(characters.begin(), characters.end(), octets.begin(), [](char c) { return std::byte(c); });
    const auto kind = wire::framing::detect_kind(octets);
    if (kind) samples.push_back({entry.path().filename().string(), *kind, std::move(octets)});
  }
  std::sort(samples.begin(), samples.end(), [](const Sample& a, const Sample& b) { return a.name < b.name; });
  return samples;
}

/// The whole chain for one file of any content; checks the law on the way.
class Chain {
 public:
  explicit Chain(base::Executor& executor) : tracker_({}, executor), translator_({}, editions_) {}

  void take(std::span<const std::byte> file, FileKind kind) {
    auto reader = FileReader::open(file, kind);
    if (!reader.ok()) return;
    while (const auto datagram = reader->next()) {
      time_ = datagram->receipt.value_or(time_ + units::Duration::seconds(0.01));
      account(datagram->payload);
      translator_.translate(datagram->payload, datagram->kind, std::max(time_, last_), batch_);
      last_ = std::max(time_, last_);
    }
    const auto& counted = reader->counters();
    ASSERT_EQ(counted.payload_octets + counted.framing_octets + counted.other_octets + counted.skipped_octets,
              file.size());
    tracker_.step({.time = last_ + units::Duration::seconds(1),
                   .reports = batch_.reports,
                   .messages = batch_.messages,
                   .sensors = translator_.registry().sensors()});
  }

 private:
  void account(std::span<const std::byte> datagram) {
    std::size_t records = 0, skipped = 0;
    const auto summary = asterix::decode_datagram(
        datagram, editions_, [&](const asterix::RecordView& record) { records += record.octets().size(); },
        [&](const asterix::DecodeFault& fault) { skipped += fault.skipped_octets; });
    ASSERT_EQ(skipped, summary.skipped_octets);
    // A block whose records are good has three octets of header; those of a skipped one may be part of what was
    // skipped.
    ASSERT_LE(records + skipped, datagram.size());
    ASSERT_GE(records + skipped + 3 * summary.blocks, datagram.size());
  }

  asterix::EditionSet editions_ = asterix::EditionSet::defaults();
  tracking::Tracker tracker_;
  observation::Translator translator_;
  observation::ObservationBatch batch_;
  units::UtcTime time_ = units::UtcTime::seconds_since_epoch(1'700'000'000.0);
  units::UtcTime last_ = time_;
};

class Damage : public ::testing::Test {
 protected:
  void SetUp() override {
    samples_ = load_samples();
    if (samples_.empty()) GTEST_SKIP() << "no recordings: set MARSAD_SHARED to the folder that holds data/asterix";
  }

  void run(std::span<const std::byte> file, FileKind kind) {
    Chain chain(executor_);
    chain.take(file, kind);
  }

  std::vector<Sample> samples_;
  base::InlineExecutor executor_;
};

TEST_F(Damage, EverySampleTruncatedAtEveryOctetOfItsBeginningIsReadAsFarAsItGoes) {
  for (const Sample& sample : samples_) {
    SCOPED_TRACE(sample.name);
    const std::size_t window = std::min(sample.octets.size(), kWindow);
    for (std::size_t length = 0; length <= window && !HasFatalFailure(); ++length)
      run(std::span(sample.octets).first(length), sample.kind);
  }
}

TEST_F(Damage, TenThousandMutationsAreSurvivedAndCounted) {
  base::Random random(20'160'510);
  for (int i = 0; i < kMutations && !HasFatalFailure(); ++i) {
    const Sample& sample = samples_[random.below(samples_.size())];
    SCOPED_TRACE(sample.name + ", mutation " + std::to_string(i));
    Octets octets(sample.octets.begin(),
                  sample.octets.begin() + static_cast<std::ptrdiff_t>(std::min(sample.octets.size(), kWindow)));
    for (std::uint64_t flips = 1 + random.below(8); flips > 0; --flips)
      octets[random.below(octets.size())] ^= std::byte(1U << random.below(8));
    if (random.chance(0.2)) octets.resize(1 + random.below(octets.size()));
    // Half of them as what they were, half as whatever they look like now.
    const auto detected = wire::framing::detect_kind(octets);
    run(octets, random.chance(0.5) || !detected || *detected == FileKind::marsad_recording ? sample.kind : *detected);
  }
}

}  // namespace
}  // namespace marsad
