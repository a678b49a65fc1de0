// SPDX-License-Identifier: Apache-2.0
#include "app/records/kinds.hpp"

#include <algorithm>

#include "app/pack_kinds.hpp"

namespace gangmu::app {
namespace {

/// The day by which all that is published holds: a later day changes nothing of what was proved.
Date published_by(const store::Definitions& definitions) {
  Date out;
  for (const char* kind : {"kind", "flow", "codes", "limits"})
    for (const auto* one : definitions.list(kind)) {
      out = std::max(out, one->valid_from);
      const auto* rows = kind == std::string_view("limits") ? one->body["rows"].array() : nullptr;
      for (std::size_t i = 0; rows && i < rows->size(); ++i)
        if (const auto from = Date::parse((*rows)[i]["from"].string_or(""))) out = std::max(out, *from);
    }
  return out;
}

}   // namespace

Result<std::shared_ptr<const record::Catalogue>> kinds_of(const store::Definitions& definitions) {
  return catalogue_of(definitions, published_by(definitions));
}

}   // namespace gangmu::app
