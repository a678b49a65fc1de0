// SPDX-License-Identifier: Apache-2.0
#include "access/role.hpp"

#include <algorithm>
#include <array>

#include "access/errors.hpp"
#include "base/text.hpp"

namespace gangmu::access {
namespace {

constexpr std::array<std::string_view, 3> reach_names = {"own", "above", "all"};
constexpr std::size_t role_limit = 64, id_bytes = 40, name_bytes = 200;

const Json::Array& list_of(const Json& json) {
  static const Json::Array none;
  return json.array() ? *json.array() : none;
}

bool identifier(std::string_view id) {
  return !id.empty() && id.size() <= id_bytes && std::ranges::all_of(id, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

/// One reading of roles.yaml.
class Reading {
 public:
  explicit Reading(const Roles::At& at) : at_(at) {}

  std::vector<Role> roles(const Json& document) {
    check_members(document, {"id", "roles", "name_zh", "name_en", "note"}, "");
    const Json::Array& list = list_of(document["roles"]);
    if (list.empty() || list.size() > role_limit)
      malformed("roles 应为 1 到 64 个角色的列表", "`roles` must be a list of 1 to 64 roles", "/roles");
    std::vector<Role> out;
    for (std::size_t i = 0; i < std::min(list.size(), role_limit); ++i)
      out.push_back(role(list[i], "/roles/" + std::to_string(i), out));
    for (const Duty duty : {Duty::system, Duty::security, Duty::audit}) {
      if (std::ranges::none_of(out, [&](const Role& r) { return r.duty == duty; }))
        fault(errors::duty_without_role, {std::string(duty_name(duty))}, "/roles");
    }
    return out;
  }
  [[nodiscard]] Diagnostics take() { return std::move(faults_); }

 private:
  void fault(const ErrorKind& kind, std::vector<std::string> arguments, std::string_view pointer) {
    faults_.push_back({&kind, std::move(arguments), at_(pointer)});
  }
  void malformed(const char* zh, const char* en, std::string_view pointer) {
    fault(errors::role_malformed, {zh, en}, pointer);
  }

  void check_members(const Json& object, std::initializer_list<std::string_view> known, const std::string& pointer) {
    if (!object.object()) return malformed("应为一个对象", "an object is wanted", pointer);
    for (const auto& [name, value] : *object.object()) {
      if (std::ranges::find(known, name) == known.end())
        fault(errors::role_malformed, {"不认识的项“" + name + "”", "there is no member '" + name + "'"},
              pointer + "/" + name);
    }
  }

  Role role(const Json& json, const std::string& pointer, const std::vector<Role>& before) {
    check_members(json, {"id", "duty", "name_zh", "name_en", "may"}, pointer);
    Role out;
    out.id = json["id"].string_or("");
    out.name_zh = json["name_zh"].string_or("");
    out.name_en = json["name_en"].string_or("");
    if (!identifier(out.id))
      malformed("id 应为小写字母、数字、_ 和 -", "`id` must be of small letters, digits, _ and -", pointer + "/id");
    for (const std::string* name : {&out.name_zh, &out.name_en}) {
      if (name->empty() || name->size() > name_bytes)
        malformed("须有中英文名称", "a name in both languages is wanted", pointer);
    }
    if (std::ranges::any_of(before, [&](const Role& r) { return r.id == out.id; }))
      fault(errors::role_twice, {out.id}, pointer + "/id");
    const auto duty = duty_of(json["duty"].string_or(""));
    if (duty && *duty != Duty::anyone && *duty != Duty::everyone)
      out.duty = *duty;
    else
      malformed("duty 应为 business、system、security 或 audit", "`duty` must be business, system, security or audit",
                pointer + "/duty");
    const Json::Array& may = list_of(json["may"]);
    for (std::size_t i = 0; i < may.size(); ++i) {
      if (auto granted = right(may[i], out, pointer + "/may/" + std::to_string(i)))
        out.may.push_back(*std::move(granted));
    }
    return out;
  }

  std::optional<Right> right(const Json& json, const Role& role, const std::string& pointer) {
    check_members(json, {"permission", "reach", "states", "any_line"}, pointer);
    const std::string name = json["permission"].string_or("");
    const auto permission = permission_of(name);
    if (!permission) {
      std::vector<std::string> known;
      for (const PermissionFacts& facts : permissions()) known.emplace_back(facts.name);
      const std::string near = text::nearest(name, known);
      const bool some = !near.empty();
      fault(errors::permission_unknown,
            {name, some ? "，是否指“" + near + "”？" : "", some ? "; did you mean '" + near + "'?" : ""}, pointer);
      return std::nullopt;
    }
    const Duty duty = facts_of(*permission).duty;
    if (duty != role.duty)
      fault(errors::permission_of_other_duty,
            {role.id, std::string(duty_name(role.duty)), name, std::string(duty_name(duty))}, pointer);
    Right out{.permission = *permission};
    const auto reach = std::ranges::find(reach_names, json["reach"].string_or("own"));
    if (reach == reach_names.end())
      malformed("reach 应为 own、above 或 all", "`reach` must be own, above or all", pointer + "/reach");
    else
      out.reach = static_cast<Reach>(reach - reach_names.begin());
    for (const Json& state : list_of(json["states"])) out.states.push_back(state.string_or(""));
    out.any_line = json["any_line"].boolean_or(false);
    return out;
  }

  const Roles::At& at_;
  Diagnostics faults_;
};

}   // namespace

std::string_view reach_name(Reach reach) { return reach_names[static_cast<std::size_t>(reach)]; }

Result<Roles> Roles::read(const Json& document, const At& at) {
  Reading reading(at);
  Roles out;
  out.roles_ = reading.roles(document);
  if (Diagnostics faults = reading.take(); !faults.empty()) return fail(std::move(faults));
  return out;
}

const Role* Roles::find(std::string_view id) const {
  const auto found = std::ranges::find(roles_, id, &Role::id);
  return found == roles_.end() ? nullptr : &*found;
}

}   // namespace gangmu::access
