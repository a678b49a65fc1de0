// SPDX-License-Identifier: Apache-2.0
// The mark of a state secret (secrecy_mark.hpp) on a file that need not be a table: one of a folder of files. Looked
// at are its name, its lines, the cells of csv and workbooks, the texts of JSON, the paragraphs of office documents;
// scans and pictures are not read.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace gangmu::sheet {

/// Error: secrecy_mark, without a position; nothing else that may be wrong with the file.
Status refuse_marked_file(std::string_view bytes, const std::string& name);

}   // namespace gangmu::sheet
