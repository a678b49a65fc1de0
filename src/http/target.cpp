// SPDX-License-Identifier: Apache-2.0
#include "http/target.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "http/errors.hpp"

namespace gangmu::http {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

/// For an error text: short, and nothing that could break a line.
std::string shown(std::string_view s) {
  std::string out(s.substr(0, 80));
  std::replace_if(out.begin(), out.end(), is_control, '?');
  return out;
}

bool misleads(const std::string& segment) {
  return segment == "." || segment == ".." || segment.find('\\') != std::string::npos;
}

Result<std::string> decoded(std::string_view s, bool plus_is_space) {
  std::string out;
  out.reserve(s.size());
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i] == '%') {
      const int high = i + 2 < s.size() ? hex_digit(s[i + 1]) : -1;
      const int low = i + 2 < s.size() ? hex_digit(s[i + 2]) : -1;
      if (high < 0 || low < 0) return fail(errors::percent_malformed, {shown(s)});
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += plus_is_space && s[i] == '+' ? ' ' : s[i];
    }
  }
  if (std::any_of(out.begin(), out.end(), is_control) || !text::valid_utf8(out))
    return fail(errors::percent_malformed, {shown(s)});
  return out;
}

Status read_query(std::string_view s, Target& out) {
  while (!s.empty()) {
    const std::string_view pair = s.substr(0, s.find('&'));
    s.remove_prefix(std::min(s.size(), pair.size() + 1));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    TRY_ASSIGN(std::string name, decoded(pair.substr(0, equals), true));
    TRY_ASSIGN(std::string value, decoded(pair.substr(std::min(pair.size(), equals + 1)), true));
    if (!name.empty()) out.query.emplace_back(std::move(name), std::move(value));
  }
  return {};
}

}   // namespace

Result<Target> Target::parse(std::string_view target) {
  if (target.empty() || target.front() != '/' || target.find('#') != std::string_view::npos)
    return fail(errors::target_malformed, {shown(target)});
  const std::size_t question = std::min(target.find('?'), target.size());
  Target out;
  for (const std::string& raw : text::split(target.substr(1, question - 1), '/')) {
    Result<std::string> segment = decoded(raw, false);
    if (!segment) return fail(std::move(segment).error());
    out.segments.push_back(*std::move(segment));
    if (misleads(out.segments.back())) return fail(errors::target_malformed, {shown(target)});
  }
  TRY(read_query(target.substr(std::min(target.size(), question + 1)), out));
  return out;
}

std::string Target::path() const { return "/" + text::join(segments, "/"); }

}   // namespace gangmu::http
