// SPDX-License-Identifier: Apache-2.0
// The front end, embedded in the program. The build writes embedded_assets(); files under /assets/ carry a digest in
// their name and may be kept for ever. Any other path without a dot is a page of the front end and gets index.html.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "http/request.hpp"
#include "http/response.hpp"

namespace gangmu::http {

struct Asset {
  std::string_view path;   ///< "/index.html", "/assets/index-4f0c21aa.js"
  std::string_view bytes;
  std::string_view brotli;         ///< the same, compressed at build time; may be empty
  std::string_view content_type;   ///< "text/html; charset=utf-8"
  std::string_view digest;         ///< hex, of bytes
};

/// Written by the build (web/CMakeLists.txt).
const std::vector<Asset>& embedded_assets();

class Assets {
 public:
  explicit Assets(const std::vector<Asset>& assets);   ///< they outlive this
  /// For GET and HEAD. `path` is decoded and has no dot segments; it is only looked up, never opened. Errors:
  /// path_unknown as problem.
  [[nodiscard]] Response answer(const Request& request, const std::string& path) const;

 private:
  [[nodiscard]] const Asset* find(const std::string& path) const;
  [[nodiscard]] std::string_view gzipped(const Asset& asset) const;
  std::map<std::string_view, const Asset*> by_path_;
  mutable std::mutex mutex_;
  mutable std::map<const Asset*, std::string> gzipped_;   ///< made once, for clients without brotli
};

}   // namespace gangmu::http
