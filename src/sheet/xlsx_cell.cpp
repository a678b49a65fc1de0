// SPDX-License-Identifier: Apache-2.0
#include "sheet/xlsx_cell.hpp"

#include <charconv>
#include <cmath>

#include "base/control.hpp"
#include "base/decimal.hpp"
#include "base/text.hpp"
#include "sheet/cell_text.hpp"
#include "sheet/errors.hpp"

namespace gangmu::sheet {
namespace {

constexpr int days_to_1970 = 25'569;      // serial of 1970-01-01; both counts agree from March 1900 on
constexpr double exact_whole = 1e15;      // beyond it a real has no digits of its own to show
constexpr std::size_t most_quoted = 80;   // bytes of a value in a message

const FormatSection& plain_time() {
  static const NumberFormat format("[h]:mm:ss");
  return format.section_for(0);
}

GridCell text_cell(std::string text, CellFormat format = CellFormat::general) {
  return {.kind = CellKind::text, .text = std::move(text), .merged_copy = false, .percent = false, .format = format};
}

class CellReader {
 public:
  CellReader(const RawCell& cell, const BookTables& tables, Reading& reading, const XmlHandler& place)
      : cell_(cell), tables_(tables), reading_(reading), place_(place) {}

  GridCell read() {
    if (cell_.has_formula && !cell_.has_value && !cell_.has_inline)
      reading_.note(errors::note_formula_empty, {}, place_.where());
    if (text().empty()) return {};
    switch (cell_.type) {
      case CellType::shared: return shared_text();
      case CellType::inline_text:
      case CellType::formula_text: return checked(unescaped(text()));
      case CellType::boolean:
        return {.kind = CellKind::boolean, .text = xml_true(cell_.value.c_str()) ? "TRUE" : "FALSE"};
      case CellType::error:
        reading_.note(errors::note_cell_error, {cell_.value.substr(0, most_quoted)}, place_.where());
        return {.kind = CellKind::error, .text = cell_.value};
      case CellType::iso_date: return iso();
      case CellType::number: break;
    }
    return number();
  }

 private:
  /// <is> is what an inline text shows, <v> what everything else does; the other only where that one is absent.
  [[nodiscard]] const std::string& text() const {
    const bool in_line = cell_.type == CellType::inline_text ? cell_.has_inline : !cell_.has_value;
    return in_line ? cell_.inline_text : cell_.value;
  }

  GridCell refuse_value() {
    reading_.fault(errors::cell_value, {text().substr(0, most_quoted)}, place_.where());
    return {};
  }

  GridCell checked(std::string text) {
    if (const auto control = text::first_control(text)) {
      reading_.fault(errors::cell_control, {control->name()}, place_.where());
      return {};
    }
    if (text.starts_with("=DISPIMG(")) {
      reading_.note(errors::note_picture, {}, place_.where());
      return {};
    }
    return text_cell(std::move(text));
  }

  GridCell shared_text() {
    if (!tables_.missing_strings.empty()) {
      reading_.fault(errors::part_missing, {tables_.missing_strings}, place_.where());
      return {};
    }
    std::size_t index = 0;
    if (!read_whole(text::trim(text()), index) || index >= tables_.strings.size()) return refuse_value();
    return checked(tables_.strings[index]);
  }

  [[nodiscard]] const FormatSection& section(double value) const {
    return tables_.styles[cell_.style].section_for(value);
  }

  GridCell iso() {
    const auto moment = iso_moment(cell_.value);
    if (!moment) return refuse_value();
    if (!moment->date) {
      const FormatSection& shape = section(0);
      return text_cell(shown_time(shape.shape == NumberShape::time ? shape : plain_time(), moment->milliseconds),
                       CellFormat::time);
    }
    // Days before March 1900 are counted as spreadsheets count them, a day off the calendar.
    const int serial = moment->date->days + days_to_1970;
    const auto date = tables_.epoch_1904 || serial > 60 ? moment->date : serial_date(serial, false);
    if (!date) return no_date(std::to_string(serial));
    const FormatSection& shape = section(serial);
    if (shape.shape == NumberShape::time) {
      constexpr std::int64_t day = 86'400'000;
      return text_cell(shown_time(shape, serial * day + moment->milliseconds), CellFormat::time);
    }
    return dated(*date, shape, moment->milliseconds > 0);
  }

  GridCell number() {
    std::optional<std::string> plain = plain_number(text());
    if (!plain) return refuse_value();
    if (cell_.style > 0 && !tables_.missing_styles.empty()) {
      reading_.fault(errors::part_missing, {tables_.missing_styles}, place_.where());
      return {};
    }
    double value = 0;
    read_whole(std::string_view(*plain), value);
    const FormatSection& shape = section(value);
    switch (shape.shape) {
      case NumberShape::date:
      case NumberShape::month:
      case NumberShape::year:
      case NumberShape::weekday: {
        const auto date = serial_date(value, tables_.epoch_1904);
        return date ? dated(*date, shape, value != std::floor(value)) : no_date(*std::move(plain));
      }
      case NumberShape::time: {
        auto shown = shown_time(shape, value);
        return shown ? text_cell(*std::move(shown), CellFormat::time) : no_date(*std::move(plain));
      }
      case NumberShape::code:
        if (std::fabs(value) < exact_whole)
          return text_cell(shown_code(shape, round_half_up(value, 0)), CellFormat::code);
        break;
      case NumberShape::plain:
      case NumberShape::percent: break;
    }
    if (whole_digits(*plain) > 15)
      reading_.note(errors::note_long_number, {text().substr(0, most_quoted)}, place_.where());
    return {.kind = CellKind::number,
            .text = *std::move(plain),
            .merged_copy = false,
            .percent = shape.shape == NumberShape::percent,
            .format = shape.decimals < 0 ? CellFormat::general : CellFormat::fixed,
            .decimals = shape.decimals};
  }

  GridCell no_date(std::string plain) {
    reading_.note(errors::note_not_a_date, {plain}, place_.where());
    return {.kind = CellKind::number, .text = std::move(plain)};
  }

  GridCell dated(Date date, const FormatSection& shape, bool has_time) {
    const std::string year = std::to_string(date.year()) + "年", month = std::to_string(date.month()) + "月";
    if (shape.shape == NumberShape::year) return text_cell(year, CellFormat::year);
    if (shape.shape == NumberShape::month) return text_cell(shape.shows_year ? year + month : month, CellFormat::month);
    if (shape.shape == NumberShape::weekday) return text_cell(shown_weekday(shape, date.weekday()), CellFormat::date);
    if (has_time) reading_.note(errors::note_time_dropped, {cell_.value.substr(0, most_quoted)}, place_.where());
    return {.kind = CellKind::date,
            .text = date.text(),
            .merged_copy = false,
            .percent = false,
            .format = CellFormat::date};
  }

  const RawCell& cell_;
  const BookTables& tables_;
  Reading& reading_;
  const XmlHandler& place_;
};

}   // namespace

CellType cell_type(std::string_view t) {
  if (t == "s") return CellType::shared;
  if (t == "inlineStr") return CellType::inline_text;
  if (t == "str") return CellType::formula_text;
  if (t == "b") return CellType::boolean;
  if (t == "e") return CellType::error;
  if (t == "d") return CellType::iso_date;
  return CellType::number;
}

GridCell shown_cell(const RawCell& cell, const BookTables& tables, Reading& reading, const XmlHandler& place) {
  return CellReader(cell, tables, reading, place).read();
}

}   // namespace gangmu::sheet
