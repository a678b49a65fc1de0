// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <cassert>
#include <charconv>

#include "base/errors.hpp"
#include "base/text.hpp"

namespace gangmu {
namespace {

namespace bj = boost::json;

/// Builds a Json from the events of Boost.JSON's parser.
class Builder {
 public:
  static constexpr std::size_t max_object_size = SIZE_MAX;
  static constexpr std::size_t max_array_size = SIZE_MAX;
  static constexpr std::size_t max_key_size = SIZE_MAX;
  static constexpr std::size_t max_string_size = SIZE_MAX;

  Json root;
  std::string duplicate_key;
  bool duplicate = false;

  bool on_document_begin(bj::error_code&) { return true; }
  bool on_document_end(bj::error_code&) { return true; }
  bool on_object_begin(bj::error_code&) { return begin(Json::Object{}); }
  bool on_object_end(std::size_t, bj::error_code&) { return end(); }
  bool on_array_begin(bj::error_code&) { return begin(Json::Array{}); }
  bool on_array_end(std::size_t, bj::error_code&) { return end(); }
  bool on_key_part(bj::string_view s, std::size_t, bj::error_code&) { return keep(s); }
  bool on_key(bj::string_view s, std::size_t, bj::error_code& ec) {
    keep(s);
    keys_.push_back(std::move(text_));
    text_.clear();
    if (!open_.back()->object()->contains(keys_.back())) return true;
    duplicate = true;
    duplicate_key = keys_.back();
    ec = bj::error::syntax;
    return false;
  }
  bool on_string_part(bj::string_view s, std::size_t, bj::error_code&) { return keep(s); }
  bool on_string(bj::string_view s, std::size_t, bj::error_code&) { return keep(s) && put_text(); }
  bool on_number_part(bj::string_view s, bj::error_code&) { return keep(s); }
  bool on_int64(std::int64_t n, bj::string_view, bj::error_code&) {
    text_.clear();
    return put(n);
  }
  bool on_uint64(std::uint64_t, bj::string_view s, bj::error_code&) { return keep(s) && put_text(); }
  bool on_double(double, bj::string_view s, bj::error_code&) { return keep(s) && put_text(); }
  bool on_bool(bool b, bj::error_code&) { return put(b); }
  bool on_null(bj::error_code&) { return put(nullptr); }
  bool on_comment_part(bj::string_view, bj::error_code&) { return true; }
  bool on_comment(bj::string_view, bj::error_code&) { return true; }

 private:
  bool keep(bj::string_view s) {
    text_.append(s.data(), s.size());
    return true;
  }

  bool put_text() {
    put(std::move(text_));
    text_.clear();
    return true;
  }

  bool put(Json value) {
    place(std::move(value));
    return true;
  }

  /// Puts the value where the document stands. Pointers to open containers stay good: only the innermost one grows.
  Json& place(Json value) {
    if (open_.empty()) return root = std::move(value);
    if (Json::Array* array = open_.back()->array()) return array->emplace_back(std::move(value));
    Json& member = open_.back()->set(keys_.back(), std::move(value));
    keys_.pop_back();
    return member;
  }

  bool begin(Json container) {
    open_.push_back(&place(std::move(container)));
    return true;
  }

  bool end() {
    open_.pop_back();
    return true;
  }

  std::vector<Json*> open_;
  std::vector<std::string> keys_;
  std::string text_;
};

/// Line and column (in characters) of a byte offset, both from 1.
Position position_of(std::string_view text, std::size_t offset) {
  Position out{.file = {}, .line = 1, .column = 0, .cell = {}};
  std::size_t line_start = 0;
  for (std::size_t i = 0; i < offset; ++i)
    if (text[i] == '\n') {
      ++out.line;
      line_start = i + 1;
    }
  out.column = static_cast<int>(text::length(text.substr(line_start, offset - line_start))) + 1;
  return out;
}

/// A few characters before and after, with a mark between.
std::string surroundings(std::string_view text, std::size_t offset) {
  constexpr std::size_t reach = 12;
  const std::u32string before = text::code_points(text.substr(0, offset).substr(offset > 48 ? offset - 48 : 0));
  const std::u32string after = text::code_points(text.substr(offset, 48));
  const std::size_t cut = before.size() > reach ? before.size() - reach : 0;
  std::string out = text::utf8(before.substr(cut)) + "▸" + text::utf8(after.substr(0, reach));
  for (char& c : out)
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  return out;
}

constexpr std::string_view escapes = "\"\\\b\f\n\r\t";
constexpr std::string_view escape_letters = "\"\\bfnrt";

void append_escaped(std::string& out, char c) {
  const std::size_t known = escapes.find(c);
  out += '\\';
  if (known != std::string_view::npos) {
    out += escape_letters[known];
    return;
  }
  out += "u00";
  out += static_cast<char>('0' + (c >> 4));
  out += "0123456789abcdef"[c & 15];
}

bool plain(char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\'; }

void append_integer(std::string& out, std::int64_t n) {
  char buffer[24];
  out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, n).ptr);
}

void append_canonical(std::string& out, const Json& value) {
  if (const bool* b = value.boolean()) {
    out += *b ? "true" : "false";
  } else if (const std::int64_t* n = value.integer()) {
    append_integer(out, *n);
  } else if (const std::string* s = value.string()) {
    append_json_string(out, *s);
  } else if (const Json::Array* array = value.array()) {
    char separator = '[';
    for (const Json& element : *array) {
      out += separator;
      append_canonical(out, element);
      separator = ',';
    }
    out += array->empty() ? "[]" : "]";
  } else if (const Json::Object* object = value.object()) {
    char separator = '{';
    for (const auto& [key, member] : *object) {
      out += separator;
      append_json_string(out, key);
      out += ':';
      append_canonical(out, member);
      separator = ',';
    }
    out += object->empty() ? "{}" : "}";
  } else {
    out += "null";
  }
}

}   // namespace

