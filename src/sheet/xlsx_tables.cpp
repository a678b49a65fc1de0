// SPDX-License-Identifier: Apache-2.0
// The tables all sheets share: strings and cell formats; and the account of what was used and noted.
#include <algorithm>
#include <charconv>
#include <map>

#include "sheet/cell_text.hpp"
#include "sheet/errors.hpp"
#include "sheet/refusal.hpp"
#include "sheet/secrecy_mark.hpp"
#include "sheet/xlsx_parts.hpp"
#include "sheet/xml.hpp"

namespace gangmu::sheet {

void Reading::note(const ErrorKind& kind, std::vector<std::string> arguments, Position where) {
  if (notes.size() < limits.notes) {
    notes.push_back({&kind, std::move(arguments), std::move(where)});
  } else {
    ++more_notes;
  }
}

void Reading::fault(const ErrorKind& kind, std::vector<std::string> arguments, Position where) {
  if (faults.size() < limits.notes) {
    faults.push_back({&kind, std::move(arguments), std::move(where)});
  } else {
    ++more_faults;
  }
}

Status Reading::add_text(std::size_t bytes, const Position& where) {
  text_bytes += bytes;
  if (text_bytes > limits.text_bytes) return refuse_limit(LimitName::text_bytes, text_bytes, limits.text_bytes, where);
  return {};
}

namespace {

struct StringTable final : XmlHandler {
  std::vector<std::string> strings;
  Reading& reading;
  std::string current;
  bool in_item = false, in_text = false;
  bool preserved = false;
  std::size_t run = 0;   ///< where the text of the run begins
  int phonetic = 0;

  explicit StringTable(Reading& r) : reading(r) {}
  Status start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "si") {
      if (strings.size() >= reading.limits.shared_strings) {
        return refuse_limit(LimitName::shared_strings, strings.size() + 1, reading.limits.shared_strings, where());
      }
      in_item = true;
      current.clear();
    } else if (name == "rPh") {
      ++phonetic;
    } else if (name == "t") {
      in_text = in_item && phonetic == 0;
      preserved = attributes.preserves_space();
      run = current.size();
    }
    return {};
  }
  Status end(std::string_view name) override {
    if (name == "t") {
      if (in_text && !preserved) trim_run(current, run);
      in_text = false;
    }
    if (name == "rPh") --phonetic;
    if (name != "si") return {};
    in_item = false;
    strings.push_back(unescaped(current));
    TRY(refuse_secrecy_mark(strings.back()));   // also in one no cell uses any more
    return reading.add_text(strings.back().size(), where());
  }
  Status text(std::string_view piece) override {
    if (!in_text) return {};
    current += piece;
    if (current.size() > reading.limits.cell_bytes) {
      return refuse_limit(LimitName::cell_bytes, current.size(), reading.limits.cell_bytes, where());
    }
    return {};
  }
  Position where() const override { return {.file = reading.file_name, .line = 0, .column = 0, .cell = {}}; }
};

int number_of(const char* text) {
  int value = -1;
  const std::string_view s = text == nullptr ? std::string_view() : std::string_view(text);
  std::from_chars(s.data(), s.data() + s.size(), value);
  return value;
}

constexpr std::size_t most_formats = 8'192;   // number formats of its own; spreadsheet programs stop at some 250

struct Styles final : XmlHandler {
  std::map<int, std::size_t> own;   // numFmt elements stand before the formats that use them
  CellStyles out;
  std::map<int, std::size_t> known;   // built-in ones in use
  const Reading& reading;
  bool in_formats = false;

  explicit Styles(const Reading& r) : reading(r) {}
  Status start(std::string_view name, const XmlAttributes& attributes) override {
    if (own.size() > most_formats || out.format_of.size() >= reading.limits.styles) {
      return refuse_limit(LimitName::styles, std::max(own.size(), out.format_of.size()) + 1,
                          std::min(most_formats, reading.limits.styles), where());
    }
    if (name == "numFmt") {
      own[number_of(attributes.get("numFmtId"))] = out.formats.size();
      out.formats.emplace_back(attributes.get_or("formatCode", ""));
    } else if (name == "cellXfs") {
      in_formats = true;
    } else if (name == "xf" && in_formats) {
      out.format_of.push_back(format_of(number_of(attributes.get("numFmtId"))));
    }
    return {};
  }
  std::size_t format_of(int id) {
    if (const auto found = own.find(id); found != own.end()) return found->second;
    const auto [at, fresh] = known.try_emplace(id, out.formats.size());
    if (fresh) out.formats.push_back(NumberFormat::built_in(id));
    return at->second;
  }
  Status end(std::string_view name) override {
    if (name == "cellXfs") in_formats = false;
    return {};
  }
  Status text(std::string_view) override { return {}; }
  Position where() const override { return {.file = reading.file_name, .line = 0, .column = 0, .cell = {}}; }
};

}   // namespace

const NumberFormat& CellStyles::operator[](std::size_t style) const {
  static const NumberFormat general;
  return style < format_of.size() ? formats[format_of[style]] : general;
}

Result<BookTables> read_tables(Archive& archive, const BookParts& parts, Reading& reading) {
  BookTables out;
  out.epoch_1904 = parts.epoch_1904;
  StringTable strings(reading);
  Styles styles(reading);
  if (!parts.shared_strings.empty() && !archive.has(parts.shared_strings))
    out.missing_strings = parts.shared_strings;
  else if (!parts.shared_strings.empty())
    TRY(read_xml(archive, parts.shared_strings, reading.limits, strings));
  if (!parts.styles.empty() && !archive.has(parts.styles))
    out.missing_styles = parts.styles;
  else if (!parts.styles.empty())
    TRY(read_xml(archive, parts.styles, reading.limits, styles));
  out.strings = std::move(strings.strings);
  out.styles = std::move(styles.out);
  return out;
}

}   // namespace gangmu::sheet
