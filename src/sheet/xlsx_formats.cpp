// SPDX-License-Identifier: Apache-2.0
#include "sheet/xlsx_formats.hpp"

#include <xlsxwriter.h>

#include <string>

namespace gangmu::sheet {

namespace {

constexpr int red = 0xC00000, head_fill = 0xE8EEF4, rule_grey = 0x9AA5B1;

std::string number_format(ValueShape shape, int decimals) {
  std::string format = "0";
  if (decimals > 0) format += "." + std::string(static_cast<std::size_t>(decimals), '0');
  return shape == ValueShape::percent ? format + "%" : format;
}

void frame(lxw_format* format) {
  format_set_border(format, LXW_BORDER_THIN);
  format_set_border_color(format, rule_grey);
  format_set_text_wrap(format);
  format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
}

void set_role(lxw_format* format, RowRole role, ValueShape shape) {
  switch (role) {
    case RowRole::title:
      format_set_bold(format);
      format_set_font_size(format, 16);
      format_set_align(format, LXW_ALIGN_CENTER);
      format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
      break;
    case RowRole::unit_line: format_set_align(format, LXW_ALIGN_RIGHT); break;
    case RowRole::header:
      frame(format);
      format_set_bold(format);
      format_set_bg_color(format, head_fill);
      format_set_align(format, LXW_ALIGN_CENTER);
      break;
    case RowRole::total:
      frame(format);
      format_set_bold(format);
      break;
    case RowRole::body:
      frame(format);
      if (shape == ValueShape::date) format_set_align(format, LXW_ALIGN_CENTER);
      break;
    case RowRole::note:
      format_set_text_wrap(format);
      format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
      break;
  }
}

}   // namespace

lxw_format* XlsxFormats::of(RowRole role, ValueShape shape, int decimals) {
  lxw_format*& format = made_[{role, shape, decimals}];
  if (format == nullptr) format = make(role, shape, decimals);
  return format;
}

lxw_format* XlsxFormats::make(RowRole role, ValueShape shape, int decimals) {
  lxw_format* format = workbook_add_format(book_);
  set_role(format, role, shape);
  if (shape == ValueShape::number || shape == ValueShape::percent) {
    format_set_num_format(format, number_format(shape, decimals).c_str());
  } else if (shape == ValueShape::date) {
    format_set_num_format(format, "yyyy-mm-dd");
  }
  return format;
}

lxw_format* XlsxFormats::simulated() {
  if (simulated_ == nullptr) {
    simulated_ = workbook_add_format(book_);
    format_set_bold(simulated_);
    format_set_font_color(simulated_, red);
  }
  return simulated_;
}

}   // namespace gangmu::sheet
