// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"

#include <cassert>

namespace gangmu {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A placeholder is {n} with one digit; one without an argument stays as written, so that a gap is seen.
std::string filled(std::string_view text, const std::vector<std::string>& arguments) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool placeholder = text[i] == '{' && i + 2 < text.size() && is_digit(text[i + 1]) && text[i + 2] == '}';
    const std::size_t n = placeholder ? static_cast<std::size_t>(text[i + 1] - '0') : 0;
    if (placeholder && n < arguments.size()) {
      out += arguments[n];
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

}   // namespace

std::string ErrorKind::code() const {
  std::string out(floor);
  out += '.';
  out += name;
  return out;
}

std::string Position::text() const {
  if (!cell.empty()) return file.empty() ? cell : file + "[" + cell + "]";
  std::string out = file;
  if (line > 0) {
    if (!out.empty()) out += ':';
    out += std::to_string(line);
    if (column > 0) out += ":" + std::to_string(column);
  }
  return out;
}

std::string Diagnostic::text(Language language) const {
  assert(kind != nullptr);
  return filled(language == Language::zh ? kind->zh : kind->en, arguments);
}

std::string Diagnostic::line(Language language) const {
  std::string out = where.text();
  if (!out.empty()) out += ": ";
  return out + text(language);
}

Error::Error(Diagnostics all) : diagnostics_(std::move(all)) { assert(!diagnostics_.empty()); }

std::string Error::text(Language language) const {
  std::string out;
  for (const Diagnostic& fault : diagnostics_) {
    if (!out.empty()) out += '\n';
    out += fault.line(language);
  }
  return out;
}

}   // namespace gangmu
