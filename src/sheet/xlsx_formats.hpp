// SPDX-License-Identifier: Apache-2.0
// The cell formats of one workbook, made when first needed. Seen by xlsx_writer.cpp only.
#pragma once

#include <map>
#include <tuple>

#include "base/worksheet.hpp"

struct lxw_format;
struct lxw_workbook;

namespace gangmu::sheet {

enum class ValueShape : unsigned char { text, number, percent, date };

class XlsxFormats {
 public:
  explicit XlsxFormats(lxw_workbook* book) : book_(book) {}
  lxw_format* of(RowRole role, ValueShape shape, int decimals = 0);
  lxw_format* simulated();

 private:
  lxw_format* make(RowRole role, ValueShape shape, int decimals);
  lxw_workbook* book_;
  std::map<std::tuple<RowRole, ValueShape, int>, lxw_format*> made_;
  lxw_format* simulated_ = nullptr;
};

}   // namespace gangmu::sheet
