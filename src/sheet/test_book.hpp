// SPDX-License-Identifier: Apache-2.0
// For tests and fuzz seeds: an xlsx put together part by part, so that a test can say exactly what stands inside.
#pragma once

#include <minizip/zip.h>

#include <cstring>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace gangmu::sheet::testing {

/// minizip writing into a string.
inline std::string zip(const std::vector<std::pair<std::string, std::string>>& parts, int level = 6) {
  struct Memory {
    std::string bytes;
    std::size_t at = 0;
  } memory;
  zlib_filefunc64_def f{};
  f.opaque = &memory;
  f.zopen64_file = [](void* opaque, const void*, int) { return opaque; };
  f.zread_file = [](void*, void* s, void* buffer, uLong n) {
    auto& m = *static_cast<Memory*>(s);
    const std::size_t k = std::min<std::size_t>(n, m.bytes.size() - m.at);
    std::memcpy(buffer, m.bytes.data() + m.at, k);
    m.at += k;
    return static_cast<uLong>(k);
  };
  f.zwrite_file = [](void*, void* s, const void* buffer, uLong n) {
    auto& m = *static_cast<Memory*>(s);
    if (m.bytes.size() < m.at + n) m.bytes.resize(m.at + n);
    std::memcpy(m.bytes.data() + m.at, buffer, n);
    m.at += n;
    return n;
  };
  f.ztell64_file = [](void*, void* s) { return static_cast<ZPOS64_T>(static_cast<Memory*>(s)->at); };
  f.zseek64_file = [](void*, void* s, ZPOS64_T offset, int origin) -> long {
    auto& m = *static_cast<Memory*>(s);
    m.at = static_cast<std::size_t>(offset) + (origin == 0 ? 0 : origin == 1 ? m.at : m.bytes.size());
    return 0;
  };
  f.zclose_file = [](void*, void*) { return 0; };
  f.zerror_file = [](void*, void*) { return 0; };
  zipFile out = zipOpen2_64("memory", APPEND_STATUS_CREATE, nullptr, &f);
  for (const auto& [name, body] : parts) {
    zip_fileinfo info{};
    info.tmz_date.tm_year = 1980;
    info.tmz_date.tm_mday = 1;
    zipOpenNewFileInZip64(out, name.c_str(), &info, nullptr, 0, nullptr, 0, nullptr, level == 0 ? 0 : Z_DEFLATED, level,
                          0);
    zipWriteInFileInZip(out, body.data(), static_cast<unsigned>(body.size()));
    zipCloseFileInZip(out);
  }
  zipClose(out, nullptr);
  return memory.bytes;
}

/// A workbook with one sheet "任务"; `sheet` is what stands inside <worksheet>.
struct Book {
  std::string sheet;
  std::string strings;      ///< inside <sst>
  std::string styles;       ///< inside <styleSheet>
  std::string properties;   ///< inside <workbook>, before <sheets>
  std::vector<std::pair<std::string, std::string>> more;

  [[nodiscard]] std::vector<std::pair<std::string, std::string>> parts() const {
    const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    const std::string main = " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    std::vector<std::pair<std::string, std::string>> out = {
        {"_rels/.rels", head + "<Relationships><Relationship Id=\"r1\" Type=\"" + office +
                            "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
        {"xl/workbook.xml", head + "<workbook" + main + " xmlns:r=\"" + office + "\">" + properties +
                                "<sheets><sheet name=\"任务\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels",
         head + "<Relationships><Relationship Id=\"rId1\" Type=\"" + office +
             "worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" + office +
             "sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"rId3\" Type=\"" + office +
             "styles\" Target=\"/xl/styles.xml\"/></Relationships>"},
        {"xl/worksheets/sheet1.xml", head + "<worksheet" + main + ">" + sheet + "</worksheet>"},
        {"xl/sharedStrings.xml", head + "<sst" + main + ">" + strings + "</sst>"},
        {"xl/styles.xml", head + "<styleSheet" + main + ">" + styles + "</styleSheet>"}};
    out.insert(out.end(), more.begin(), more.end());
    return out;
  }
  [[nodiscard]] std::string bytes() const { return zip(parts()); }
};

}   // namespace gangmu::sheet::testing
