// SPDX-License-Identifier: Apache-2.0
#include "record/body.hpp"

#include <algorithm>
#include <charconv>

#include "base/errors.hpp"
#include "flow/errors.hpp"

namespace gangmu::record {
namespace {

/// Which members of an object are maps of names, and what lies inside its others.
struct BodyShape {
  struct Named {
    std::string_view scalar{};   ///< key of a value that is no object
    const BodyShape* inner = nullptr;
  };
  std::map<std::string_view, Named> named{};
  std::map<std::string_view, const BodyShape*> inside{};
  bool numbered = false;   ///< a field: bears a number, `no`
};

const BodyShape& no_shape() {
  static const BodyShape shape;
  return shape;
}
const BodyShape& field_shape() {
  static const BodyShape shape = [] {
    BodyShape out;
    out.numbered = true;
    out.named["of"] = {"", &out};
    return out;
  }();
  return shape;
}
const BodyShape& kind_shape() {
  static const BodyShape rights{.named = {{"unseal", {"value", &no_shape()}}}};
  static const BodyShape shape{.named = {{"fields", {"", &field_shape()}}, {"views", {"value", &no_shape()}}},
                               .inside = {{"rights", &rights}}};
  return shape;
}
const BodyShape& flow_shape() {
  static const BodyShape step{.named = {{"set", {"value", &no_shape()}}}};
  static const BodyShape shape{
      .named = {{"states", {"is", &no_shape()}}, {"steps", {"", &step}}, {"clocks", {"", &no_shape()}}}};
  return shape;
}
const BodyShape& shape_of(Declares what) { return what == Declares::kind ? kind_shape() : flow_shape(); }

std::string pointer_below(const std::string& pointer, std::string_view key) {
  std::string out = pointer + "/";
  for (const char c : key) out += c == '~' ? std::string("~0") : c == '/' ? std::string("~1") : std::string(1, c);
  return out;
}
std::string pointer_below(const std::string& pointer, std::size_t n) { return pointer + "/" + std::to_string(n); }

/// Copies a document from one form to the other, and the position of each value with it.
class Copy {
 public:
  Copy(const Where& at, Diagnostics& faults) : at_(at), faults_(faults) {}
  Placed out;

 protected:
  void note(const std::string& from, const std::string& to) { out.positions[to] = at_(from); }
  Json list(const Json::Array& items, const std::string& from, const std::string& to, const BodyShape& shape) {
    Json copy{Json::Array{}};
    for (std::size_t i = 0; i < items.size(); ++i)
      copy.push(value(items[i], pointer_below(from, i), pointer_below(to, i), shape));
    return copy;
  }
  virtual Json value(const Json& from_value, const std::string& from, const std::string& to,
                     const BodyShape& shape) = 0;
  ~Copy() = default;

  const Where& at_;
  Diagnostics& faults_;
};

/// Maps of names → lists.
class Listing final : public Copy {
 public:
  using Copy::Copy;
  Json value(const Json& v, const std::string& from, const std::string& to, const BodyShape& shape) override {
    note(from, to);
    if (const auto* items = v.array()) return list(*items, from, to, no_shape());
    const auto* members = v.object();
    if (!members) return v;
    Json copy{Json::Object{}};
    for (const auto& [key, member] : *members) {
      const auto named = shape.named.find(key);
      const auto inside = shape.inside.find(key);
      copy.set(key, named != shape.named.end()
                        ? names(member, pointer_below(from, key), pointer_below(to, key), named->second)
                        : value(member, pointer_below(from, key), pointer_below(to, key),
                                inside == shape.inside.end() ? no_shape() : *inside->second));
    }
    return copy;
  }

 private:
  Json names(const Json& v, const std::string& from, const std::string& to, const BodyShape::Named& named) {
    if (const auto* items = v.array()) {
      note(from, to);
      return list(*items, from, to, *named.inner);
    }
    const auto* map = v.object();
    if (!map) return value(v, from, to, no_shape());
    note(from, to);
    std::vector<std::pair<Position, const std::string*>> order;
    for (const auto& [name, member] : *map) order.emplace_back(at_(pointer_below(from, name)), &name);
    std::ranges::stable_sort(order, {}, [](const auto& one) { return std::pair(one.first.line, one.first.column); });
    Json copy{Json::Array{}};
    for (std::size_t i = 0; i < order.size(); ++i)
      copy.push(one(*order[i].second, map->find(*order[i].second)->second, from, pointer_below(to, i), named));
    return copy;
  }
  Json one(const std::string& name, const Json& v, const std::string& from, const std::string& to,
           const BodyShape::Named& named) {
    const std::string own = pointer_below(from, name);
    Json copy{Json::Object{}};
    if (v.object()) {
      if (!v["id"].is_null())
        faults_.push_back(
            {&gangmu::errors::key_unknown, {"id", named.inner->numbered ? "no" : "-"}, at_(pointer_below(own, "id"))});
      copy = value(v, own, to, *named.inner);
    } else {
      // `name: text` is a field of that type; of what has no such form the reader tells.
      const std::string_view key = named.inner->numbered ? "type" : named.scalar.empty() ? "is" : named.scalar;
      note(own, to);
      copy.set(key, value(v, own, pointer_below(to, key), no_shape()));
    }
    copy.set("id", name);
    note(own, pointer_below(to, "id"));
    return copy;
  }
};

/// Lists → maps of names, as the readers of sources want them.
class Mapping final : public Copy {
 public:
  using Copy::Copy;
  Json value(const Json& v, const std::string& from, const std::string& to, const BodyShape& shape) override {
    note(from, to);
    if (const auto* items = v.array()) return list(*items, from, to, no_shape());
    const auto* members = v.object();
    if (!members) return v;
    Json copy{Json::Object{}};
    for (const auto& [key, member] : *members) {
      const auto named = shape.named.find(key);
      const auto inside = shape.inside.find(key);
      const std::string name = shape.numbered && key == "no" ? "id" : key;
      copy.set(name, named != shape.named.end()
                         ? names(member, pointer_below(from, key), pointer_below(to, name), named->second)
                         : value(member, pointer_below(from, key), pointer_below(to, name),
                                 inside == shape.inside.end() ? no_shape() : *inside->second));
    }
    return copy;
  }

