#pragma once

#include <charconv>
#include <cstddef>
#include <optional>
#include <string_view>

namespace marsad::observation {

/// Reads JSON from left to right without building anything: whoever reads asks for what should come next. For documents
/// of other programs, of which a few members matter. Borrows from the text.
///
/// Lenient where it does no harm: what is passed over is checked only as far as finding its end needs. Nesting beyond
/// `kDeepest` is refused. After a failure everything fails.
class JsonReader {
 public:
  static constexpr int kDeepest = 64;

  explicit JsonReader(std::string_view text) noexcept : text_(text) {}

  [[nodiscard]] bool failed() const noexcept { return failed_; }

  /// Reads an object and calls `on_member(name, reader)` for each member; it must read the value or leave it alone (it
  /// is passed over then). Names with escapes are given as they are written.
  template <class OnMember>
  bool object(OnMember&& on_member) {
    if (!open('{')) return false;
    if (accept('}')) return close();
    do {
      const std::optional<std::string_view> name = text();
      if (!name || !expect(':')) return fail();
      const std::size_t before = position_at_value();
      on_member(*name, *this);
      if (!pass_if_at(before)) return false;
    } while (accept(','));
    return expect('}') && close();
  }

  /// Reads an array and calls `on_element(reader)` for each element, likewise.
  template <class OnElement>
  bool array(OnElement&& on_element) {
    if (!open('[')) return false;
    if (accept(']')) return close();
    do {
      const std::size_t before = position_at_value();
      on_element(*this);
      if (!pass_if_at(before)) return false;
    } while (accept(','));
    return expect(']') && close();
  }

  /// The number that comes next; nothing, and nothing is read, if something else does.
  std::optional<double> number() noexcept {
    skip_space();
    double value = 0.0;
    const char* const first = text_.data() + position_;
    if (position_ >= text_.size() || (*first != '-' && (*first < '0' || *first > '9'))) return std::nullopt;
    const auto [end, error] = std::from_chars(first, text_.data() + text_.size(), value);
    if (error != std::errc{}) return std::nullopt;
    position_ += static_cast<std::size_t>(end - first);
    return value;
  }

  /// The text that comes next, between its quotes as it is written; nothing, and nothing is read, if something else
  /// does.
  std::optional<std::string_view> text() noexcept {
    skip_space();
    if (position_ >= text_.size() || text_[position_] != '"') return std::nullopt;
    for (std::size_t end = position_ + 1; end < text_.size(); ++end) {
      if (text_[end] == '\\') {
        ++end;
      } else if (text_[end] == '"') {
        const std::string_view found = text_.substr(position_ + 1, end - position_ - 1);
        position_ = end + 1;
        return found;
      }
    }
    fail();
    return std::nullopt;
  }

  /// Passes over whatever value comes next.
  bool skip() noexcept {
    skip_space();
    if (failed_ || position_ >= text_.size()) return fail();
    const char next = text_[position_];
    if (next == '"') return text().has_value();
    if (next == '{' || next == '[') return skip_nested();
    const std::size_t begin = position_;
    while (position_ < text_.size() && is_word(text_[position_])) ++position_;
    return position_ > begin || fail();
  }

 private:
  static bool is_word(char c) noexcept {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '+' ||
           c == '.';
  }
  bool fail() noexcept {
    failed_ = true;
    position_ = text_.size();
    return false;
  }
  void skip_space() noexcept {
    while (position_ < text_.size() && (text_[position_] == ' ' || text_[position_] == '\n' ||
                                        text_[position_] == '\r' || text_[position_] == '\t'))
      ++position_;
  }
  bool accept(char c) noexcept {
    skip_space();
    if (failed_ || position_ >= text_.size() || text_[position_] != c) return false;
    ++position_;
    return true;
  }
  bool expect(char c) noexcept { return accept(c) || fail(); }
  bool open(char bracket) noexcept {
    if (!accept(bracket)) return false;
    return ++depth_ <= kDeepest || fail();
  }
  bool close() noexcept {
    --depth_;
    return !failed_;
  }
  std::size_t position_at_value() noexcept {
    skip_space();
    return position_;
  }
  bool pass_if_at(std::size_t before) noexcept {
    if (failed_) return false;
    return position_ != before || skip();
  }
  /// Brackets are only counted: which closes which is not checked.
  bool skip_nested() noexcept {
    int depth = 0;
    while (position_ < text_.size()) {
      const char c = text_[position_];
      if (c == '"') {
        if (!text()) return false;
        continue;
      }
      ++position_;
      if (c == '{' || c == '[') ++depth;
      if ((c == '}' || c == ']') && --depth == 0) return true;
    }
    return fail();
  }

  std::string_view text_;
  std::size_t position_ = 0;
  int depth_ = 0;
  bool failed_ = false;
};

}  // namespace marsad::observation
