// SPDX-License-Identifier: Apache-2.0
#include "sheet/marked_file.hpp"

#include <algorithm>

#include "base/json_texts.hpp"
#include "sheet/archive.hpp"
#include "sheet/csv.hpp"
#include "sheet/errors.hpp"
#include "sheet/secrecy_mark.hpp"
#include "sheet/workbook.hpp"
#include "sheet/xlsx_parts.hpp"

namespace gangmu::sheet {
namespace {

Status only_the_mark(const Error& error) { return error.is(errors::secrecy_mark) ? Status(fail(error)) : Status(); }

/// Of a workbook, or of a document or slides that keep their text in the same kind of archive.
Status refuse_marked_archive(std::string_view bytes, const std::string& name, const Limits& limits) {
  const auto book = read_workbook(bytes, name, limits);
  if (book) return {};
  TRY(only_the_mark(book.error()));
  auto archive = Archive::open(bytes, name, limits);
  return archive ? refuse_marked_parts(*archive, {}, limits) : Status();
}

Status refuse_marked_lines(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    TRY(refuse_secrecy_mark(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return {};
}

/// Programs often write what is not ASCII as \u673A.
Status refuse_marked_json(std::string_view text) {
  const auto json = Json::parse(text);
  bool marked = false;
  if (json) for_each_text(*json, [&](const std::string&, std::string_view one) { marked |= bears_secrecy_mark(one); });
  return marked ? Status(fail(errors::secrecy_mark)) : Status();
}

}   // namespace

Status refuse_marked_file(std::string_view bytes, const std::string& name) {
  const Limits limits;
  TRY(refuse_secrecy_mark(name));
  if (bytes.starts_with("PK")) return refuse_marked_archive(bytes, name, limits);
  const auto text = decode_text(bytes, name);
  if (!text) return {};
  if (name.ends_with("json")) TRY(refuse_marked_json(text->utf8));
  if (text->utf8.find("密") == std::string::npos) return {};
  TRY(refuse_marked_lines(text->utf8));
  if (!name.ends_with(".csv")) return {};
  const auto grid = read_csv(bytes, name, limits);
  return grid ? refuse_secrecy_mark(*grid) : Status();
}

}   // namespace gangmu::sheet
