// SPDX-License-Identifier: Apache-2.0
// Two kinds with their flows, published and opened in a little world.
#pragma once

#include <fstream>
#include <iterator>

#include "app/records/registers.hpp"
#include "app/test_world.hpp"
#include "pack/yaml.hpp"
#include "record/body.hpp"
#include "store/definitions.hpp"

namespace gangmu::app::test {

inline Json little_kinds() {
  std::ifstream file(GANGMU_SOURCE_DIR "/src/app/fixtures/kinds.yaml");
  const std::string text(std::istreambuf_iterator<char>(file), {});
  const auto yaml = must(pack::read_yaml(text, "kinds.yaml"));
  Json out;
  Diagnostics faults;
  for (const auto& [what, form] : {std::pair{"kinds", record::Declares::kind}, {"flows", record::Declares::flow}}) {
    Json all(Json::Array{});
    for (const auto& [id, body] : *yaml.value[what].object()) {
      Json one = record::body_of(
                     body, form,
                     [&, prefix = "/" + std::string(what) + "/" + id](std::string_view pointer) {
                       return yaml.at(prefix + std::string(pointer));
                     },
                     faults)
                     .value;
      one.set("id", id);
      all.push(std::move(one));
    }
    out.set(what, std::move(all));
  }
  if (!faults.empty()) throw std::runtime_error(Error(faults).text(Language::en));
  return out;
}

/// As a pack's load does it.
inline void publish_kinds(store::Store& store, const Json& kinds) {
  const auto run = [&](store::Tx& tx) -> Result<Json> {
    const Date day = *Date::parse("2020-01-01");
    for (const auto& [what, kind] : {std::pair{"flows", "flow"}, {"kinds", "kind"}})
      for (const Json& body : *kinds[what].array()) {
        const Json whole = kind == std::string_view("kind") ? record::numbered_body(body, nullptr) : body;
        TRY(store::definitions::publish(tx, kind, body["id"].string_or(""), day, whole));
      }
    return Json();
  };
  must(store.write({.home = PlaceId{1}, .actor = "test", .act = "load", .request_key = {}, .command = {}, .run = run}));
}

class RegisterWorld : public World {
 public:
  explicit RegisterWorld(std::string connection = {}) : World(false, std::move(connection)) {
    publish_kinds(store(), little_kinds());
    for (const char* id : {"project", "obstacle"})
      ask(open_register, call(id, R"({"owner":"市发改局","list_number":"2023-001"})"));
  }
  using UseCase = Result<Reply> (*)(Service&, const Call&);
  Result<Told> tried(UseCase use_case, const Call& call) {
    TRY_ASSIGN(Reply reply, use_case(service(), call));
    Told out{reply, {}};
    if (!reply.body.empty() && !call.as_xlsx) { TRY_ASSIGN(out.json, Json::parse(reply.body)); }
    return out;
  }
  Told ask(UseCase use_case, const Call& call) { return must(tried(use_case, call)); }
  std::string entered(const char* kind, const std::string& fields) {
    return ask(create_record, call(kind, R"({"fields":)" + fields + "}"))["id"].string_or("");
  }
  Json shown(const std::string& id) { return ask(record_detail, call(id)).json; }
  Result<Told> step(const std::string& id, const char* name, const std::string& fields = "{}") {
    Call c = call(id, R"({"fields":)" + fields + R"(,"reason":"按程序办理"})");
    c.sub_id = name;
    c.if_match = Seq{shown(id)["seq"].integer_or(0)};
    return tried(std::string_view(name) == "edit" ? edit_record : step_record, c);
  }
};

}   // namespace gangmu::app::test
