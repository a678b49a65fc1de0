// SPDX-License-Identifier: Apache-2.0
#include "sheet/xml.hpp"

#include <expat.h>

#include <memory>
#include <optional>

#include "sheet/errors.hpp"
#include "sheet/refusal.hpp"

namespace gangmu::sheet {

namespace {

std::string_view local_name(std::string_view name) {
  const auto colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// What Expat's callbacks share. An error is kept and the parser stopped; nothing is thrown through Expat.
struct Session {
  XML_Parser parser;
  const std::string& part;
  const Limits& limits;
  XmlHandler& handler;
  std::size_t depth = 0;
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
  s.check(s.handler.start(local_name(name), XmlAttributes(attributes)));
}

void XMLCALL on_end(void* user, const XML_Char* name) {
  auto& s = *static_cast<Session*>(user);
  if (s.error) return;
  --s.depth;
  s.check(s.handler.end(local_name(name)));
}

void XMLCALL on_text(void* user, const XML_Char* text, int size) {
  auto& s = *static_cast<Session*>(user);
  if (!s.error) s.check(s.handler.text(std::string_view(text, static_cast<std::size_t>(size))));
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
    if (local_name(at[0]) == name) return at[1];
  }
  return nullptr;
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

Status read_xml(Archive& archive, const std::string& part, const Limits& limits, XmlHandler& handler) {
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(XML_ParserCreate(nullptr), &XML_ParserFree);
  Session session{.parser = parser.get(), .part = part, .limits = limits, .handler = handler, .depth = 0, .error = {}};
  XML_SetUserData(parser.get(), &session);
  XML_SetElementHandler(parser.get(), on_start, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
  TRY(archive.stream(part, [&](std::string_view piece) { return parse_piece(session, piece, false); }));
  return parse_piece(session, {}, true);
}

}   // namespace gangmu::sheet
