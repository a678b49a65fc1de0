// SPDX-License-Identifier: Apache-2.0
// The manifest of a backup in canonical JSON, sealed with an HMAC under the store's key.
#include "store/backup.hpp"
#include "store/errors.hpp"

namespace gangmu::store {
namespace {

Json json_of(const Manifest::File& file) {
  Json out;
  out.set("bytes", file.bytes);
  out.set("digest", file.digest.text());
  out.set("first", file.first.value);
  out.set("last", file.last.value);
  out.set("name", file.name);
  return out;
}

Json json_of(const Manifest::Mark& mark) {
  Json tables{Json::Object{}}, out;
  for (const auto& [name, digest] : mark.tables) tables.set(name, digest);
  out.set("at", mark.at.micros);
  out.set("seq", mark.seq.value);
  out.set("tables", std::move(tables));
  return out;
}

Json json_of(const Manifest& manifest) {
  Json heads{Json::Object{}}, files{Json::Array{}}, out;
  for (const auto& [home, hash] : manifest.line.heads) heads.set(std::to_string(home.value), hash.text());
  for (const auto& file : manifest.files) files.push(json_of(file));
  out.set("at", manifest.at.micros);
  out.set("epoch", manifest.line.epoch);
  out.set("files", std::move(files));
  out.set("head", manifest.line.head().text());
  out.set("heads", std::move(heads));
  if (manifest.mark) out.set("mark", json_of(*manifest.mark));
  out.set("seq", manifest.seq.value);
  out.set("store", manifest.store);
  return out;
}

std::string seal_of(const Json& body, std::string_view key) { return hmac(key, "backup\n" + body.canonical()).text(); }

Result<Manifest::File> file_of(const Json& json) {
  TRY_ASSIGN(const Digest digest, Digest::parse(json["digest"].string_or("")));
  return Manifest::File{json["name"].string_or(""), Seq{json["first"].integer_or(0)}, Seq{json["last"].integer_or(0)},
                        digest, json["bytes"].integer_or(0)};
}

Manifest::Mark mark_of(const Json& json) {
  Manifest::Mark out{Seq{json["seq"].integer_or(0)}, Instant{json["at"].integer_or(0)}, {}};
  if (const Json::Object* tables = json["tables"].object())
    for (const auto& [name, digest] : *tables) out.tables[name] = digest.string_or("");
  return out;
}

Result<Manifest> manifest_of(const Json& json) {
  Manifest out;
  out.store = json["store"].string_or("");
  out.at = Instant{json["at"].integer_or(0)};
  out.seq = Seq{json["seq"].integer_or(0)};
  out.line.epoch = json["epoch"].integer_or(0);
  if (const Json::Object* heads = json["heads"].object())
    for (const auto& [home, hash] : *heads) {
      TRY_ASSIGN(out.line.heads[PlaceId{std::strtoll(home.c_str(), nullptr, 10)}], Digest::parse(hash.string_or("")));
    }
  if (const Json::Array* files = json["files"].array())
    for (const Json& file : *files) {
      TRY_ASSIGN(Manifest::File read, file_of(file));
      out.files.push_back(std::move(read));
    }
  if (json["mark"].object()) out.mark = mark_of(json["mark"]);
  return out;
}

}   // namespace

std::string Manifest::text(std::string_view key) const {
  Json out = json_of(*this);
  out.set("seal", seal_of(out, key));
  return out.canonical() + "\n";
}

Result<Manifest> Manifest::parse(std::string_view text, std::string_view key, const std::string& name) {
  const auto damaged = [&](const char* zh, const char* en) { return fail(errors::backup_damaged, {name, zh, en}); };
  const auto json = Json::parse(text.substr(0, text.find('\n')));
  if (!json || !json->object()) return damaged("读不出来", "it can't be read");
  auto manifest = manifest_of(*json);
  if (!manifest) return damaged("前后矛盾", "it contradicts itself");
  // Every byte of it is what this program would write, so that nothing can hide in it, also where the key is not at
  // hand.
  Json again = json_of(*manifest);
  again.set("seal", (*json)["seal"].string_or(""));
  if (again.canonical() + "\n" != text) return damaged("前后矛盾", "it contradicts itself");
  if (!key.empty() && manifest->text(key) != text)
    return damaged("印记与此库的密钥不符", "its seal is not that of this store's key");
  return manifest;
}

}   // namespace gangmu::store
