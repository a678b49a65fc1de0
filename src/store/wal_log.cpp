// SPDX-License-Identifier: Apache-2.0
#include "store/wal_log.hpp"

#include <charconv>

#include "base/digest.hpp"
#include "store/errors.hpp"

namespace gangmu::store {
namespace {

constexpr std::size_t header_bytes = 32, frame_header_bytes = 24;
constexpr std::uint32_t magic_little = 0x377f0682, magic_big = 0x377f0683;

std::uint32_t big(std::string_view bytes, std::size_t at) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < 4; ++i) out = out << 8 | static_cast<unsigned char>(bytes[at + i]);
  return out;
}

std::uint32_t little(std::string_view bytes, std::size_t at) { return __builtin_bswap32(big(bytes, at)); }

/// The running checksum over pairs of 32-bit words.
struct Checksum {
  std::uint32_t a = 0, b = 0;
  void add(std::string_view bytes, bool big_words) {
    for (std::size_t i = 0; i + 8 <= bytes.size(); i += 8) {
      a += (big_words ? big(bytes, i) : little(bytes, i)) + b;
      b += (big_words ? big(bytes, i + 4) : little(bytes, i + 4)) + a;
    }
  }
  [[nodiscard]] bool stands_at(std::string_view bytes, std::size_t at) const {
    return big(bytes, at) == a && big(bytes, at + 4) == b;
  }
};

/// Counts sound frames up to the last commit.
std::int64_t sound_frames(std::string_view log, std::size_t page_size, Checksum sum, bool big_words) {
  const std::string_view salt = log.substr(16, 8);
  const std::size_t step = frame_header_bytes + page_size;
  std::int64_t frame = 0, committed = 0;
  for (std::size_t at = header_bytes; at + step <= log.size(); at += step) {
    const std::string_view header = log.substr(at, frame_header_bytes);
    sum.add(header.substr(0, 8), big_words);
    sum.add(log.substr(at + frame_header_bytes, page_size), big_words);
    if (big(header, 0) == 0 || header.substr(8, 8) != salt || !sum.stands_at(header, 16)) break;
    ++frame;
    if (big(header, 4) != 0) committed = frame;
  }
  return committed;
}

}   // namespace

std::string LogState::text() const { return salt.empty() ? std::string() : salt + ":" + std::to_string(frames); }

LogState LogState::parse(std::string_view text) {
  LogState out;
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return out;
  out.salt = text.substr(0, colon);
  std::from_chars(text.data() + colon + 1, text.data() + text.size(), out.frames);
  return out;
}

Result<LogState> read_log(const std::filesystem::path& file, Files& files) {
  LogState state;
  if (!files.exists(file)) return state;
  TRY_ASSIGN(const std::string log, files.read(file));
  if (log.size() < header_bytes) return state;
  const std::uint32_t magic = big(log, 0);
  const bool big_words = magic == magic_big;
  Checksum sum;
  sum.add(std::string_view(log).substr(0, 24), big_words);
  if ((magic != magic_little && magic != magic_big) || !sum.stands_at(log, 24)) return state;
  state.salt = hex(std::string_view(log).substr(16, 8));
  state.frames = sound_frames(log, big(log, 8), sum, big_words);
  return state;
}

Status check_log(const std::filesystem::path& file, std::string_view noted, Files& files) {
  const LogState then = LogState::parse(noted);
  if (then.salt.empty()) return {};
  TRY_ASSIGN(const LogState now, read_log(file, files));
  if (now.salt != then.salt || now.frames >= then.frames) return {};
  const std::string sound = std::to_string(now.frames), all = std::to_string(then.frames);
  return fail(errors::page_damaged, {"预写日志 " + all + " 帧中只有 " + sound + " 帧完好",
                                     "the write-ahead log is sound for " + sound + " of " + all + " frames"});
}

}   // namespace gangmu::store
