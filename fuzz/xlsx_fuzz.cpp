// SPDX-License-Identifier: Apache-2.0
// Any bytes as a workbook. Half of the inputs are taken as they are; the other half are the XML of one sheet, put into
// a sound archive, because a fuzzer seldom keeps a checksum right.
#include <cstddef>
#include <cstdint>
#include <string>

#include "sheet/test_book.hpp"
#include "sheet/workbook.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  gangmu::sheet::Limits limits;
  limits.inflated_bytes = 16u << 20;
  limits.cells = 100'000;
  if (bytes.starts_with("PK")) {
    (void)gangmu::sheet::read_workbook(bytes, "f.xlsx", limits);
    return 0;
  }
  gangmu::sheet::testing::Book book;
  book.sheet = bytes;
  book.strings = "<si><t>任务</t></si>";
  book.styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"57\"/></cellXfs>";
  (void)gangmu::sheet::read_workbook(gangmu::sheet::testing::zip(book.parts(), 0), "f.xlsx", limits);
  return 0;
}
