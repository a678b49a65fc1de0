// SPDX-License-Identifier: Apache-2.0
#include "http/gate.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "http/errors.hpp"

namespace gangmu::http {
namespace {

constexpr std::size_t key_digits = 32, uuid_size = 36, uuid_dashes[] = {8, 13, 18, 23};

bool digits(std::string_view s) {
  return std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool known_name(std::string_view host, std::span<const std::string> names) {
  const std::size_t bracket = host.starts_with('[') ? host.find(']') : 0;
  if (bracket == std::string_view::npos) return false;
  const std::size_t colon = host.find(':', bracket);
  if (colon != std::string_view::npos && (host.size() - colon - 1 > 5 || !digits(host.substr(colon + 1)))) return false;
  const std::string name = text::lower_ascii(host.substr(0, colon));
  return name == "localhost" || name == "127.0.0.1" || name == "[::1]" ||
         std::find(names.begin(), names.end(), name) != names.end();
}

std::string shown(std::string_view s) { return std::string(s.substr(0, 80)); }

std::string_view authority(std::string_view origin) {
  for (const std::string_view scheme : {"http://", "https://"})
    if (origin.starts_with(scheme)) return origin.substr(scheme.size());
  return {};
}

}   // namespace

Status check_host(const Request& request, std::span<const std::string> names) {
  if (request.count("host") != 1) return fail(errors::host_missing);
  const std::string_view host = request.header_or_empty("host");
  if (!known_name(host, names)) return fail(errors::host_refused, {shown(host)});
  return {};
}

Status check_framing(const Request& request, bool http_1_1) {
  if (request.count("transfer-encoding") == 0) return {};
  const std::string coding = text::lower_ascii(request.joined("transfer-encoding"));
  if (http_1_1 && text::trim(coding) == "chunked") return {};
  return fail(errors::transfer_coding, {shown(coding)});
}

Status check_same_origin(const Request& request) {
  const std::optional<std::string_view> site = request.header("sec-fetch-site");
  const std::optional<std::string_view> origin = request.header("origin");
  if (origin && authority(*origin) != request.header_or_empty("host"))
    return fail(errors::cross_site, {shown(*origin)});
  if (!origin && !site && request.count("cookie") > 0) return fail(errors::cross_site, {"-"});
  if (site && *site != "same-origin" && *site != "none") return fail(errors::cross_site, {shown(*site)});
  return {};
}

Result<std::string> request_key(const Request& request) {
  const std::optional<std::string_view> field = request.header("idempotency-key");
  if (!field || field->empty()) return fail(errors::request_key_missing);
  const auto malformed = [&] { return fail(errors::request_key_malformed, {shown(*field)}); };
  const bool quoted = field->size() > 2 && field->front() == '"' && field->back() == '"';
  std::string key = text::lower_ascii(quoted ? field->substr(1, field->size() - 2) : *field);
  if (key.size() == uuid_size) {
    for (const std::size_t dash : uuid_dashes)
      if (key[dash] != '-') return malformed();
    std::erase(key, '-');
  }
  if (key.size() != key_digits || key.find_first_not_of("0123456789abcdef") != std::string::npos) return malformed();
  return key;
}

Result<Seq> edited_from(const Request& request) {
  const std::optional<std::string_view> field = request.header("if-match");
  if (!field || field->empty()) return fail(errors::if_match_missing);
  std::string_view rest = *field;
  if (rest.starts_with("W/")) rest.remove_prefix(2);
  Seq out;
  if (rest.size() < 3 || rest.front() != '"' || rest.back() != '"')
    return fail(errors::if_match_malformed, {shown(*field)});
  rest = rest.substr(1, rest.size() - 2);
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), out.value);
  const bool whole = end == rest.data() + rest.size() || *end == '-';
  if (error != std::errc() || !whole || out.value < 0) return fail(errors::if_match_malformed, {shown(*field)});
  return out;
}

}   // namespace gangmu::http
