// SPDX-License-Identifier: Apache-2.0
#include "record/numbering.hpp"

#include "record/errors.hpp"

namespace gangmu::record {
namespace {

constexpr std::string_view year_mark = "{yyyy}";
constexpr std::size_t most_bytes = 40;

}   // namespace

Result<Numbering> Numbering::parse(const Written& pattern) {
  const std::string& text = pattern.text;
  const auto wrong = [&] { return fail(errors::numbering_wrong, {text}, pattern.where); };
  const std::size_t open = text.find("{n"), close = text.find('}', open == std::string::npos ? 0 : open);
  if (open == std::string::npos || close == std::string::npos || text.size() > most_bytes) return wrong();
  Numbering out;
  out.before_ = text.substr(0, open);
  out.after_ = text.substr(close + 1);
  const std::string width = text.substr(open + 2, close - open - 2);
  if (!width.empty()) {
    if (width.size() != 2 || width[0] != ':' || width[1] < '1' || width[1] > '9') return wrong();
    out.digits_ = static_cast<std::size_t>(width[1] - '0');
  }
  for (std::string rest : {out.before_, out.after_}) {
    if (const std::size_t year = rest.find(year_mark); year != std::string::npos) rest.erase(year, year_mark.size());
    if (rest.find_first_of("{}") != std::string::npos) return wrong();
  }
  return out;
}

std::string Numbering::at(std::string text, Date day) {
  if (const std::size_t year = text.find(year_mark); year != std::string::npos)
    text.replace(year, year_mark.size(), day.text().substr(0, 4));
  return text;
}

std::string Numbering::shown(Date day, std::int64_t n) const {
  std::string count = std::to_string(n);
  if (count.size() < digits_) count.insert(0, digits_ - count.size(), '0');
  return at(before_, day) + count + at(after_, day);
}

}   // namespace gangmu::record
