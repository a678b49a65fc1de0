// SPDX-License-Identifier: Apache-2.0
// The secrecy mark in the parts of a workbook that hold text but no cells: properties, comments, drawings, charts.
#include <algorithm>

#include "base/text.hpp"
#include "sheet/errors.hpp"
#include "sheet/secrecy_mark.hpp"
#include "sheet/xlsx_parts.hpp"
#include "sheet/xml.hpp"

namespace gangmu::sheet {
namespace {

constexpr std::size_t longest_paragraph = 4'096;   // bytes of one paragraph looked at; a mark stands alone or at a head

bool holds_text(std::string_view part, const BookParts& parts) {
  if (!part.ends_with(".xml") && !part.ends_with(".vml")) return false;
  const auto is = [&](const std::string& other) { return part == text::lower_ascii(other); };
  const bool read_anyway = is(parts.shared_strings) || is(parts.styles) || part.starts_with("xl/theme/") ||
                           part.ends_with("/calcchain.xml") ||
                           std::ranges::any_of(parts.sheets, [&](const SheetEntry& entry) { return is(entry.part); });
  return !read_anyway;
}

bool of_a_run(std::string_view name) {
  constexpr std::string_view names[] = {"t", "r", "rPr", "font", "span", "b", "i", "u"};
  return std::ranges::find(names, name) != std::end(names);
}

/// Texts of paragraphs: runs of one (t, r) are read together, whatever their own properties say.
struct MarkReader final : XmlHandler {
  std::string text_;
  int properties = 0;

  Status start(std::string_view name, const XmlAttributes&) override {
    properties += name == "rPr" ? 1 : 0;
    return {};
  }
  Status end(std::string_view name) override {
    if (name == "rPr") --properties;
    if (properties > 0 || of_a_run(name)) return {};
    TRY(refuse_secrecy_mark(page_text_shown(text_)));
    text_.clear();
    return {};
  }
  Status text(std::string_view piece) override {
    text_ += piece.substr(0, longest_paragraph - std::min(longest_paragraph, text_.size()));
    return {};
  }
  Position where() const override { return {}; }
  bool takes_extensions() const override { return true; }
};

}   // namespace

Status refuse_marked_parts(Archive& archive, const BookParts& parts, const Limits& limits) {
  for (const std::string& part : archive.parts()) {
    if (!holds_text(part, parts)) continue;
    MarkReader reader;
    const Status read = read_xml(archive, part, limits, reader);
    if (!read && read.error().is(errors::secrecy_mark)) return fail(read.error());   // other faults there are nobody's
  }
  return {};
}

}   // namespace gangmu::sheet
