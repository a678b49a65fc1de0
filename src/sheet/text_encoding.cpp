// SPDX-License-Identifier: Apache-2.0
// Which encoding a text file is in: by BOM, else UTF-8 when it is valid, else GB18030 (GB 18030-2022, a superset of GBK
// and GB 2312) through ICU, strictly: a byte that fits nothing is an error, never a replacement character.
#include <unicode/ucnv.h>

#include <memory>

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
  std::string out(bytes.size() * 2 + 16, '\0');   // two bytes of either encoding become at most four of UTF-8
  const char* source = bytes.data();
  char* target = out.data();
  ucnv_convertEx(to.get(), from.get(), &target, out.data() + out.size(), &source, bytes.data() + bytes.size(), nullptr,
                 nullptr, nullptr, nullptr, 1, 1, &status);
  if (U_FAILURE(status)) {
    const auto at = static_cast<std::size_t>(source - bytes.data()) + skipped;
    return fail(errors::text_encoding, {std::to_string(at)}, whole_file(file_name));
  }
  out.resize(static_cast<std::size_t>(target - out.data()));
  if (out.find('\0') != std::string::npos) return fail(errors::text_nul, {}, whole_file(file_name));
  return DecodedText{std::move(out), encoding};
}

}   // namespace

Result<DecodedText> decode_text(std::string_view bytes, const std::string& file_name) {
  if (bytes.starts_with("\xFF\xFE")) return convert(bytes.substr(2), "UTF-16LE", 2, file_name);
  if (bytes.starts_with("\xFE\xFF")) return convert(bytes.substr(2), "UTF-16BE", 2, file_name);
  if (bytes.find('\0') != std::string_view::npos) return fail(errors::text_nul, {}, whole_file(file_name));
  const bool bom = bytes.starts_with("\xEF\xBB\xBF");
  const std::string_view body = bom ? bytes.substr(3) : bytes;
  if (text::valid_utf8(body)) return DecodedText{std::string(body), bom ? "UTF-8 BOM" : "UTF-8"};
  return convert(body, "GB18030", bom ? 3 : 0, file_name);
}

}   // namespace gangmu::sheet