 private:
  Json names(const Json& v, const std::string& from, const std::string& to, const BodyShape::Named& named) {
    const auto* items = v.array();
    const bool all_named =
        items && std::ranges::all_of(*items, [](const Json& item) { return item["id"].string() != nullptr; });
    if (!all_named) return value(v, from, to, no_shape());
    note(from, to);
    Json copy{Json::Object{}};
    for (std::size_t i = 0; i < items->size(); ++i) {
      const std::string& name = *(*items)[i]["id"].string();
      if (!copy[name].is_null()) faults_.push_back({&flow::errors::named_twice, {name}, at_(pointer_below(from, i))});
      copy.set(name, one((*items)[i], pointer_below(from, i), pointer_below(to, name), named));
    }
    return copy;
  }
  Json one(Json item, const std::string& from, const std::string& to, const BodyShape::Named& named) {
    item.object()->erase("id");
    const Json scalar = named.scalar.empty() ? Json() : item[named.scalar];
    if (item.object()->size() == 1 && !scalar.is_null() && !scalar.object())
      return value(scalar, pointer_below(from, named.scalar), to, no_shape());
    return value(item, from, to, *named.inner);
  }
};

Placed mapped(const Placed& body, Declares what, Diagnostics& faults) {
  const Where at = [&](std::string_view pointer) { return body.at(pointer); };
  Mapping mapping(at, faults);
  Json whole = body.value;
  if (whole.object()) whole.object()->erase("id");
  mapping.out.value = mapping.value(whole, "", "", shape_of(what));
  return std::move(mapping.out);
}

void put_positions(const Json& value, const std::string& pointer, const std::string& file, int& line,
                   std::map<std::string, Position, std::less<>>& out) {
  out[pointer] = {.file = file, .line = ++line, .column = 0, .cell = {}};
  if (const auto* items = value.array())
    for (std::size_t i = 0; i < items->size(); ++i)
      put_positions((*items)[i], pointer_below(pointer, i), file, line, out);
  if (const auto* members = value.object())
    for (const auto& [key, member] : *members) put_positions(member, pointer_below(pointer, key), file, line, out);
}

void set_numbers(Json& fields, const std::vector<FieldSource>& numbers) {
  auto* items = fields.array();
  for (std::size_t i = 0; items && i < std::min(items->size(), numbers.size()); ++i) {
    Json& field = (*items)[i];
    if (!field.object()) continue;
    field.set("no", numbers[i].id);
    if (!numbers[i].rows.empty()) set_numbers(field.object()->find("of")->second, numbers[i].rows);
  }
}

}   // namespace

Position Placed::at(std::string_view pointer) const {
  for (std::string_view p = pointer;;) {
    if (const auto found = positions.find(p); found != positions.end()) return found->second;
    const auto slash = p.rfind('/');
    if (slash == std::string_view::npos) return {};
    p = p.substr(0, slash);
  }
}

Placed body_of(const Json& written, Declares what, const Where& at, Diagnostics& faults) {
  Listing listing(at, faults);
  listing.out.value = listing.value(written, "", "", shape_of(what));
  return std::move(listing.out);
}

Placed placed(Json body, std::string_view file) {
  Placed out;
  int line = 0;
  put_positions(body, "", std::string(file), line, out.positions);
  out.value = std::move(body);
  return out;
}

const std::map<std::string, std::string, std::less<>>& named_lists() {
  static const std::map<std::string, std::string, std::less<>> all{
      {"fields", ""},   {"of", ""},    {"views", "value"}, {"unseal", "value"},
      {"states", "is"}, {"steps", ""}, {"clocks", ""},     {"set", "value"}};
  return all;
}

KindSource kind_of_body(const Placed& body, Diagnostics& faults) {
  const Placed written = mapped(body, Declares::kind, faults);
  const Document document(
      written.value, [&](std::string_view pointer) { return written.at(pointer); }, faults);
  return read_kind(document.members(""), {body.value["id"].string_or(""), body.at("/id")});
}

int flow_version(std::string_view id) {
  const auto at = id.rfind('@');
  int version = 0;
  if (at == std::string_view::npos || at == 0) return 0;
  const char* end = id.data() + id.size();
  const auto [stop, error] = std::from_chars(id.data() + at + 1, end, version);
  return error == std::errc{} && stop == end && version > 0 && id[at + 1] != '0' ? version : 0;
}

flow::FlowSource flow_of_body(const Placed& body, Diagnostics& faults) {
  const Placed written = mapped(body, Declares::flow, faults);
  const Document document(
      written.value, [&](std::string_view pointer) { return written.at(pointer); }, faults);
  const std::string id = body.value["id"].string_or("");
  return flow::read_flow(document.members(""), {id.substr(0, id.rfind('@')), body.at("/id")}, flow_version(id));
}

Json numbered_body(Json body, const KindSource* before) {
  Diagnostics ignored;   // told when the body was read
  const KindSource numbers = numbered(kind_of_body(placed(body, ""), ignored), before);
  auto* members = body.object();
  const auto fields = members ? members->find("fields") : Json::Object::iterator{};
  if (members && fields != members->end()) set_numbers(fields->second, numbers.fields);
  return body;
}

}   // namespace gangmu::record
