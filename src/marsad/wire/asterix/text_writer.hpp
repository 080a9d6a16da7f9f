#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "marsad/wire/asterix/decimal_text.hpp"
#include "marsad/wire/asterix/schema.hpp"

namespace marsad::wire::asterix {

/// How text is quoted: as JSON, or as JSON inside a quoted field of CSV, where every quote is doubled.
enum class Quoting { json, csv };

/// Appends compact JSON to a string through a buffer of its own, which is flushed when it is full and at the end. A
/// comma is written after each member, and taken back by `close`. What is written is ASCII.
///
/// Nothing but `make_room` and `hex` looks whether the buffer has room: after `make_room`, kRoom characters have it.
template <Quoting kQuoting>
class TextWriter {
 public:
  static constexpr std::size_t kRoom = 384;

  explicit TextWriter(std::string& out) noexcept : out_(out) { buffer_[0] = '\0'; }
  ~TextWriter() { flush(); }
  TextWriter(const TextWriter&) = delete;
  TextWriter& operator=(const TextWriter&) = delete;

  void make_room() {
    if (!has_room(at_)) [[unlikely]]
      spill();
  }

  void put(char character) noexcept { *at_++ = character; }
  void put(std::string_view text) noexcept {
    std::memcpy(at_, text.data(), text.size());
    at_ += text.size();
  }
  void quote() noexcept {
    put('"');
    if constexpr (kQuoting == Quoting::csv) put('"');
  }
  /// A name and a colon.
  void key(const schema::Key& key) noexcept { at_ = write_key(at_, key); }
  [[nodiscard]] static char* write_key(char* at, const schema::Key& key) noexcept {
    if constexpr (kQuoting == Quoting::csv) *at++ = '"';
    std::memcpy(at, &key, sizeof key);
    at += key.size;
    if constexpr (kQuoting == Quoting::csv) {
      at[-1] = '"';
      *at++ = ':';
    }
    return at;
  }

  /// Where the next character goes, for loops that keep it in a register: characters may alias whatever holds it here,
  /// so that every `put` waits for the one before. To be handed back before anything else is called.
  [[nodiscard]] char* cursor() const noexcept { return at_; }
  void set_cursor(char* at) noexcept { at_ = at; }
  [[nodiscard]] bool has_room(const char* at) const noexcept { return at <= buffer_.data() + (kSize - kRoom); }

  template <class Number>
  void integer(Number number) noexcept {
    at_ = decimal::write_integer(at_, number);
  }
  void seconds(double value) noexcept { at_ = decimal::write_seconds(at_, value); }
  void scaled(std::uint64_t magnitude, bool is_negative, const schema::Content& content) noexcept {
    at_ = decimal::write_scaled(at_, magnitude, is_negative, content);
  }
  /// One character of a text; octets above 126 as the Unicode character of that number. At most eight characters.
  void escaped(char character) noexcept {
    const auto code = static_cast<unsigned char>(character);
    if (code >= 32 && code < 127 && code != '"' && code != '\\') {
      put(character);
    } else if (code == '"') {
      put('\\');
      quote();
    } else if (code == '\\') {
      put("\\\\");
    } else {
      put("\\u00");
      put(hex_digit(code >> 4));
      put(hex_digit(code & 15U));
    }
  }
  void take_back_comma() noexcept {
    if (at_[-1] == ',') --at_;
  }
  /// Ends an object or array, without the comma after its last member.
  void close(char bracket) noexcept {
    take_back_comma();
    put(bracket);
  }

  /// Octets as a string of hexadecimal digits; makes its own room.
  void hex(std::span<const std::byte> octets) {
    quote();
    for (std::size_t i = 0; i < octets.size(); ++i) {
      if (i % 64 == 0) make_room();
      const auto octet = std::to_integer<unsigned>(octets[i]);
      at_[0] = hex_digit(octet >> 4);
      at_[1] = hex_digit(octet & 15U);
      at_ += 2;
    }
    quote();
  }

  /// All that was written, for who wants to append by himself; a comma before that can't be taken back any more.
  std::string& flushed() {
    flush();
    return out_;
  }

 private:
  static constexpr std::size_t kSize = 4096;

  [[nodiscard]] static char hex_digit(unsigned digit) noexcept { return "0123456789abcdef"[digit]; }

  void flush() {
    out_.append(buffer_.data() + 1, static_cast<std::size_t>(at_ - buffer_.data() - 1));
    at_ = buffer_.data() + 1;
  }
  /// All but the last character, which `close` may want to take back.
  void spill() {
    const char last = *--at_;
    flush();
    put(last);
  }

  std::string& out_;
  std::array<char, kSize> buffer_;
  char* at_ = buffer_.data() + 1;  // the first character is no comma, so that there is always one to look back at
};

}  // namespace marsad::wire::asterix
