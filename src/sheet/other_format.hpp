// SPDX-License-Identifier: Apache-2.0
// Files that are no workbook of ours, told apart by content so that the reader learns what to do with them.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sheet/archive.hpp"

namespace gangmu::sheet {

/// Errors: format_old_xls, format_unknown (pictures, PDF, other archives).
Status refuse_other_bytes(std::string_view bytes, const std::string& file_name);
/// Zip archives that are something else: OpenDocument, xlsb, docx, pptx. Error: format_other.
Status refuse_other_archive(const Archive& archive, const std::string& file_name);
/// Web pages, XML and MHT, which old programs name .xls or .csv. Error: format_other.
Status refuse_markup(std::string_view utf8, const std::string& file_name);

}   // namespace gangmu::sheet
