#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "marsad/io/clock.hpp"
#include "marsad/io/mapped_file.hpp"
#include "marsad/io/recording_file.hpp"
#include "marsad/io/test_folder.hpp"
#include "marsad/recording/reader.hpp"

namespace marsad::io {
namespace {

using recording::EntryKind;
using recording::LogEntry;
using test::Folder;
using units::UtcTime;

std::string text_of(std::span<const std::byte> octets) {
  return {reinterpret_cast<const char*>(octets.data()), octets.size()};
}

TEST(MappedFile, GivesTheOctetsOfAFile) {
  const Folder folder;
  std::ofstream(folder.file("a")) << "hello";
  std::ofstream(folder.file("empty")) << "";
  auto file = MappedFile::open(folder.file("a"));
  ASSERT_TRUE(file) << file.error();
  const MappedFile moved = std::move(file).value();
  EXPECT_EQ(text_of(moved.content()), "hello");
  const auto empty = MappedFile::open(folder.file("empty"));
  ASSERT_TRUE(empty);
  EXPECT_TRUE(empty->content().empty());
}

TEST(MappedFile, SaysWhatIsWrong) {
  const Folder folder;
  const auto missing = MappedFile::open(folder.file("missing"));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error(), folder.file("missing") + ": No such file or directory");
  const auto directory = MappedFile::open(folder.file("."));
  ASSERT_FALSE(directory);
  EXPECT_NE(directory.error().find("Is a directory"), std::string::npos);
}

TEST(MappedFile, ReadsAPipeToItsEnd) {
  const Folder folder;
  const std::string pipe = folder.file("pipe");
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  std::thread writer([&pipe] { std::ofstream(pipe) << std::string(3'000'000, 'x'); });
  const auto file = MappedFile::open(pipe);
  writer.join();
  ASSERT_TRUE(file);
  EXPECT_EQ(file->content().size(), 3'000'000U);
}

LogEntry entry_at(std::int64_t ms, std::span<const std::byte> payload) {
  LogEntry entry;
  entry.kind = EntryKind::datagram;
  entry.receipt = UtcTime::nanoseconds_since_epoch(ms * 1'000'000);
  entry.payload = payload;
  return entry;
}

template <class Condition>
bool becomes_true(const Condition& condition) {
  for (int i = 0; i < 1000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

TEST(RecordingFile, HasCommittedWhatWasAppendedSoonAfterAndIsValidAtAnyMoment) {
  const Folder folder;
  const std::string path = folder.file("log");
  auto created = RecordingFile::create(path, {.commit_period = units::Duration::milliseconds(5)});
  ASSERT_TRUE(created) << created.error();
  RecordingFile& file = **created;
  const std::vector<std::byte> payload(40, std::byte{7});
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(file.append(entry_at(i, payload)));
  ASSERT_TRUE(becomes_true([&file] { return file.status().writer.entries == 100; }));
  {
    const auto now = MappedFile::open(path);
    const auto report = recording::verify(now->content());
    EXPECT_EQ(report.entries, 100U) << "as a power cut would find it";
    EXPECT_TRUE(report.torn_tail_only());
    EXPECT_EQ(file.status().durable_octets, now->content().size());
  }
  EXPECT_TRUE(file.close());
  EXPECT_FALSE(file.append(entry_at(200, payload))) << "it is closed";
  const auto closed = MappedFile::open(path);
  EXPECT_TRUE(recording::verify(closed->content()).intact());
}

TEST(RecordingFile, NeverTouchesAFileThatIsThere) {
  const Folder folder;
  std::ofstream(folder.file("log")) << "precious";
  const auto created = RecordingFile::create(folder.file("log"));
  ASSERT_FALSE(created);
  EXPECT_NE(created.error().find("File exists"), std::string::npos);
  EXPECT_EQ(text_of(MappedFile::open(folder.file("log"))->content()), "precious");
}

TEST(RecordingFile, TakesEntriesOfManyThreads) {
  const Folder folder;
  {
    auto created = RecordingFile::create(folder.file("log"), {.commit_period = units::Duration::milliseconds(1)});
    ASSERT_TRUE(created);
    const std::vector<std::byte> payload(40, std::byte{7});
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&] {
        for (int i = 0; i < 500; ++i) EXPECT_TRUE((*created)->append(entry_at(i, payload)));
      });
    }
    for (std::thread& thread : threads) thread.join();
  }  // closes
  const auto closed = MappedFile::open(folder.file("log"));
  const auto report = recording::verify(closed->content());
  EXPECT_TRUE(report.intact());
  EXPECT_EQ(report.entries, 2000U);
}

