// SPDX-License-Identifier: Apache-2.0
// A thin reader over Expat for the parts of a workbook: elements by local name, text in pieces. A name counts only in a
// namespace of the format itself (ISO/IEC 29500, transitional or strict): an element of an extension that happens to be
// called the same (x15:workbookPr beside workbookPr) is passed over with all it holds. Parts in GB2312 and the like are
// turned into UTF-8 first. A DOCTYPE is refused where it starts, so no entity is ever declared, let alone expanded.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sheet/archive.hpp"

namespace gangmu::sheet {

/// Attributes of an element as Expat gives them: name, value, …, nullptr.
class XmlAttributes {
 public:
  explicit XmlAttributes(const char** list) : list_(list) {}
  /// Value of an attribute without a prefix, or nullptr.
  [[nodiscard]] const char* get(std::string_view name) const;
  [[nodiscard]] std::string_view get_or(std::string_view name, std::string_view otherwise) const;
  /// r:id, whatever its prefix; "" without one.
  [[nodiscard]] std::string_view relation_id() const;
  /// xml:space="preserve": blanks at both ends of the text are meant.
  [[nodiscard]] bool preserves_space() const;

 private:
  const char** list_;
};

/// True for "1", "true", "on".
bool xml_true(const char* value);

class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual Status start(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual Status end(std::string_view name) = 0;
  virtual Status text(std::string_view piece) = 0;
  /// Where the reader stands, for messages about malformed XML.
  [[nodiscard]] virtual Position where() const = 0;
  /// Whether elements of every namespace are wanted.
  [[nodiscard]] virtual bool takes_extensions() const { return false; }
};

/// Errors: those of the archive and the handler; xml_malformed, xml_doctype, limit_exceeded (depth).
Status read_xml(Archive& archive, const std::string& part, const Limits& limits, XmlHandler& handler);

}   // namespace gangmu::sheet
