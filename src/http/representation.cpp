// SPDX-License-Identifier: Apache-2.0
#include "http/representation.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <new>

#include "base/text.hpp"

namespace gangmu::http {
namespace {

/// Calls f with each element of a comma-separated list until it says true.
template <class F>
bool any_element(std::string_view list, const F& f) {
  while (!list.empty()) {
    const std::string_view element = list.substr(0, list.find(','));
    list.remove_prefix(std::min(list.size(), element.size() + 1));
    if (f(text::trim(element))) return true;
  }
  return false;
}

std::string_view opaque(std::string_view tag) { return tag.starts_with("W/") ? tag.substr(2) : tag; }

/// "q=0", "q=0.000" refuse.
bool refused(std::string_view parameters) {
  const std::size_t q = parameters.find("q=");
  if (q == std::string_view::npos) return false;
  const std::string_view weight = text::trim(parameters.substr(q + 2));
  return weight.find_first_not_of("0.") == std::string_view::npos;
}

/// A compressor kept by its thread, because making one costs more than compressing a page.
class Compressor {
 public:
  explicit Compressor(int level) {
    constexpr int gzip_window = 15 + 16;
    if (deflateInit2(&stream_, level, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK) throw std::bad_alloc();
  }
  ~Compressor() { deflateEnd(&stream_); }
  Compressor(const Compressor&) = delete;
  Compressor& operator=(const Compressor&) = delete;

  std::string run(std::string_view bytes) {
    deflateReset(&stream_);
    std::string out(deflateBound(&stream_, bytes.size()), '\0');
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(bytes.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(out.size());
    deflate(&stream_, Z_FINISH);
    out.resize(out.size() - stream_.avail_out);
    return out;
  }

 private:
  z_stream stream_{};
};

}   // namespace

std::string entity_tag(Seq seq, std::string_view programme, std::string_view form, std::string_view version,
                       Date today) {
  return fmt::format("W/\"{}-{}-{}-{}-{}\"", seq.value, programme, form, version, today.days);
}

bool names_tag(std::string_view if_none_match, std::string_view tag) {
  return any_element(if_none_match, [&](std::string_view one) { return one == "*" || opaque(one) == opaque(tag); });
}

bool accepts(std::string_view accept_encoding, std::string_view coding) {
  return any_element(accept_encoding, [&](std::string_view element) {
    const std::size_t semicolon = std::min(element.find(';'), element.size());
    return text::trim(element.substr(0, semicolon)) == coding && !refused(element.substr(semicolon));
  });
}

bool compressible(std::string_view content_type) {
  static constexpr std::array<std::string_view, 5> kinds{"text/", "application/json", "application/problem+json",
                                                         "image/svg+xml", "application/manifest+json"};
  return std::any_of(kinds.begin(), kinds.end(), [&](std::string_view kind) { return content_type.starts_with(kind); });
}

std::string gzip(std::string_view bytes, int level) {
  if (level != 1) return Compressor(level).run(bytes);
  static thread_local Compressor fast(1);
  return fast.run(bytes);
}

}   // namespace gangmu::http