Result<Json> Json::parse(std::string_view text) {
  bj::parse_options options;
  options.max_depth = max_depth;
  bj::basic_parser<Builder> parser(options);
  bj::error_code ec;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), ec);
  if (!ec && read == text.size()) return std::move(parser.handler().root);
  const Position where = position_of(text, read);
  if (parser.handler().duplicate) return fail(errors::json_duplicate_key, {parser.handler().duplicate_key}, where);
  if (ec == bj::error::too_deep) return fail(errors::json_too_deep, {std::to_string(max_depth)}, where);
  return fail(errors::json_malformed, {surroundings(text, read)}, where);
}

const Json& Json::operator[](std::string_view key) const {
  static const Json absent;
  const Object* members = object();
  if (members == nullptr) return absent;
  const auto found = members->find(key);
  return found == members->end() ? absent : found->second;
}

Json& Json::set(std::string_view key, Json value) {
  if (is_null()) value_ = Object{};
  Object* const members = object();
  assert(members != nullptr);
  return members->insert_or_assign(std::string(key), std::move(value)).first->second;
}

void Json::push(Json value) {
  if (is_null()) value_ = Array{};
  Array* const elements = array();
  assert(elements != nullptr);
  elements->push_back(std::move(value));
}

std::string Json::string_or(std::string_view otherwise) const {
  const std::string* s = string();
  return s != nullptr ? *s : std::string(otherwise);
}

std::int64_t Json::integer_or(std::int64_t otherwise) const {
  const std::int64_t* n = integer();
  return n != nullptr ? *n : otherwise;
}

bool Json::boolean_or(bool otherwise) const {
  const bool* b = boolean();
  return b != nullptr ? *b : otherwise;
}

std::string Json::canonical() const {
  std::string out;
  append_canonical(out, *this);
  return out;
}

void append_json_string(std::string& out, std::string_view s) {
  if (!text::valid_utf8(s)) return append_json_string(out, text::utf8(text::code_points(s)));
  out += '"';
  std::size_t written = 0;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (plain(s[i])) continue;
    out += s.substr(written, i - written);
    append_escaped(out, s[i]);
    written = i + 1;
  }
  out += s.substr(written);
  out += '"';
}

void JsonWriter::separate() {
  assert(open_.empty() || keyed_ == (open_.back() == '{'));
  if (!first_ && !keyed_) out_ += ',';
  first_ = false;
  keyed_ = false;
}

void JsonWriter::open(char bracket) {
  separate();
  out_ += bracket;
  open_ += bracket;
  first_ = true;
}

void JsonWriter::close(char bracket) {
  assert(!keyed_ && !open_.empty() && (open_.back() == '{') == (bracket == '}'));
  open_.pop_back();
  out_ += bracket;
  first_ = false;
}

JsonWriter& JsonWriter::begin_object() {
  open('{');
  return *this;
}

JsonWriter& JsonWriter::end_object() {
  close('}');
  return *this;
}

JsonWriter& JsonWriter::begin_array() {
  open('[');
  return *this;
}

JsonWriter& JsonWriter::end_array() {
  close(']');
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  assert(!keyed_ && !open_.empty() && open_.back() == '{');
  if (!first_) out_ += ',';
  append_json_string(out_, name);
  out_ += ':';
  keyed_ = true;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  separate();
  append_json_string(out_, text);
  return *this;
}

JsonWriter& JsonWriter::value(std::int64_t number) {
  separate();
  append_integer(out_, number);
  return *this;
}

JsonWriter& JsonWriter::value(bool yes) {
  separate();
  out_ += yes ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::null() {
  separate();
  out_ += "null";
  return *this;
}

JsonWriter& JsonWriter::json(const Json& value) {
  separate();
  append_canonical(out_, value);
  return *this;
}

JsonWriter& JsonWriter::raw(std::string_view bytes) {
  separate();
  out_ += bytes;
  return *this;
}

}   // namespace gangmu
