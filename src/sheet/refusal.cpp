// SPDX-License-Identifier: Apache-2.0
#include "sheet/refusal.hpp"

#include <array>
#include <string>

#include "sheet/errors.hpp"

namespace gangmu::sheet {

namespace {
struct Names {
  const char* zh;
  const char* en;
};
constexpr std::array<Names, 14> names = {{
    {"文件字节数", "bytes of the file"},
    {"压缩包内的文件数", "files inside the archive"},
    {"解压后的字节数", "bytes after unpacking"},
    {"压缩比", "compression ratio"},
    {"XML 嵌套层数", "nesting of XML"},
    {"工作表数", "sheets"},
    {"行数", "rows"},
    {"列数", "columns"},
    {"单元格数", "cells"},
    {"文字总字节数", "bytes of text"},
    {"单个单元格的字节数", "bytes of one cell"},
    {"共享字符串数", "shared strings"},
    {"合并区域数", "merged ranges"},
    {"单元格格式数", "cell formats"},
}};
static_assert(names.size() == static_cast<std::size_t>(LimitName::styles) + 1);
}   // namespace

tl::unexpected<Error> refuse_limit(LimitName name, std::uint64_t met, std::size_t limit, Position where) {
  const Names& n = names[static_cast<std::size_t>(name)];
  return fail(errors::limit_exceeded, {n.zh, std::to_string(met), std::to_string(limit), n.en}, std::move(where));
}

}   // namespace gangmu::sheet
