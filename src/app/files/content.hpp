// SPDX-License-Identifier: Apache-2.0
// What an uploaded file is, told from its bytes and never from its name, and the bytes of it that are kept: a picture
// without what the camera wrote beside it (where, when, with what, by whom), and nothing behind its end. Taken are
// JPEG, PNG, PDF, xlsx and docx without macros. Scans are not read. Source: ITU-T T.81 annex B; Exif 2.3 §4.5; PNG
// (ISO/IEC 15948) §5, §11; ISO/IEC 29500-2.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace gangmu::app {

struct FileContent {
  std::string type;    ///< image/jpeg …
  std::string bytes;   ///< to be kept
};

/// Errors: file_refused (what it is, and what is taken), file_damaged.
Result<FileContent> file_content(std::string_view bytes);
/// Of a type that is taken: "jpg". Empty for any other.
std::string_view file_ending(std::string_view type);

}   // namespace gangmu::app
