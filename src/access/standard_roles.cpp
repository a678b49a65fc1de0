// SPDX-License-Identifier: Apache-2.0
// Roles a county–town–village programme begins with: its office at each level, departments (条), leaders, and the three
// administrators. A city that works differently writes its own roles.yaml.
#include <cassert>

#include "access/role.hpp"

namespace gangmu::access {
namespace {

constexpr std::string_view document = R"json({"id":"roles","roles":[
{"id":"city_office","duty":"business","name_zh":"市指挥部办公室","name_en":"City programme office","may":[
  {"permission":"read_figures"},{"permission":"read_tasks"},{"permission":"report_progress"},{"permission":"close_tasks"},
  {"permission":"hand_out_tasks"},{"permission":"nudge"},{"permission":"import_tasks"},{"permission":"read_records"},{"permission":"write_records"},{"permission":"open_registers"},
  {"permission":"read_assessments"},{"permission":"run_assessments"},{"permission":"load_programme"},
  {"permission":"see_persons"},{"permission":"act_on_behalf"}]},
{"id":"county_office","duty":"business","name_zh":"县（市、区）指挥部办公室","name_en":"County programme office","may":[
  {"permission":"read_figures","reach":"above"},{"permission":"read_tasks"},{"permission":"report_progress"},
  {"permission":"close_tasks"},{"permission":"hand_out_tasks"},{"permission":"nudge"},{"permission":"import_tasks"},{"permission":"read_records"},{"permission":"write_records"},
  {"permission":"read_assessments"},{"permission":"see_persons"},{"permission":"act_on_behalf"}]},
{"id":"department","duty":"business","name_zh":"责任部门（条线）","name_en":"Department","may":[
  {"permission":"read_figures","any_line":true},{"permission":"read_tasks"},{"permission":"read_records"},
  {"permission":"write_records"},
  {"permission":"report_progress","states":["open","paused"]}]},
{"id":"town_clerk","duty":"business","name_zh":"镇街填报员","name_en":"Town clerk","may":[
  {"permission":"read_figures","reach":"above"},{"permission":"read_tasks"},{"permission":"read_records"},
  {"permission":"write_records"},{"permission":"report_progress","states":["open","paused"]},
  {"permission":"hand_out_tasks"},{"permission":"act_on_behalf"}]},
{"id":"village_clerk","duty":"business","name_zh":"村（社区）填报员","name_en":"Village clerk","may":[
  {"permission":"read_figures"},{"permission":"read_tasks"},{"permission":"read_records"},{"permission":"write_records"},
  {"permission":"report_progress","states":["open","paused"]}]},
{"id":"leader","duty":"business","name_zh":"领导（只读）","name_en":"Leader (reads only)","may":[
  {"permission":"read_figures"},{"permission":"read_tasks"},{"permission":"read_records"},
  {"permission":"read_assessments"}]},
{"id":"system_admin","duty":"system","name_zh":"系统管理员","name_en":"System administrator","may":[
  {"permission":"manage_accounts","reach":"all"},{"permission":"watch_operations","reach":"all"}]},
{"id":"security_admin","duty":"security","name_zh":"安全管理员","name_en":"Security administrator","may":[
  {"permission":"manage_grants","reach":"all"}]},
{"id":"audit_admin","duty":"audit","name_zh":"审计管理员","name_en":"Audit administrator","may":[
  {"permission":"read_audit","reach":"all"}]}
]})json";

}   // namespace

Json standard_roles_document() { return *Json::parse(document); }

const Roles& standard_roles() {
  static const Roles roles = *Roles::read(standard_roles_document());
  return roles;
}

}   // namespace gangmu::access
