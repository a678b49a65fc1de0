// SPDX-License-Identifier: Apache-2.0
#include "sheet/other_format.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "sheet/errors.hpp"
#include "sheet/refusal.hpp"

namespace gangmu::sheet {
namespace {

constexpr std::string_view ole_magic("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
constexpr std::string_view other_magics[] = {"%PDF-", "\x89PNG",    "\xFF\xD8\xFF", "GIF8",
                                             "Rar!",  "7z\xBC\xAF", "\x1F\x8B"};

struct Known {
  std::string_view sign;   ///< a part of the archive, or how the text begins (in lower case)
  const char *zh, *en;
};

constexpr Known archives[] = {
    {"xl/workbook.bin", "二进制工作簿（.xlsb）", "a binary workbook (.xlsb)"},
    {"content.xml", "OpenDocument 文件（如 .ods）", "an OpenDocument file (such as .ods)"},
    {"word/document.xml", "文字文档（.docx）", "a text document (.docx)"},
    {"ppt/presentation.xml", "演示文稿（.pptx）", "a presentation (.pptx)"},
};

constexpr Known markups[] = {
    {"<html", "网页（HTML）", "a web page (HTML)"},
    {"<!doctype html", "网页（HTML）", "a web page (HTML)"},
    {"<head", "网页（HTML）", "a web page (HTML)"},
    {"<meta", "网页（HTML）", "a web page (HTML)"},
    {"<body", "网页（HTML）", "a web page (HTML)"},
    {"<style", "网页（HTML）", "a web page (HTML)"},
    {"<table", "网页（HTML）", "a web page (HTML)"},
    {"<?xml", "XML 文件（如 XML 表格 2003）", "an XML file (such as an XML spreadsheet of 2003)"},
    {"<workbook", "XML 文件（如 XML 表格 2003）", "an XML file (such as an XML spreadsheet of 2003)"},
    {"mime-version:", "单个文件网页（MHT）", "a web page in one file (MHT)"},
    {"from: <", "单个文件网页（MHT）", "a web page in one file (MHT)"},
    {"content-type: multipart/", "单个文件网页（MHT）", "a web page in one file (MHT)"},
};

tl::unexpected<Error> refuse(const Known& known, const std::string& file_name) {
  return fail(errors::format_other, {known.zh, known.en}, whole(file_name));
}

}   // namespace

Status refuse_other_bytes(std::string_view bytes, const std::string& file_name) {
  if (bytes.starts_with(ole_magic)) return fail(errors::format_old_xls, {}, whole(file_name));
  if (std::ranges::any_of(other_magics, [&](std::string_view magic) { return bytes.starts_with(magic); }))
    return fail(errors::format_unknown, {}, whole(file_name));
  return {};
}

Status refuse_other_archive(const Archive& archive, const std::string& file_name) {
  if (archive.has("xl/workbook.xml")) return {};
  for (const Known& known : archives) {
    if (archive.has(known.sign)) return refuse(known, file_name);
  }
  return {};
}

Status refuse_markup(std::string_view utf8, const std::string& file_name) {
  constexpr std::size_t longest_sign = 32;
  const std::size_t begin = std::min(utf8.find_first_not_of(" \t\r\n"), utf8.size());
  std::string head = text::lower_ascii(utf8.substr(begin, 4 * longest_sign));
  while (head.starts_with("<!--") && head.find("-->") != std::string::npos)   // a comment before the page
    head = std::string(text::trim(std::string_view(head).substr(head.find("-->") + 3)));
  for (const Known& known : markups) {
    if (head.starts_with(known.sign)) return refuse(known, file_name);
  }
  return {};
}

}   // namespace gangmu::sheet
