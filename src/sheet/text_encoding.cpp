// SPDX-License-Identifier: Apache-2.0
// Which encoding a text file is in: by BOM, else UTF-8 when it is valid, else UTF-16 by where its zeros stand, else
// GB18030 (GB 18030-2022, a superset of GBK and GB 2312) through ICU, strictly: a byte that fits nothing is an error,
// never a replacement character. Western text in Windows-1252 is told from GB18030 by its accents, which stand alone
// between Latin letters.
#include <unicode/ucnv.h>

#include <algorithm>
#include <memory>

#include "base/control.hpp"
#include "base/text.hpp"
#include "sheet/csv.hpp"
#include "sheet/errors.hpp"

namespace gangmu::sheet {

namespace {

Position whole_file(const std::string& file_name) { return {.file = file_name, .line = 0, .column = 0, .cell = {}}; }

Result<DecodedText> convert(std::string_view bytes, const char* encoding, std::size_t skipped,
                            const std::string& file_name) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> from(ucnv_open(encoding, &status), &ucnv_close);
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> to(ucnv_open("UTF-8", &status), &ucnv_close);
  if (U_FAILURE(status)) return fail(errors::text_encoding, {"0"}, whole_file(file_name));
  ucnv_setToUCallBack(from.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  std::string out(bytes.size() * 3 + 16, '\0');   // a byte of Windows-1252 becomes at most three of UTF-8
  const char* source = bytes.data();
  char* target = out.data();
  ucnv_convertEx(to.get(), from.get(), &target, out.data() + out.size(), &source, bytes.data() + bytes.size(), nullptr,
                 nullptr, nullptr, nullptr, 1, 1, &status);
  if (U_FAILURE(status)) {
    const auto at = static_cast<std::size_t>(source - bytes.data()) + skipped;
    return fail(errors::text_encoding, {std::to_string(at)}, whole_file(file_name));
  }
  out.resize(static_cast<std::size_t>(target - out.data()));
  return DecodedText{std::move(out), encoding};
}

int line_at(std::string_view text, std::size_t at) {
  return 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

/// DOS programs end a text with 1A, some fill the last block with more of them.
void cut_end_mark(std::string& text) {
  while (text.ends_with('\x1A')) text.pop_back();
}

/// Text as the house holds it. Errors: text_nul, text_control.
Result<DecodedText> legible(DecodedText text, const std::string& file_name) {
  cut_end_mark(text.utf8);
  const auto control = text::first_control(text.utf8);
  if (!control) return text;
  const Position where{.file = file_name, .line = line_at(text.utf8, control->at), .column = 0, .cell = {}};
  if (control->point == 0) return fail(errors::text_nul, {}, where);
  return fail(errors::text_control, {control->name()}, where);
}

/// The upper halves of UTF-16 units in texts of ours: ASCII, punctuation and signs, Chinese, full-width forms, pairs.
bool usual_upper_half(unsigned char byte) {
  return byte == 0 || (byte >= 0x20 && byte <= 0x26) || (byte >= 0x30 && byte <= 0x9F) || byte == 0xFF ||
         (byte >= 0xD8 && byte <= 0xDF);
}

/// Whether bytes read as UTF-16, upper halves at `upper`, are a table: usual characters, and something that ends a
/// cell.
bool looks_utf16(std::string_view bytes, std::size_t upper) {
  bool ends_a_cell = false;
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    if (!usual_upper_half(static_cast<unsigned char>(bytes[i + upper]))) return false;
    ends_a_cell = ends_a_cell || (bytes[i + upper] == '\0' &&
                                  std::string_view(",\t;|\r\n").find(bytes[i + 1 - upper]) != std::string_view::npos);
  }
  return ends_a_cell && bytes.size() % 2 == 0;
}

/// The encoding of UTF-16 without a BOM, or nullptr.
const char* utf16_without_bom(std::string_view bytes) {
  if (looks_utf16(bytes, 1)) return "UTF-16LE";
  return looks_utf16(bytes, 0) ? "UTF-16BE" : nullptr;
}

bool latin_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Whether every byte beyond ASCII is an accented letter on its own, next to a Latin letter: no Chinese text is.
bool looks_western(std::string_view bytes) {
  const auto at = [&](std::size_t i) { return i < bytes.size() ? bytes[i] : ' '; };
  bool any = false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    if (byte < 0x80) continue;
    const bool letter = byte >= 0xC0 && byte != 0xD7 && byte != 0xF7;
    const bool alone =
        static_cast<unsigned char>(at(i + 1)) < 0x80 && (i == 0 || static_cast<unsigned char>(at(i - 1)) < 0x80);
    if (!letter || !alone || !(latin_letter(at(i + 1)) || (i > 0 && latin_letter(at(i - 1))))) return false;
    any = true;
  }
  return any;
}

Result<DecodedText> decoded(std::string_view bytes, const std::string& file_name) {
  if (bytes.starts_with("\xFF\xFE")) return convert(bytes.substr(2), "UTF-16LE", 2, file_name);
  if (bytes.starts_with("\xFE\xFF")) return convert(bytes.substr(2), "UTF-16BE", 2, file_name);
  if (bytes.find('\0') != std::string_view::npos) {
    if (const char* encoding = utf16_without_bom(bytes)) return convert(bytes, encoding, 0, file_name);
    return fail(errors::text_nul, {}, whole_file(file_name));
  }
  const bool bom = bytes.starts_with("\xEF\xBB\xBF");
  const std::string_view body = bom ? bytes.substr(3) : bytes;
  if (text::valid_utf8(body)) return DecodedText{std::string(body), bom ? "UTF-8 BOM" : "UTF-8"};
  return convert(body, looks_western(body) ? "windows-1252" : "GB18030", bom ? 3 : 0, file_name);
}

}   // namespace

Result<DecodedText> decode_text(std::string_view bytes, const std::string& file_name) {
  TRY_ASSIGN(DecodedText text, decoded(bytes, file_name));
  return legible(std::move(text), file_name);
}

}   // namespace gangmu::sheet
