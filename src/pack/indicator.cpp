// SPDX-License-Identifier: Apache-2.0
// The row of an indicator ⇄ fact::Indicator. A row's body and fact's JSON have the same members; a row leaves empty
// ones out.
#include "fact/indicator.hpp"

#include "pack/pack.hpp"

namespace gangmu::pack {

Result<fact::Indicator> indicator_of(const Definition& definition) {
  return fact::indicator_from_json(definition.body, definition.version);
}

Definition indicator_definition(const fact::Indicator& indicator, Date valid_from) {
  Json body(Json::Object{});
  const Json whole = fact::to_json(indicator);
  for (const auto& [name, value] : *whole.object()) {
    const bool default_value = name == "public" ? value.boolean_or(true) : value.string() && value.string()->empty();
    if (!default_value) body.set(name, value);
  }
  return {.kind = "indicator",
          .id = indicator.code.value,
          .version = indicator.version,
          .valid_from = valid_from,
          .retired = false,
          .body = std::move(body)};
}

}   // namespace gangmu::pack
