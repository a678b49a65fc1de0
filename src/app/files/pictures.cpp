// SPDX-License-Identifier: Apache-2.0
#include "app/files/pictures.hpp"

#include <cstdint>
#include <optional>

#include "app/errors.hpp"

namespace gangmu::app {
namespace {

tl::unexpected<Error> damaged() { return fail(errors::file_damaged); }

unsigned byte_at(std::string_view bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }

/// A number of `n` bytes, in the order Exif says. Precondition: they are there.
std::uint32_t number_at(std::string_view bytes, std::size_t at, std::size_t n, bool big) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < n; ++i) out = out << 8 | byte_at(bytes, at + (big ? i : n - 1 - i));
  return out;
}

/// 1 to 8 as Exif has it (tag 0x0112 of the first directory); nothing where it does not say.
std::optional<unsigned> way_up(std::string_view exif) {
  constexpr std::size_t entry = 12;
  if (exif.size() < 8 || (!exif.starts_with("II") && !exif.starts_with("MM"))) return {};
  const bool big = exif.starts_with("MM");
  const std::size_t directory = number_at(exif, 4, 4, big);
  if (directory > exif.size() || exif.size() - directory < 2) return {};
  const std::size_t entries = number_at(exif, directory, 2, big);
  for (std::size_t i = 0, at = directory + 2; i < entries && at + entry <= exif.size(); ++i, at += entry)
    if (number_at(exif, at, 2, big) == 0x0112) {
      const unsigned way = number_at(exif, at + 8, 2, big);
      return way >= 1 && way <= 8 ? std::optional(way) : std::nullopt;
    }
  return {};
}

/// An Exif segment that says just that.
std::string way_up_segment(unsigned way) {
  using namespace std::string_literals;
  return "\xFF\xE1\x00\x22"s + "Exif\0\0"s + "MM\0\x2A\0\0\0\x08"s + "\0\x01"s + "\x01\x12\0\x03\0\0\0\x01"s + '\0' +
         static_cast<char>(way) + "\0\0"s + "\0\0\0\0"s;
}

class Jpeg {
 public:
  explicit Jpeg(std::string_view bytes) : bytes_(bytes) {}

  Result<std::string> without_notes() {
    out_ = "\xFF\xD8";
    at_ = 2;
    while (true) {
      while (at_ + 1 < bytes_.size() && byte_at(bytes_, at_) == 0xFF && byte_at(bytes_, at_ + 1) == 0xFF)
        ++at_;   // fill
      if (at_ + 2 > bytes_.size() || byte_at(bytes_, at_) != 0xFF) return damaged();
      const unsigned marker = byte_at(bytes_, at_ + 1);
      if (marker == 0xD9) {
        if (!scanned_) return damaged();
        return std::move(out_) + "\xFF\xD9";
      }
      if (marker < 0xC0 || (marker >= 0xD0 && marker <= 0xD8)) return damaged();
      if (!segment(marker)) return damaged();
    }
  }

 private:
  bool segment(unsigned marker) {
    if (at_ + 4 > bytes_.size()) return false;
    const std::size_t size = number_at(bytes_, at_ + 2, 2, true);
    if (size < 2 || bytes_.size() - at_ - 2 < size) return false;
    const std::string_view whole = bytes_.substr(at_, size + 2), content = whole.substr(4);
    at_ += whole.size();
    if (marker == 0xE1 && content.starts_with(std::string_view("Exif\0\0", 6))) {
      const auto way = way_up(content.substr(6));
      if (way && *way != 1 && !turned_) out_ += way_up_segment(*way);
      turned_ = turned_ || way.has_value();
    }
    const bool application = marker >= 0xE0 && marker <= 0xEF, comment = marker == 0xFE;
    const bool colours = (marker == 0xE0 && content.starts_with(std::string_view("JFIF\0", 5))) ||
                         (marker == 0xEE && content.starts_with("Adobe"));
    if ((!application && !comment) || colours) out_ += whole;
    return marker == 0xDA ? scan() : true;
  }

  /// Coded data: until the next marker that is neither a stuffed byte nor a restart.
  bool scan() {
    scanned_ = true;
    const std::size_t begin = at_;
    for (; at_ + 1 < bytes_.size(); ++at_) {
      const unsigned next = byte_at(bytes_, at_ + 1);
      if (byte_at(bytes_, at_) != 0xFF || next == 0 || next == 0xFF || (next >= 0xD0 && next <= 0xD7)) continue;
      out_ += bytes_.substr(begin, at_ - begin);
      return true;
    }
    return false;
  }

  std::string_view bytes_;
  std::string out_;
  std::size_t at_ = 0;
  bool scanned_ = false, turned_ = false;
};

bool is_note(std::string_view chunk) {
  for (const std::string_view note : {"tEXt", "zTXt", "iTXt", "eXIf", "tIME"})
    if (chunk == note) return true;
  return false;
}

}   // namespace

Result<std::string> jpeg_without_notes(std::string_view bytes) { return Jpeg(bytes).without_notes(); }

Result<std::string> png_without_notes(std::string_view bytes) {
  constexpr std::size_t signature = 8, around = 12;   // length, type, checksum
  std::string out(bytes.substr(0, signature));
  for (std::size_t at = signature; bytes.size() - at >= around;) {
    const std::size_t size = number_at(bytes, at, 4, true);
    if (bytes.size() - at - around < size) return damaged();
    const std::string_view chunk = bytes.substr(at, around + size), type = chunk.substr(4, 4);
    if (at == signature && type != "IHDR") return damaged();
    if (!is_note(type)) out += chunk;
    if (type == "IEND") return out;
    at += chunk.size();
  }
  return damaged();
}

}   // namespace gangmu::app
