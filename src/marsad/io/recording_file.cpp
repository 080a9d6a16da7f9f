#include "marsad/io/recording_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/core.h>

namespace marsad::io {
namespace {

using recording::LogEntry;

/// Entries between two commits: their octets lie one behind the other in one buffer.
struct Batch {
  struct Item {
    LogEntry entry;  ///< its payload is set from the next two when it is used
    std::size_t begin = 0;
    std::size_t size = 0;
  };
  std::vector<Item> items;
  std::vector<std::byte> octets;
  std::uint64_t refused = 0;

  [[nodiscard]] bool has_room(std::size_t more) const noexcept {
    constexpr std::size_t kMostItems = std::size_t{1} << 18U;
    return items.size() < kMostItems && octets.size() + more <= recording::kMaxBlockOctets;
  }
  void add(const LogEntry& entry) {
    items.push_back({entry, octets.size(), entry.payload.size()});
    items.back().entry.payload = {};
    octets.insert(octets.end(), entry.payload.begin(), entry.payload.end());
  }
  void clear() noexcept {
    items.clear();
    octets.clear();
    refused = 0;
  }
};

/// The file as a sink that takes all or nothing. What was half written when the disk was full is written over the next
/// time, and not cut off: others may be reading the file through a memory map, which a file that shrinks would break.
class FileSink final : public recording::OctetSink {
 public:
  explicit FileSink(int descriptor) noexcept : descriptor_(descriptor) {}
  ~FileSink() override { ::close(descriptor_); }
  FileSink(const FileSink&) = delete;
  FileSink& operator=(const FileSink&) = delete;

  bool write(std::span<const std::byte> octets) override {
    std::size_t done = 0;
    while (done < octets.size()) {
      const auto rest = octets.subspan(done);
      const ssize_t count = ::pwrite(descriptor_, rest.data(), rest.size(), static_cast<off_t>(size_ + done));
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) {
        error_ = count == 0 ? ENOSPC : errno;
        return false;
      }
      done += static_cast<std::size_t>(count);
    }
    size_ += done;
    return true;
  }

  /// Whether all that was written is on the disk.
  bool commit() {
    if (committed_ == size_) return true;
    if (::fdatasync(descriptor_) != 0) {
      error_ = errno;
      return false;
    }
    committed_ = size_;
    return true;
  }

  [[nodiscard]] int error() const noexcept { return error_; }
  [[nodiscard]] std::uint64_t committed() const noexcept { return committed_; }

 private:
  int descriptor_;
  std::uint64_t size_ = 0;
  std::uint64_t committed_ = 0;
  int error_ = 0;
};

/// A new file is on the disk only once its folder is: without this a power cut could take the whole recording. The
/// error number, or 0; file systems that can't commit a folder at all say EINVAL.
int commit_folder_of(const std::string& path) {
  const std::string folder = std::filesystem::absolute(path).parent_path().string();
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return errno;
  const int error = ::fsync(descriptor) == 0 ? 0 : errno;
  ::close(descriptor);
  return error == EINVAL ? 0 : error;
}

}  // namespace

struct RecordingFile::State {
  State(int descriptor, const RecordingFileSettings& s)
      : settings(s), sink(descriptor), writer(sink, {.created = s.created, .block_octets = std::size_t{1} << 20U}) {}

  RecordingFileSettings settings;

  // The committing thread's own.
  FileSink sink;
  recording::Writer writer;
  Batch writing;

  // Shared.
  mutable std::mutex mutex;
  std::condition_variable wake;
  Batch filling;
  RecordingFileStatus status;
  bool ending = false;
  bool closed = false;
  std::thread committer;

  void run();
  void commit_once();
  bool finish();
  void note(bool written);
};

/// Puts the outcome of a commit where others can see it.
void RecordingFile::State::note(bool written) {
  const std::lock_guard lock(mutex);
  const std::uint64_t refused_now = filling.refused;
  status.writer = writer.counters();
  status.writer.refused_entries += refused_now;
  if (sink.committed() != status.durable_octets) ++status.commits;
  status.durable_octets = sink.committed();
  if (written) {
    status.last_error.clear();
  } else {
    ++status.write_errors;
    status.last_error = std::strerror(sink.error());
  }
}

void RecordingFile::State::commit_once() {
  {
    const std::lock_guard lock(mutex);
    std::swap(filling, writing);
  }
  const std::span<const std::byte> octets(writing.octets);
  for (Batch::Item& item : writing.items) {
    item.entry.payload = octets.subspan(item.begin, item.size);
    (void)writer.append(item.entry);  // a refusal is counted by the writer
  }
  writer.note_refused(writing.refused);
  writing.clear();
  const bool written = writer.flush();
  note(sink.commit() && written);
}

void RecordingFile::State::run() {
  const auto period = std::chrono::duration<double>(settings.commit_period.seconds());
  while (true) {
    {
      std::unique_lock lock(mutex);
      if (wake.wait_for(lock, period, [this] { return ending; })) return;
    }
    commit_once();
  }
}

bool RecordingFile::State::finish() {
  {
    const std::lock_guard lock(mutex);
    ending = true;
  }
  wake.notify_all();
  if (committer.joinable()) committer.join();
  if (closed) return true;
  commit_once();
  const bool written = writer.close();
  closed = sink.commit() && written;
  note(closed);
  return closed;
}

base::Result<std::unique_ptr<RecordingFile>, std::string> RecordingFile::create(const std::string& path,
                                                                                const RecordingFileSettings& settings) {
  constexpr mode_t kOwnerAndGroup = 0640;
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerAndGroup);
  if (descriptor < 0) return fmt::format("{}: {}", path, std::strerror(errno));
  if (const int error = commit_folder_of(path); error != 0) {
    ::close(descriptor);
    ::unlink(path.c_str());
    return fmt::format("{}: its folder can't be committed to the disk: {}", path, std::strerror(error));
  }
  auto state = std::make_unique<State>(descriptor, settings);
  state->commit_once();  // the header: a disk that is full already is told at once
  if (state->status.write_errors > 0) {
    auto error = fmt::format("{}: {}", path, state->status.last_error);
    ::unlink(path.c_str());
    return error;
  }
  state->committer = std::thread([raw = state.get()] { raw->run(); });
  return std::unique_ptr<RecordingFile>(new RecordingFile(std::move(state)));
}

RecordingFile::RecordingFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
RecordingFile::~RecordingFile() { (void)state_->finish(); }

bool RecordingFile::append(const LogEntry& entry) {
  const std::lock_guard lock(state_->mutex);
  Batch& batch = state_->filling;
  // Once something is refused the rest of this batch is too, so that the gap in the numbers is in one place.
  if (state_->ending || batch.refused > 0 || !batch.has_room(entry.payload.size())) {
    ++batch.refused;
    ++state_->status.writer.refused_entries;
    return false;
  }
  batch.add(entry);
  return true;
}

bool RecordingFile::close() { return state_->finish(); }

RecordingFileStatus RecordingFile::status() const {
  const std::lock_guard lock(state_->mutex);
  return state_->status;
}

}  // namespace marsad::io
