// SPDX-License-Identifier: Apache-2.0
#include "http/assets.hpp"

#include "http/errors.hpp"
#include "http/problem.hpp"
#include "http/representation.hpp"

namespace gangmu::http {
namespace {

constexpr std::string_view start_page = "/index.html";
constexpr std::string_view hashed_folder = "/assets/";
constexpr std::size_t worth_compressing = 1024;

/// A file has an ending; the address of a record ("2.project.1") ends in a number.
bool is_page(std::string_view path) {
  const std::string_view last = path.substr(path.rfind('/') + 1), ending = last.substr(last.rfind('.') + 1);
  return last.find('.') == std::string_view::npos ||
         (!ending.empty() && ending.find_first_not_of("0123456789") == std::string_view::npos);
}

}   // namespace

Assets::Assets(const std::vector<Asset>& assets) {
  for (const Asset& asset : assets) by_path_.emplace(asset.path, &asset);
}

const Asset* Assets::find(const std::string& path) const {
  auto found = by_path_.find(path);
  if (found == by_path_.end() && is_page(path) && !path.starts_with(hashed_folder)) found = by_path_.find(start_page);
  return found == by_path_.end() ? nullptr : found->second;
}

std::string_view Assets::gzipped(const Asset& asset) const {
  const std::lock_guard lock(mutex_);
  std::string& kept = gzipped_[&asset];
  if (kept.empty()) kept = gzip(asset.bytes, 6);
  return kept;
}

Response Assets::answer(const Request& request, const std::string& path) const {
  const Asset* asset = find(path);
  if (asset == nullptr) return problem(errors::path_unknown, {path.substr(0, 120)}, request.id);
  Response out;
  const std::string tag = "W/\"" + std::string(asset->digest.substr(0, 32)) + "\"";
  out.add("ETag", tag);
  out.add("Cache-Control", asset->path.starts_with(hashed_folder) ? "public, max-age=31536000, immutable" : "no-cache");
  out.add("Vary", "Accept-Encoding");
  if (names_tag(request.header_or_empty("if-none-match"), tag)) {
    out.status = 304;
    return out;
  }
  out.content_type = asset->content_type;
  out.fixed = asset->bytes;
  const std::string_view accepted = request.header_or_empty("accept-encoding");
  if (!asset->brotli.empty() && accepts(accepted, "br")) {
    out.fixed = asset->brotli;
    out.add("Content-Encoding", "br");
  } else if (asset->bytes.size() > worth_compressing && compressible(asset->content_type) &&
             accepts(accepted, "gzip")) {
    out.fixed = gzipped(*asset);
    out.add("Content-Encoding", "gzip");
  }
  return out;
}

}   // namespace gangmu::http
