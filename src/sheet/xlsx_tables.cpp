// SPDX-License-Identifier: Apache-2.0
// The tables all sheets share: strings and cell formats; and the account of what was used and noted.
#include <charconv>
#include <map>

#include "sheet/errors.hpp"
#include "sheet/refusal.hpp"
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
  int phonetic = 0;

  explicit StringTable(Reading& r) : reading(r) {}
  Status start(std::string_view name, const XmlAttributes&) override {
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
    }
    return {};
  }
  Status end(std::string_view name) override {
    if (name == "t") in_text = false;
    if (name == "rPh") --phonetic;
    if (name != "si") return {};
    in_item = false;
    strings.push_back(unescaped(current));
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

struct Styles final : XmlHandler {
  std::map<int, NumberFormat> own;   // numFmt elements stand before the formats that use them
  std::vector<NumberFormat> formats;
  const Reading& reading;
  bool in_formats = false;

  explicit Styles(const Reading& r) : reading(r) {}
  Status start(std::string_view name, const XmlAttributes& attributes) override {
    if (own.size() > reading.limits.styles || formats.size() >= reading.limits.styles) {
      return refuse_limit(LimitName::styles, formats.size() + 1, reading.limits.styles, where());
    }
    if (name == "numFmt") {
      const std::string_view code = attributes.get_or("formatCode", "");
      own[number_of(attributes.get("numFmtId"))] = {shape_of_format(code), decimals_of_format(code)};
    } else if (name == "cellXfs") {
      in_formats = true;
    } else if (name == "xf" && in_formats) {
      const int id = number_of(attributes.get("numFmtId"));
      const auto found = own.find(id);
      const NumberFormat built_in{built_in_shape(id).value_or(NumberShape::plain), built_in_decimals(id)};
      formats.push_back(found != own.end() ? found->second : built_in);
    }
    return {};
  }
  Status end(std::string_view name) override {
    if (name == "cellXfs") in_formats = false;
    return {};
  }
  Status text(std::string_view) override { return {}; }
  Position where() const override { return {.file = reading.file_name, .line = 0, .column = 0, .cell = {}}; }
};

}   // namespace

Result<std::vector<std::string>> read_shared_strings(Archive& archive, const std::string& part, Reading& reading) {
  StringTable table(reading);
  if (!part.empty()) TRY(read_xml(archive, part, reading.limits, table));
  return std::move(table.strings);
}

Result<std::vector<NumberFormat>> read_formats(Archive& archive, const std::string& part, const Reading& reading) {
  Styles styles(reading);
  if (!part.empty()) TRY(read_xml(archive, part, reading.limits, styles));
  return std::move(styles.formats);
}

}   // namespace gangmu::sheet
