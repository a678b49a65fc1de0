// SPDX-License-Identifier: Apache-2.0
#include "pack/lock.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/text.hpp"
#include "pack/errors.hpp"

namespace gangmu::pack {
namespace {

Json version_body(const Pack& pack, const place::Place& p, const Json& attributes) {
  Json body = attributes.is_null() ? Json(Json::Object{}) : attributes;
  body.set("code", p.code);
  body.set("name_zh", p.name_zh);
  body.set("name_en", p.name_en);
  body.set("level", place::level_name(p.level));
  body.set("kind", p.kind);
  body.set("parent", p.parent ? Json(pack.places[static_cast<std::size_t>(p.parent.value - 1)].code) : Json());
  body.set("functional", p.functional);
  body.set("pinyin", p.pinyin);
  body.set("initials", p.initials);
  body.set("valid_from", p.valid_from.text());
  return body;
}

using Earlier = std::multimap<PlaceId, const EarlierPlace*>;

/// Members that only a place with a past has: others have the digests they always had.
Json place_body(const Pack& pack, const place::Place& p, const Earlier& earlier) {
  const auto rest = pack.attributes.find(p.id);
  Json body = version_body(pack, p, rest == pack.attributes.end() ? Json() : rest->second);
  if (const auto ended = pack.ended.find(p.id); ended != pack.ended.end()) body.set("valid_to", ended->second.text());
  Json past{Json::Array{}};
  for (auto [at, end] = earlier.equal_range(p.id); at != end; ++at) {
    Json version = version_body(pack, at->second->place, at->second->attributes);
    if (at->second->valid_to) version.set("valid_to", at->second->valid_to->text());
    past.push(std::move(version));
  }
  if (!past.array()->empty()) body.set("earlier", std::move(past));
  return body;
}

/// One line a figure; the unit separator can stand in no cell of ours.
void append_figure(std::string& out, const fact::Observation& o) {
  const auto put = [&](std::string_view part) { (out += part) += '\x1f'; };
  put(o.period.text());
  put(o.source.value);
  put(std::to_string(static_cast<int>(o.value.state)));
  put(std::to_string(o.value.units));
  put(std::to_string(o.version));
  put(std::to_string(static_cast<int>(o.status)));
  put(std::to_string(static_cast<int>(o.grade)));
  put(o.note);
  out += '\n';
}

void add_definitions(Objects& out, const Pack& pack) {
  const std::span<const Definition> all(pack.definitions);
  for (std::size_t i = 0, end = 0; i < all.size(); i = end) {
    while (end < all.size() && all[end].kind == all[i].kind && all[end].id == all[i].id) ++end;
    out.emplace(ObjectKey{all[i].kind, all[i].id}, object_digest(all.subspan(i, end - i)));
  }
}

void add_series(Objects& out, const Pack& pack) {
  const auto& all = pack.observations;
  std::string rows;
  for (std::size_t i = 0; i < all.size();) {
    const fact::Observation& first = all[i];
    rows.clear();
    for (; i < all.size() && all[i].place == first.place && all[i].indicator == first.indicator; ++i)
      append_figure(rows, all[i]);
    const std::string& code = pack.places[static_cast<std::size_t>(first.place.value - 1)].code;
    out.emplace(ObjectKey{"series", first.indicator.value + "/" + code}, digest(rows));
  }
}

std::optional<std::string_view> after(std::string_view line, std::string_view word) {
  if (!line.starts_with(word)) return std::nullopt;
  return line.substr(word.size());
}

}   // namespace

Digest object_digest(std::span<const Definition> versions) {
  Json all(Json::Array{});
  for (const Definition& d : versions) {
    Json version;
    version.set("valid_from", d.valid_from.text());
    version.set("retired", d.retired);
    version.set("body", d.retired ? Json() : d.body);
    all.push(std::move(version));
  }
  return digest(all.canonical());
}

Result<Objects> objects_of(const Pack& pack) {
  Objects out;
  out.emplace(ObjectKey{"programme", pack.id()}, digest(pack.programme.canonical()));
  Earlier earlier;
  for (const EarlierPlace& version : pack.earlier) earlier.emplace(version.place.id, &version);
  for (const place::Place& p : pack.places)
    out.emplace(ObjectKey{"place", p.code}, digest(place_body(pack, p, earlier).canonical()));
  add_definitions(out, pack);
  add_series(out, pack);
  for (const Json& task : pack.tasks)
    out.emplace(ObjectKey{"task", task["id"].string_or("")}, digest(task.canonical()));
  for (const auto& [kind, rows] : pack.records)
    for (const Json& row : rows)
      out.emplace(ObjectKey{"record", kind + "/" + row["id"].string_or("")}, digest(row.canonical()));
  return out;
}

std::string write_lock(const Lock& lock) {
  std::string out = "store " + lock.store + "\nseq " + std::to_string(lock.seq.value) + "\n";
  for (const auto& [key, value] : lock.objects) out += key.kind + '\t' + key.id + '\t' + value.text() + '\n';
  return out;
}

Result<Lock> read_lock(std::string_view bytes) {
  Lock lock;
  int line = 0;
  const auto wrong = [&](std::string_view text) {
    return fail(errors::lock_malformed, {std::string(text)},
                {.file = std::string(lock_path), .line = line, .column = 0, .cell = {}});
  };
  for (const std::string& text : text::split(bytes.ends_with('\n') ? bytes.substr(0, bytes.size() - 1) : bytes, '\n')) {
    ++line;
    if (line == 1) {
      const auto store = after(text, "store ");
      if (!store || store->empty()) return wrong(text);
      lock.store = *store;
    } else if (line == 2) {
      const auto seq = after(text, "seq ");
      if (!seq) return wrong(text);
      const auto [end, error] = std::from_chars(seq->data(), seq->data() + seq->size(), lock.seq.value);
      if (error != std::errc{} || end != seq->data() + seq->size()) return wrong(text);
    } else {
      const auto parts = text::split(text, '\t');
      if (parts.size() != 3) return wrong(text);
      const auto value = Digest::parse(parts[2]);
      if (!value || !lock.objects.emplace(ObjectKey{parts[0], parts[1]}, *value).second) return wrong(text);
    }
  }
  if (line < 2) return wrong("");
  return lock;
}

LoadPlan plan_load(const Objects& base, const Objects& pack, const Objects& store, bool retire) {
  const auto in = [](const Objects& objects, const ObjectKey& key) -> const Digest* {
    const auto it = objects.find(key);
    return it == objects.end() ? nullptr : &it->second;
  };
  const auto equal = [](const Digest* a, const Digest* b) { return a == b || (a && b && *a == *b); };
  LoadPlan plan;
  for (const auto& [key, digest_in_pack] : pack) {
    const Digest* before = in(base, key);
    const Digest* stored = in(store, key);
    if (equal(&digest_in_pack, stored))
      plan.unchanged.push_back(key);
    else if (equal(stored, before))
      plan.taken.push_back(key);   // the store did not touch it
    else if (equal(&digest_in_pack, before))
      plan.kept.push_back(key);   // the pack did not touch it
    else
      plan.conflicts.push_back(key);
  }
  for (const auto& [key, digest_in_store] : store) {
    if (pack.contains(key)) continue;
    const Digest* before = in(base, key);
    if (!before)
      plan.kept.push_back(key);   // made in the store since the export
    else if (!retire)
      plan.absent.push_back(key);
    else if (equal(before, &digest_in_store))
      plan.retired.push_back(key);
    else
      plan.conflicts.push_back(key);   // taken out of the pack, changed in the store
  }
  std::ranges::sort(plan.kept);
  std::ranges::sort(plan.conflicts);
  return plan;
}

}   // namespace gangmu::pack
