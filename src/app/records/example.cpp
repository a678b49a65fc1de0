// SPDX-License-Identifier: Apache-2.0
#include "app/records/example.hpp"

#include <array>

#include "app/picture.hpp"
#include "app/records/registers.hpp"
#include "base/digest.hpp"
#include "base/random.hpp"
#include "record/kind.hpp"

namespace gangmu::app {
namespace {

constexpr std::uint64_t seed = 20230616;
constexpr auto works =
    std::to_array<const char*>({"圩镇路面改造", "供水管网更新", "农产品冷链", "污水处理站", "标准厂房", "卫生院改造",
                                "农田水利整修", "村道硬化", "电商服务站", "老旧小区改造"});
constexpr auto wants = std::to_array<const char*>(
    {"用地指标尚未落实", "资金缺口待统筹", "变压器容量不足", "施工用工紧张", "环评批复未出"});

class Filling {
 public:
  Filling(Service& service, std::string programme, const place::Tree& tree)
      : service_(service), programme_(std::move(programme)), tree_(tree) {}

  Status run() {
    for (const char* kind : {"project", "obstacle"})
      TRY(act(open_register, kind, {}, R"({"owner":"市指挥部办公室","list_number":"示例2023-001"})"));
    int n = 0;
    for (const place::NodeIndex town : tree_.of_level(place::Level::town)) {
      if (++n % 2 == 0) continue;
      TRY(project(tree_[town], n));
    }
    return {};
  }

 private:
  using UseCase = Result<Reply> (*)(Service&, const Call&);

  /// The address the answer names.
  Result<std::string> act(UseCase use_case, const std::string& id, const std::string& step, std::string body,
                          Seq base = {}) {
    Call call;
    call.programme = programme_;
    call.actor = Actor::console();
    call.id = id;
    call.sub_id = step;
    call.body = std::move(body);
    if (base) call.if_match = base;
    const Digest key = digest("example " + programme_ + id + step + std::to_string(++acts_));
    call.request_key = hex(std::string_view(reinterpret_cast<const char*>(key.bytes.data()), 16));
    TRY_ASSIGN(const Reply reply, use_case(service_, call));
    TRY_ASSIGN(const Json json, Json::parse(reply.body));
    last_ = Seq{json["seq"].integer_or(0)};
    return json["id"].string_or("");
  }

  static std::string quoted(const std::string& name, const std::string& value) {
    return '"' + name + "\":\"" + value + '"';
  }

  Status project(const place::Place& town, int n) {
    const std::int64_t total = random_.between(300, 9'000) * 10'000;
    const std::string name = town.name_zh + works[random_.below(works.size())];
    const std::string code = "9900-" + std::to_string(1000 + n);
    TRY_ASSIGN(const std::string id, act(create_record, "project", {},
                                         "{\"fields\":{" + quoted("name", name) + "," + quoted("place", town.code) +
                                             "," + quoted("total", std::to_string(total)) + "," + quoted("code", code) +
                                             "," + quoted("owner", "unit:" + town.code) + "}}"));
    if (n % 4 != 1) TRY(act(step_record, id, "adopt", "{}", last_));
    if (n % 8 == 3) {
      TRY(act(step_record, id, "break_ground",
              "{\"fields\":{" + quoted("start", "2023-03-01") + "," + quoted("finish", "2024-12-31") + "," +
                  quoted("permit", "示例许可" + code) + "}}",
              last_));
      TRY(act(edit_record, id, {},
              R"({"fields":{"done":[{"month":"202304","amount":")" + std::to_string(total / 5) +
                  R"("},{"month":"202305","amount":")" + std::to_string(total / 4) + "\"}]}}",
              last_));
    }
    if (n % 3 == 0) TRY(obstacle(id, town, n % 9 == 0));
    return {};
  }

  /// Asked of the county's office; `lifted`: passed on to the city's.
  Status obstacle(const std::string& project, const place::Place& town, bool lifted) {
    const place::NodeIndex node = tree_.find(town.id);
    const std::string county = tree_[tree_.parent(node)].code;
    TRY_ASSIGN(const std::string id, act(create_record, "obstacle", {},
                                         "{\"fields\":{" + quoted("text", wants[random_.below(wants.size())]) + "," +
                                             quoted("place", town.code) + "," + quoted("answerer", "unit:" + county) +
                                             "," + quoted("project", project) + "}}"));
    if (lifted) TRY(act(step_record, id, "lift", R"({"reason":"县级协调未果，提请市级统筹"})", last_));
    return {};
  }

  Service& service_;
  std::string programme_;
  const place::Tree& tree_;
  Random random_{seed};
  Seq last_{};   ///< of the entry just written
  int acts_ = 0;
};

}   // namespace

Status fill_example_registers(Service& service, const std::string& programme) {
  TRY_ASSIGN(store::Store * store, service.store(programme));
  const auto view = store->view();
  const auto* definition = programme_of(*view);
  const bool synthetic = definition && definition->body["synthetic"].boolean_or(false);
  const auto& kinds = view->records.catalogue;
  if (!synthetic || !kinds || !kinds->find("project") || !kinds->find("obstacle")) return {};
  return Filling(service, programme, *view->tree).run();
}

}   // namespace gangmu::app
