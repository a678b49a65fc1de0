// SPDX-License-Identifier: Apache-2.0
// A tiny sound pack made inside the test, and helpers to spoil it.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "pack/common.hpp"
#include "pack/pack.hpp"

namespace gangmu::pack::sample {

inline Files tiny() {
  return {{"programme.yaml",
           "id: tiny\n"
           "name_zh: 小方案\n"
           "name_en: Tiny\n"
           "synthetic: true\n"
           "root: \"990100000000\"\n"
           "valid_from: \"2020-01-01\"\n"
           "levels: [city, county, town]\n"
           "languages: [zh, en]\n"
           "licence: Apache-2.0\n"},
          {"places.csv",
           "code,name_zh,level,kind,parent\n"
           "990100000000,示例市,city,prefecture_city,\n"
           "990101000000,甲县,county,county,990100000000\n"
           "990101100000,甲镇,town,town,990101000000\n"
           "990102000000,乙县,county,county,990100000000\n"},
          {"sources.csv",
           "id,name_zh,grade,precedence\n"
           "S1,统计表,A,1\n"
           "S2,网页,C,2\n"},
          {"indicators.csv",
           "code,valid_from,name_zh,name_en,unit_zh,unit_en,decimals,direction,period_kind,frequency,aggregation,agg_"
           "args,entry_level,levels\n"
           "gdp,,生产总值,GRP,亿元,100 million CNY,2,up,ytd,Q,reported,,county,city|county\n"
           "gdp,2022-01-01,生产总值（新口径）,GRP (new),亿元,100 million CNY,2,up,ytd,Q,reported,,county,city|county\n"
           "pop,,人口,Population,人,persons,0,neutral,stock,Y,sum,,county,city|county\n"
           "pop_urban,,城镇人口,Urban population,人,persons,0,neutral,stock,Y,sum,,county,city|county\n"
           "rate,,城镇化率,Urban share,%,%,2,up,stock,Y,ratio,num=pop_urban;den=pop;factor=100,county,city|county\n"},
          {"observations.csv",
           "place,indicator,period,value,unit,source,status,grade,revision,version,note\n"
           "990101000000,gdp,2021,12.50,亿元,S1,preliminary,,1,,\n"
           "990101000000,gdp,2021,12.75,,S1,revised,,2,,更正\n"
           "990101000000,gdp,2021,>12,,S2,,D,,,\n"
           "990101000000,gdp,202301-02,2.10,,S1,,,,,\n"
           "990101000000,pop,2021,WH,,S1,,,,,\n"
           "990102000000,gdp,2021,,,S1,,,,,\n"
           "990102000000,pop,2021,NA,,S1,,,,,\n"}};
}

inline Files with(const std::string& path, std::string bytes) {
  Files files = tiny();
  files[path] = std::move(bytes);
  return files;
}

/// tiny() with `what` replaced by `by`, once, in one file.
inline Files changed(const std::string& path, const std::string& what, const std::string& by) {
  Files files = tiny();
  std::string& bytes = files[path];
  bytes.replace(bytes.find(what), what.size(), by);
  return files;
}

inline std::vector<std::string> lines(const Diagnostics& faults) {
  std::vector<std::string> out;
  for (const Diagnostic& d : faults) out.push_back(d.line(Language::en));
  return out;
}

inline Files files_in(const std::filesystem::path& root) {
  Files files;
  if (!std::filesystem::is_directory(root)) return files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream stream(entry.path(), std::ios::binary);
    files[std::filesystem::relative(entry.path(), root).generic_string()] =
        std::string(std::istreambuf_iterator<char>(stream), {});
  }
  return files;
}

/// A folder of the repository as a pack.
inline Files folder(const std::string& relative) {
  const std::filesystem::path root = std::filesystem::path(GANGMU_SOURCE_DIR) / relative;
  return with_common(files_in(root), [](const std::string& name) {
    return files_in(std::filesystem::path(GANGMU_SOURCE_DIR) / "programmes/common" / name);
  });
}

}   // namespace gangmu::pack::sample
