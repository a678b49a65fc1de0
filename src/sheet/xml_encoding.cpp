// SPDX-License-Identifier: Apache-2.0
#include "sheet/xml_encoding.hpp"

#include <unicode/ucnv.h>

#include <algorithm>
#include <iterator>

#include "base/text.hpp"

namespace gangmu::sheet {
namespace {

constexpr std::size_t longest_declaration = 256;
constexpr std::string_view known_to_expat[] = {"utf-8", "utf-16", "utf-16le", "utf-16be", "iso-8859-1", "us-ascii"};

}   // namespace

std::optional<std::string> foreign_encoding(std::string_view first_bytes) {
  if (!first_bytes.starts_with("<?xml")) return std::nullopt;
  const std::string_view head = first_bytes.substr(0, longest_declaration);
  const std::string_view declaration = head.substr(0, head.find("?>"));
  const std::size_t at = declaration.find("encoding");
  if (at == std::string_view::npos) return std::nullopt;
  const std::size_t open = declaration.find_first_of("\"'", at);
  if (open == std::string_view::npos) return std::nullopt;
  const std::size_t close = declaration.find(declaration[open], open + 1);
  if (close == std::string_view::npos) return std::nullopt;
  std::string name = text::lower_ascii(declaration.substr(open + 1, close - open - 1));
  if (std::ranges::find(known_to_expat, name) != std::end(known_to_expat)) return std::nullopt;
  if (name == "gb2312" || name == "gbk") name = "gb18030";   // the superset, strictly read
  return name;
}

void XmlRecoder::Close::operator()(UConverter* converter) const { ucnv_close(converter); }

XmlRecoder::XmlRecoder(const std::string& encoding) {
  UErrorCode status = U_ZERO_ERROR;
  from_.reset(ucnv_open(encoding.c_str(), &status));
  to_.reset(ucnv_open("UTF-8", &status));
  if (from_) ucnv_setToUCallBack(from_.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  if (U_FAILURE(status)) from_.reset();
}

std::optional<std::string> XmlRecoder::utf8(std::string_view piece, bool last) {
  std::string out(piece.size() * 3 + 64, '\0');   // a byte becomes at most three
  if (piece.empty()) piece = "";                  // ICU takes no null pointer
  const char* source = piece.data();
  char* target = out.data();
  UErrorCode status = U_ZERO_ERROR;
  ucnv_convertEx(to_.get(), from_.get(), &target, out.data() + out.size(), &source, piece.data() + piece.size(),
                 buffer_, &pivot_source_, &pivot_target_, std::end(buffer_), fresh_ ? 1 : 0, last ? 1 : 0, &status);
  fresh_ = false;
  if (U_FAILURE(status)) return std::nullopt;
  out.resize(static_cast<std::size_t>(target - out.data()));
  return out;
}

}   // namespace gangmu::sheet
