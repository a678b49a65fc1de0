// SPDX-License-Identifier: Apache-2.0
// A ledger of three tasks, and the steps of an import as the tests take them.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "app/imports.hpp"
#include "app/test_world.hpp"

namespace gangmu::app::test {

inline const std::string planted = "13912345678";

inline const std::vector<std::string> rows{
    "序号|行动|工作任务|牵头单位|责任单位|牵头领导|联系电话|所属地区|完成时限|进展情况|完成比例|备注",
    "1|县域|建成产业园|市发改局|市工信局、甲县|赵甲|" + planted + "|甲县|2023年6月底前|正在选址|20%|",
    "2|县域|改造老旧小区|市住建局|乙县|钱乙|" + planted + "|桥头镇|2023-06-16||5%|重点",
    "3|乡村|管护农村公路|市交通局|各县（市、区）|孙丙|" + planted + "||长期坚持|||"};

inline Told read(World& world, const std::string& bytes, const std::string& name = "台账.xlsx") {
  Call call = world.call("", bytes);
  call.query["name"] = name;
  return told(read_import(world.service(), call));
}

inline std::string id_of(const Told& import) { return import["id"].string_or(""); }

inline Told confirm(World& world, const std::string& id, const std::string& body = "{}") {
  return told(confirm_import(world.service(), world.call(id, body)));
}

inline Told answer(World& world, const std::string& id, const std::string& question, const std::string& value) {
  Json answers, body;
  answers.set(question, value);
  body.set("answers", answers);
  return told(answer_import(world.service(), world.call(id, body.canonical())));
}

inline const Json* question(const Told& import, const std::string& id) {
  for (const Json& q : *import["questions"].array()) {
    if (q["id"].string_or("") == id) return &q;
  }
  return nullptr;
}

inline std::string imported(World& world, const std::vector<std::string>& lines = rows) {
  const std::string id = id_of(read(world, ledger("任务台账", lines)));
  answer(world, id, "place:桥头镇", "乙县桥头镇");
  confirm(world, id);
  return id;
}

inline Error refused(Result<Reply> reply) {
  if (reply) throw std::runtime_error("not refused: " + reply->body);
  return std::move(reply).error();
}

}   // namespace gangmu::app::test
