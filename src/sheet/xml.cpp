// SPDX-License-Identifier: Apache-2.0
#include "sheet/xml.hpp"

#include <expat.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "sheet/errors.hpp"
#include "sheet/refusal.hpp"
#include "sheet/xml_encoding.hpp"

namespace gangmu::sheet {

namespace {

constexpr char mark = '\n';   // Expat joins namespace and local name by it; no address holds one

std::string_view local_name(std::string_view name) { return name.substr(name.rfind(mark) + 1); }
std::string_view space_of(std::string_view name) { return name.substr(0, name.rfind(mark) + 1); }

/// Namespaces of ISO/IEC 29500: transitional, strict and those of packages. A name without any is taken, too.
bool of_the_format(std::string_view space) {
  constexpr std::string_view roots[] = {"http://schemas.openxmlformats.org/spreadsheetml/",
                                        "http://purl.oclc.org/ooxml/spreadsheetml/",
                                        "http://schemas.openxmlformats.org/package/2006/relationships"};
  return space.empty() || std::ranges::any_of(roots, [&](std::string_view root) { return space.starts_with(root); });
}

/// What Expat's callbacks share. An error is kept and the parser stopped; nothing is thrown through Expat.
struct Session {
  XML_Parser parser;
  const std::string& part;
  const Limits& limits;
  XmlHandler& handler;
  std::size_t depth = 0;
  std::size_t foreign_from = 0;   ///< depth of the extension being passed over; 0: none
  std::optional<Error> error;

  void check(Status status) {
    if (status || error) return;
    error = std::move(status).error();
    XML_StopParser(parser, XML_FALSE);
  }
};

void XMLCALL on_start(void* user, const XML_Char* name, const XML_Char** attributes) {
  auto& s = *static_cast<Session*>(user);
  if (s.error) return;
  if (++s.depth > s.limits.xml_depth) {
    return s.check(refuse_limit(LimitName::xml_depth, s.depth, s.limits.xml_depth, s.handler.where()));
  }
  if (s.foreign_from > 0) return;
  if (!s.handler.takes_extensions() && !of_the_format(space_of(name))) {
    s.foreign_from = s.depth;
    return;
  }
  s.check(s.handler.start(local_name(name), XmlAttributes(attributes)));
}

void XMLCALL on_end(void* user, const XML_Char* name) {
  auto& s = *static_cast<Session*>(user);
  if (s.error) return;
  const std::size_t depth = s.depth--;
  if (s.foreign_from == 0) return s.check(s.handler.end(local_name(name)));
  if (depth == s.foreign_from) s.foreign_from = 0;
}

void XMLCALL on_text(void* user, const XML_Char* text, int size) {
  auto& s = *static_cast<Session*>(user);
  if (!s.error && s.foreign_from == 0) s.check(s.handler.text(std::string_view(text, static_cast<std::size_t>(size))));
}

void XMLCALL on_doctype(void* user, const XML_Char*, const XML_Char*, const XML_Char*, int) {
  auto& s = *static_cast<Session*>(user);
  s.check(fail(errors::xml_doctype, {s.part}, s.handler.where()));
}

Status parse_piece(Session& s, std::string_view piece, bool last) {
  if (XML_Parse(s.parser, piece.data(), static_cast<int>(piece.size()), last ? 1 : 0) == XML_STATUS_OK) return {};
  if (s.error) return fail(*std::move(s.error));
  return fail(errors::xml_malformed,
              {s.part, std::to_string(XML_GetCurrentLineNumber(s.parser)), XML_ErrorString(XML_GetErrorCode(s.parser))},
              s.handler.where());
}

}   // namespace

const char* XmlAttributes::get(std::string_view name) const {
  for (const char** at = list_; *at != nullptr; at += 2) {
    if (at[0] == name) return at[1];
  }
  return nullptr;
}

std::string_view XmlAttributes::relation_id() const {
  for (const char** at = list_; *at != nullptr; at += 2) {
    if (local_name(at[0]) == "id" && space_of(at[0]).find("relationships") != std::string_view::npos) return at[1];
  }
  return {};
}

bool XmlAttributes::preserves_space() const {
  for (const char** at = list_; *at != nullptr; at += 2) {
    if (local_name(at[0]) == "space" && !space_of(at[0]).empty()) return std::string_view(at[1]) == "preserve";
  }
  return false;
}

std::string_view XmlAttributes::get_or(std::string_view name, std::string_view otherwise) const {
  const char* value = get(name);
  return value == nullptr ? otherwise : std::string_view(value);
}

bool xml_true(const char* value) {
  if (value == nullptr) return false;
  const std::string_view v(value);
  return v == "1" || v == "true" || v == "on";
}

namespace {

/// Parses pieces as they come; the first tells the encoding.
class PieceParser {
 public:
  PieceParser(Session& session, XML_Parser parser) : session_(session), parser_(parser) {}

  Status take(std::string_view piece, bool last) {
    if (!begun_) begin(piece);
    if (!recoder_) return parse_piece(session_, piece, last);
    const auto utf8 = recoder_->usable() ? recoder_->utf8(piece, last) : std::nullopt;
    if (utf8) return parse_piece(session_, *utf8, last);
    return fail(errors::xml_malformed,
                {session_.part, std::to_string(XML_GetCurrentLineNumber(parser_)), "encoding " + encoding_},
                session_.handler.where());
  }

 private:
  void begin(std::string_view piece) {
    begun_ = true;
    const auto encoding = foreign_encoding(piece);
    if (!encoding) return;
    encoding_ = *encoding;
    recoder_ = std::make_unique<XmlRecoder>(encoding_);
    XML_SetEncoding(parser_, "UTF-8");
  }

  Session& session_;
  XML_Parser parser_;
  bool begun_ = false;
  std::string encoding_;
  std::unique_ptr<XmlRecoder> recoder_;
};

}   // namespace

Status read_xml(Archive& archive, const std::string& part, const Limits& limits, XmlHandler& handler) {
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(XML_ParserCreateNS(nullptr, mark),
                                                                            &XML_ParserFree);
  Session session{.parser = parser.get(),
                  .part = part,
                  .limits = limits,
                  .handler = handler,
                  .depth = 0,
                  .foreign_from = 0,
                  .error = {}};
  XML_SetUserData(parser.get(), &session);
  XML_SetElementHandler(parser.get(), on_start, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
  PieceParser pieces(session, parser.get());
  TRY(archive.stream(part, [&](std::string_view piece) { return pieces.take(piece, false); }));
  return pieces.take({}, true);
}

}   // namespace gangmu::sheet
