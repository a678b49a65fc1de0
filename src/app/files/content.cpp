// SPDX-License-Identifier: Apache-2.0
#include "app/files/content.hpp"

#include "app/errors.hpp"
#include "app/files/pictures.hpp"
#include "sheet/archive.hpp"

namespace gangmu::app {
namespace {

constexpr std::string_view jpeg = "image/jpeg", png = "image/png", pdf = "application/pdf",
                           xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                           docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

tl::unexpected<Error> refused(const char* zh, const char* en) { return fail(errors::file_refused, {zh, en}); }

/// A workbook or a document by its main part; one with macros is neither.
Result<FileContent> office(std::string_view bytes) {
  const auto archive = sheet::Archive::open(bytes, {}, sheet::Limits{});
  if (!archive) return refused("打不开的压缩包", "an archive that can't be opened");
  for (const std::string& part : archive->parts())
    if (part.ends_with("vbaproject.bin") || part.find("/activex/") != std::string::npos)
      return refused("带宏的文件", "a file with macros");
  const bool book = archive->has("xl/workbook.xml"), document = archive->has("word/document.xml");
  if (!archive->has("[content_types].xml") || book == document) return refused("其他压缩包", "another archive");
  return FileContent{std::string(book ? xlsx : docx), std::string(bytes)};
}

}   // namespace

Result<FileContent> file_content(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xD8\xFF")) {
    TRY_ASSIGN(std::string kept, jpeg_without_notes(bytes));
    return FileContent{std::string(jpeg), std::move(kept)};
  }
  if (bytes.starts_with("\x89PNG\r\n\x1A\n")) {
    TRY_ASSIGN(std::string kept, png_without_notes(bytes));
    return FileContent{std::string(png), std::move(kept)};
  }
  if (bytes.starts_with("%PDF-")) return FileContent{std::string(pdf), std::string(bytes)};
  if (bytes.starts_with("PK\x03\x04")) return office(bytes);
  return refused("其他格式", "another format");
}

std::string_view file_ending(std::string_view type) {
  return type == jpeg   ? "jpg"
         : type == png  ? "png"
         : type == pdf  ? "pdf"
         : type == xlsx ? "xlsx"
         : type == docx ? "docx"
                        : "";
}

}   // namespace gangmu::app
