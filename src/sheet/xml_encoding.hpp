// SPDX-License-Identifier: Apache-2.0
// Parts of a workbook in an encoding Expat does not know (GB2312, GBK, GB18030, Big5 …), turned into UTF-8 piece by
// piece.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct UConverter;

namespace gangmu::sheet {

/// The encoding an XML declaration names, when Expat can't read it itself.
std::optional<std::string> foreign_encoding(std::string_view first_bytes);

class XmlRecoder {
 public:
  /// Not usable when the encoding is unknown.
  explicit XmlRecoder(const std::string& encoding);
  [[nodiscard]] bool usable() const { return from_ != nullptr && to_ != nullptr; }
  /// A character cut in two waits for the next piece. Nullopt for bytes that fit no character.
  std::optional<std::string> utf8(std::string_view piece, bool last);

 private:
  struct Close {
    void operator()(UConverter* converter) const;
  };
  std::unique_ptr<UConverter, Close> from_, to_;
  char16_t buffer_[1024] = {};
  char16_t *pivot_source_ = buffer_, *pivot_target_ = buffer_;
  bool fresh_ = true;
};

}   // namespace gangmu::sheet
