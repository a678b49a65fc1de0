// SPDX-License-Identifier: Apache-2.0
#include "pack/yaml.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <sstream>

#include "base/control.hpp"
#include "pack/errors.hpp"

namespace gangmu::pack {
namespace {

bool is_integer(std::string_view s) {
  if (s.starts_with('-')) s.remove_prefix(1);
  if (s.empty() || s.size() > 18 || (s.size() > 1 && s[0] == '0')) return false;
  return std::ranges::all_of(s, [](char c) { return c >= '0' && c <= '9'; });
}

Json plain_scalar(const std::string& s) {
  if (s.empty() || s == "~" || s == "null") return {};
  if (s == "true" || s == "false") return Json(s == "true");
  if (is_integer(s)) {
    std::int64_t n = 0;
    std::from_chars(s.data(), s.data() + s.size(), n);
    return n == 0 && s.starts_with('-') ? Json(s) : Json(n);
  }
  return Json(s);
}

std::string pointer_token(std::string_view key) {
  std::string out;
  for (const char c : key) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out += c;
  }
  return out;
}

struct Stop {};   // ends the parse; the fault is already noted

/// Builds the value from yaml-cpp's events, so that limits hold before anything is expanded.
class Builder final : public YAML::EventHandler {
 public:
  Builder(Yaml& out, std::string file, Diagnostics& faults) : out_(out), file_(std::move(file)), faults_(faults) {}

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { take(mark, anchor, {}); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { stop(errors::yaml_alias, {"*"}, mark); }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    // Escapes such as "\\0" bring in what the bytes of the file can't hold.
    if (const auto control = text::first_control(value))
      faults_.push_back({&errors::text_control, {control->name()}, where(mark)});
    if (!open_.empty() && open_.back().map && !open_.back().key) {
      refuse_anchor(mark, anchor);
      begin_member(mark, value);
    } else {
      take(mark, anchor, tag == "!" ? Json(value) : plain_scalar(value));
    }
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    enter(mark, anchor, false);
  }
  void OnSequenceEnd() override { leave(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    enter(mark, anchor, true);
  }
  void OnMapEnd() override { leave(); }

 private:
  struct Level {
    bool map = false;
    Json value;
    std::string pointer;
    std::optional<std::string> key;
    std::size_t count = 0;
    std::map<std::string, int, std::less<>> lines;
  };

  [[nodiscard]] Position where(const YAML::Mark& mark) const {
    return {.file = file_, .line = mark.line + 1, .column = mark.column + 1, .cell = {}};
  }
  [[noreturn]] void stop(const ErrorKind& kind, std::vector<std::string> arguments, const YAML::Mark& mark) {
    faults_.push_back({&kind, std::move(arguments), where(mark)});
    throw Stop{};
  }
  void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != 0) stop(errors::yaml_alias, {"&"}, mark);
  }
  void begin_member(const YAML::Mark& mark, const std::string& key) {
    Level& level = open_.back();
    const auto [first, fresh] = level.lines.emplace(key, mark.line + 1);
    if (!fresh) faults_.push_back({&errors::yaml_duplicate, {key, std::to_string(first->second)}, where(mark)});
    level.key = key;
    key_mark_ = mark;
  }
  [[nodiscard]] std::string next_pointer() const {
    if (open_.empty()) return {};
    const Level& level = open_.back();
    return level.pointer + "/" + (level.map ? pointer_token(*level.key) : std::to_string(level.count));
  }
  void note(const YAML::Mark& mark, const std::string& pointer) {
    if (++nodes_ > yaml_node_limit)
      stop(errors::yaml_limit, {"数据项数", std::to_string(yaml_node_limit), "values"}, mark);
    // A member is where its key stands: that is the line the reader looks for.
    out_.positions[pointer] = where(!open_.empty() && open_.back().map ? key_mark_ : mark);
  }
  void take(const YAML::Mark& mark, YAML::anchor_t anchor, Json value) {
    refuse_anchor(mark, anchor);
    if (!open_.empty() && open_.back().map && !open_.back().key) stop(errors::yaml_malformed, {"key / 键"}, mark);
    note(mark, next_pointer());
    put(std::move(value));
  }
  void enter(const YAML::Mark& mark, YAML::anchor_t anchor, bool map) {
    refuse_anchor(mark, anchor);
    if (!open_.empty() && open_.back().map && !open_.back().key) stop(errors::yaml_malformed, {"key / 键"}, mark);
    if (open_.size() >= yaml_depth_limit)
      stop(errors::yaml_limit, {"嵌套层数", std::to_string(yaml_depth_limit), "nesting"}, mark);
    std::string pointer = next_pointer();
    note(mark, pointer);
    open_.push_back({map, map ? Json(Json::Object{}) : Json(Json::Array{}), std::move(pointer), {}, 0, {}});
  }
  void leave() {
    Json value = std::move(open_.back().value);
    open_.pop_back();
    put(std::move(value));
  }
  void put(Json value) {
    if (open_.empty()) {
      out_.value = std::move(value);
      return;
    }
    Level& level = open_.back();
    if (level.map) {
      level.value.set(*level.key, std::move(value));
      level.key.reset();
    } else {
      level.value.push(std::move(value));
    }
    ++level.count;
  }

  Yaml& out_;
  std::string file_;
  Diagnostics& faults_;
  std::vector<Level> open_;
  YAML::Mark key_mark_;
  std::size_t nodes_ = 0;
};

// ------------------------------------------------------------------------------------------------------------- writing

