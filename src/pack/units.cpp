// SPDX-License-Identifier: Apache-2.0
// Units of measurement as statistics and offices write them. A pack adds its own under `units` in programme.yaml.
#include "pack/reader.hpp"

namespace gangmu::pack {

const std::set<std::string, std::less<>>& common_units() {
  static const std::set<std::string, std::less<>> units = {
      "元",    "万元",    "亿元",    "元/亩",  "万元/亩",  "%",      "‰",        "个百分点",    "倍",
      "分",    "是/否",   "个",      "家",     "项",       "次",     "件",       "起",          "条",
      "处",    "座",      "所",      "张",     "份",       "位",     "套",       "辆",          "人",
      "万人",  "户",      "万户",    "人次",   "万人次",   "人/户",  "年",       "月",          "日",
      "天",    "工作日",  "小时",    "分钟",   "米",       "公里",   "平方米",   "万平方米",    "平方公里",
      "亩",    "万亩",    "公顷",    "株",     "万株",     "公斤",   "斤",       "吨",          "万吨",
      "斤/亩", "公斤/亩", "吨/亩",   "立方米", "万立方米", "千瓦时", "万千瓦时", "微克/立方米", "毫克/升",
      "吨/日", "床",      "张/千人", "头",     "万头",     "只",     "万只"};
  return units;
}

}   // namespace gangmu::pack
