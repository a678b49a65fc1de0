// SPDX-License-Identifier: Apache-2.0
// Pictures without what was written beside the picture. The picture itself is not decoded: its bytes stay as they are.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace gangmu::app {

/// Without comments and application segments other than JFIF and Adobe (which tell how colours are meant); of Exif only
/// which way up it is stays. Ends with the end of the picture. Error: file_damaged.
Result<std::string> jpeg_without_notes(std::string_view bytes);
/// Without texts, time and Exif. Ends with IEND. Error: file_damaged.
Result<std::string> png_without_notes(std::string_view bytes);

}   // namespace gangmu::app