bool plain_text(const std::string& s) {
  static constexpr std::string_view indicator_starts = "-?:,[]{}#&*!|>'\"%@`~ =<\t";
  if (s.empty() || indicator_starts.find(s.front()) != std::string_view::npos || s.back() == ' ' || s.back() == ':')
    return false;
  if (!plain_scalar(s).string() || s == "yes" || s == "no" || s == "Null" || s == "NULL") return false;
  const bool looks_numeric =
      s.find_first_not_of("0123456789.+-eE_:") == std::string::npos;   // other readers would guess
  if (looks_numeric) return false;
  for (std::size_t i = 0; i < s.size(); ++i) {
    const auto c = static_cast<unsigned char>(s[i]);
    if (c < 0x20 || c == 0x7F) return false;
    if (s[i] == ':' && i + 1 < s.size() && s[i + 1] == ' ') return false;
    if (s[i] == '#' && i > 0 && s[i - 1] == ' ') return false;
  }
  return true;
}

void append_scalar(std::string& out, const Json& value) {
  if (const std::string* s = value.string()) {
    if (plain_text(*s))
      out += *s;
    else
      append_json_string(out, *s);   // JSON strings are YAML double-quoted scalars
  } else if (value.is_null()) {
    out += "~";
  } else {
    out += value.canonical();
  }
}

std::vector<std::string> ordered_keys(const Json::Object& object, const std::vector<std::string>& first) {
  std::vector<std::string> keys;
  for (const auto& key : first)
    if (object.contains(key)) keys.push_back(key);
  for (const auto& [key, value] : object)
    if (std::ranges::find(first, key) == first.end()) keys.push_back(key);
  return keys;
}

bool is_block(const Json& value) {
  return (value.object() && !value.object()->empty()) || (value.array() && !value.array()->empty());
}

/// Writes blocks in one style.
class BlockWriter {
 public:
  BlockWriter(const std::vector<std::string>& first, const NamedLists& named) : first_(first), named_(named) {}
  std::string out;

  /// `inside_item`: the first member of an item stands behind its dash.
  void block(const Json& value, std::size_t indent, bool inside_item) {
    const std::string pad(indent, ' ');
    bool skip_pad = inside_item;
    if (const auto* object = value.object()) {
      for (const auto& key : ordered_keys(*object, first_)) {
        if (!skip_pad) out += pad;
        skip_pad = false;
        append_scalar(out, Json(key));
        out += ':';
        const Json& member = object->find(key)->second;
        if (const auto named = named_.find(key); named != named_.end() && all_named(member))
          names(*member.array(), named->second, indent + 2);
        else
          after_key(member, indent + 2);
      }
      return;
    }
    for (const Json& item : *value.array()) {
      out += skip_pad ? "" : pad;
      skip_pad = false;
      out += '-';
      if (is_block(item)) {
        out += ' ';
        block(item, indent + 2, true);
      } else {
        after_key(item, indent + 2);
      }
    }
  }
  void after_key(const Json& value, std::size_t indent) {
    if (is_block(value)) {
      out += "\n";
      return block(value, indent, false);
    }
    out += ' ';
    if (value.object())
      out += "{}";
    else if (value.array())
      out += "[]";
    else
      append_scalar(out, value);
    out += "\n";
  }

 private:
  static bool all_named(const Json& value) {
    const auto* items = value.array();
    return items && !items->empty() &&
           std::ranges::all_of(*items, [](const Json& item) { return item["id"].string() != nullptr; });
  }
  void names(const Json::Array& items, const std::string& alone, std::size_t indent) {
    out += "\n";
    for (Json item : items) {
      out += std::string(indent, ' ');
      append_scalar(out, item["id"]);
      out += ':';
      item.object()->erase("id");
      const bool scalar = !alone.empty() && item.object()->size() == 1 && !item[alone].is_null();
      after_key(scalar ? Json(item[alone]) : item, indent + 2);
    }
  }
  const std::vector<std::string>& first_;
  const NamedLists& named_;
};

}   // namespace

Position Yaml::at(std::string_view pointer) const {
  for (std::string_view p = pointer;;) {
    if (const auto it = positions.find(p); it != positions.end()) return it->second;
    const auto slash = p.rfind('/');
    if (slash == std::string_view::npos) return positions.empty() ? Position{} : positions.begin()->second;
    p = p.substr(0, slash);
  }
}

Result<Yaml> read_yaml(std::string_view bytes, const std::string& file) {
  if (bytes.size() > yaml_byte_limit)
    return fail(errors::yaml_limit, {"字节数", std::to_string(yaml_byte_limit), "bytes"},
                {.file = file, .line = 1, .column = 0, .cell = {}});
  Yaml out;
  Diagnostics faults;
  Builder builder(out, file, faults);
  try {
    std::istringstream stream{std::string(bytes)};
    YAML::Parser parser(stream);
    parser.HandleNextDocument(builder);
    Yaml second;
    Builder rest(second, file, faults);
    if (parser.HandleNextDocument(rest)) faults.push_back({&errors::yaml_malformed, {"--- ×2"}, second.at("")});
  } catch (const Stop&) {
  } catch (const YAML::Exception& e) {
    faults.push_back({&errors::yaml_malformed,
                      {e.msg},
                      {.file = file, .line = std::max(e.mark.line, 0) + 1, .column = e.mark.column + 1, .cell = {}}});
  }
  if (!faults.empty()) return fail(std::move(faults));
  if (out.positions.empty()) out.positions[""] = {.file = file, .line = 1, .column = 1, .cell = {}};
  return out;
}

std::string write_yaml(const Json& value, const std::vector<std::string>& first, const NamedLists& named) {
  BlockWriter writer(first, named);
  if (is_block(value))
    writer.block(value, 0, false);
  else
    writer.after_key(value, 0);
  return std::move(writer.out);
}

}   // namespace gangmu::pack