/// While it lives, no file of this process may grow past a limit: the nearest thing to a full disk without being root.
class FullDisk {
 public:
  explicit FullDisk(std::uint64_t octets) {
    old_handler_ = ::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &old_);
    const rlimit limit{octets, old_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &old_);
    ::signal(SIGXFSZ, old_handler_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit old_{};
  void (*old_handler_)(int) = nullptr;
};

TEST(RecordingFile, ReportsAFullDiskSurvivesItAndLosesNothing) {
  const Folder folder;
  auto created = RecordingFile::create(folder.file("log"), {.commit_period = units::Duration::milliseconds(2)});
  ASSERT_TRUE(created);
  RecordingFile& file = **created;
  std::vector<std::byte> payload(1000);
  std::uint64_t next = 1;
  const auto append_some = [&](int first, int last) {
    for (int i = first; i < last; ++i) {
      for (std::byte& octet : payload) octet = static_cast<std::byte>((next = next * 6364136223846793005U + 1) >> 56U);
      ASSERT_TRUE(file.append(entry_at(i, payload)));
    }
  };
  {
    const FullDisk full(50'000);
    append_some(0, 200);
    ASSERT_TRUE(becomes_true([&file] { return file.status().write_errors > 2; }));
    EXPECT_FALSE(file.status().last_error.empty());
    const auto now = MappedFile::open(folder.file("log"));
    EXPECT_TRUE(recording::verify(now->content()).torn_tail_only()) << "at most half a block too much";
  }
  append_some(200, 300);
  EXPECT_TRUE(file.close());
  EXPECT_TRUE(file.status().last_error.empty());
  const auto closed = MappedFile::open(folder.file("log"));
  const auto report = recording::verify(closed->content());
  EXPECT_TRUE(report.intact());
  EXPECT_EQ(report.entries, 300U);
  EXPECT_EQ(report.missing_entries, 0U);
}

TEST(RecordingFile, RefusesEntriesOnlyWhenItsBufferIsFullToo) {
  const Folder folder;
  auto created = RecordingFile::create(folder.file("log"), {.commit_period = units::Duration::milliseconds(2)});
  ASSERT_TRUE(created);
  RecordingFile& file = **created;
  std::vector<std::byte> payload(1U << 20U);
  std::uint64_t next = 1;
  for (std::byte& octet : payload) octet = static_cast<std::byte>((next = next * 6364136223846793005U + 1) >> 56U);
  int refused = 0;
  {
    const FullDisk full(50'000);
    for (int i = 0; i < 80; ++i) refused += file.append(entry_at(i, payload)) ? 0 : 1;
    ASSERT_TRUE(becomes_true([&file] { return file.status().write_errors > 2; }));
  }
  EXPECT_TRUE(file.close());
  const auto closed = MappedFile::open(folder.file("log"));
  const auto report = recording::verify(closed->content());
  EXPECT_TRUE(report.intact());
  EXPECT_GE(report.missing_entries, static_cast<std::uint64_t>(refused));
  EXPECT_EQ(report.entries + report.missing_entries, 80U) << "what was refused is known";
  EXPECT_EQ(file.status().writer.refused_entries, report.missing_entries);
}

TEST(SystemClock, ShowsTheTimeOfThisCentury) {
  const SystemClock clock;
  const UtcTime first = clock.now();
  EXPECT_GT(first.seconds_since_epoch(), 1.6e9);
  EXPECT_LT(first.seconds_since_epoch(), 4.1e9);
}

}  // namespace
}  // namespace marsad::io
