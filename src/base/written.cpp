// SPDX-License-Identifier: Apache-2.0
#include "base/written.hpp"

#include <algorithm>

#include "base/errors.hpp"
#include "base/text.hpp"

namespace gangmu {
namespace {

std::string token(std::string_view key) {
  std::string out;
  for (const char c : key) out += c == '~' ? std::string("~0") : c == '/' ? std::string("~1") : std::string(1, c);
  return out;
}

const Json& at_pointer(const Json& root, std::string_view pointer) {
  const Json* value = &root;
  for (const std::string& part : text::split(pointer, '/')) {
    if (part.empty()) continue;
    const Json::Array* list = value->array();
    value = list ? &(*list)[static_cast<std::size_t>(std::stoul(part))] : &(*value)[part];
  }
  return *value;
}

}   // namespace

Members Document::members(std::string_view pointer) const {
  return {*this, at_pointer(json_, pointer), std::string(pointer)};
}

std::string Members::below(std::string_view key) const { return pointer_ + "/" + token(key); }

bool Members::has(std::string_view key) { return !json(key).is_null(); }

const Json& Members::json(std::string_view key) {
  taken_.emplace(key);
  return (*value_)[key];
}

std::optional<Written> Members::scalar(const Json& value, const std::string& pointer) const {
  if (const auto* words = value.string()) return Written{*words, document_->at(pointer)};
  if (const auto* n = value.integer()) return Written{std::to_string(*n), document_->at(pointer)};
  if (const auto* yes = value.boolean()) return Written{*yes ? "true" : "false", document_->at(pointer)};
  return std::nullopt;
}

std::optional<Written> Members::optional(std::string_view key) {
  const Json& value = json(key);
  if (value.is_null()) return std::nullopt;
  auto out = scalar(value, below(key));
  if (!out) document_->fault(errors::key_form, {std::string(key), "text"}, below(key));
  return out;
}

Written Members::text(std::string_view key) {
  if (auto out = optional(key)) return *std::move(out);
  if ((*value_)[key].is_null()) document_->fault(errors::key_missing, {std::string(key)}, pointer_);
  return {{}, document_->at(pointer_)};
}

std::vector<Written> Members::texts(std::string_view key) {
  const Json& value = json(key);
  std::vector<Written> out;
  if (value.is_null()) return out;
  if (auto alone = scalar(value, below(key))) return {*std::move(alone)};
  const Json::Array* list = value.array();
  if (!list) document_->fault(errors::key_form, {std::string(key), "text | [text, …]"}, below(key));
  for (std::size_t i = 0; list && i < list->size(); ++i) {
    const std::string pointer = below(key) + "/" + std::to_string(i);
    if (auto one = scalar((*list)[i], pointer))
      out.push_back(*std::move(one));
    else
      document_->fault(errors::key_form, {std::string(key), "[text, …]"}, pointer);
  }
  return out;
}

bool Members::flag(std::string_view key) {
  const Json& value = json(key);
  if (!value.is_null() && !value.boolean())
    document_->fault(errors::key_form, {std::string(key), "true | false"}, below(key));
  return value.boolean_or(false);
}

std::optional<std::int64_t> Members::number(std::string_view key) {
  const Json& value = json(key);
  if (value.is_null()) return std::nullopt;
  if (const auto* n = value.integer()) return *n;
  document_->fault(errors::key_form, {std::string(key), "123"}, below(key));
  return std::nullopt;
}

std::optional<Members> Members::object(std::string_view key) {
  const Json& value = json(key);
  if (value.is_null()) return std::nullopt;
  if (value.object()) return Members(*document_, value, below(key));
  document_->fault(errors::key_form, {std::string(key), "{key: value, …}"}, below(key));
  return std::nullopt;
}

std::vector<Members> Members::objects(std::string_view key) {
  std::vector<Members> out;
  const Json& value = json(key);
  const Json::Array* list = value.array();
  if (!value.is_null() && !list)
    document_->fault(errors::key_form, {std::string(key), "[{key: value, …}, …]"}, below(key));
  for (std::size_t i = 0; list && i < list->size(); ++i)
    out.emplace_back(*document_, (*list)[i], below(key) + "/" + std::to_string(i));
  return out;
}

std::vector<NamedMembers> Members::named(std::string_view key) {
  std::vector<NamedMembers> out;
  const Json& value = json(key);
  if (const Json::Object* map = value.object()) {
    for (const auto& [name, member] : *map) {
      const std::string pointer = below(key) + "/" + token(name);
      out.push_back({{name, document_->at(pointer)}, Members(*document_, member, pointer), scalar(member, pointer)});
    }
    std::stable_sort(out.begin(), out.end(), [](const NamedMembers& a, const NamedMembers& b) {
      return std::pair(a.name.where.line, a.name.where.column) < std::pair(b.name.where.line, b.name.where.column);
    });
    return out;
  }
  for (Members& member : objects(key)) {
    const Written name = member.text("id");
    out.push_back({name, std::move(member), {}});
  }
  return out;
}

void Members::finish() {
  const Json::Object* map = value_->object();
  if (!map) {
    if (!value_->is_null()) document_->fault(errors::key_form, {"", "{key: value, …}"}, pointer_);
    return;
  }
  const std::vector<std::string> known(taken_.begin(), taken_.end());
  for (const auto& [key, value] : *map) {
    if (taken_.contains(key)) continue;
    const std::string near = text::nearest(key, known);
    document_->fault(errors::key_unknown, {key, near.empty() ? text::join(known, ", ") : near}, below(key));
  }
}

}   // namespace gangmu
