// SPDX-License-Identifier: Apache-2.0
// All kinds of a programme from its published definitions: "kind" (id: the kind's), "flow" (name@version), "codes" (id:
// the list's) and "limits" (id: limits). A pack and a store read them here, so that what lint accepts can be run.
#pragma once

#include <functional>
#include <span>

#include "base/definition.hpp"
#include "record/body.hpp"
#include "record/kind.hpp"

namespace gangmu::record {

struct Declared {
  std::vector<const Definition*> kinds{}, flows{}, codes{};
  const Definition* limits = nullptr;
  std::vector<const Definition*> laws{};   ///< "law": titles for the citations of limits
};

/// The body of a definition with positions; `placed` for what is stored.
using Bodies = std::function<Placed(const Definition&)>;
Placed stored_body(const Definition& definition);

/// `around`: roles, indicators, lines and today; its lists, flows and limits come from the definitions.
/// Errors: all faults of form, or those of Catalogue::make; each once, with its position.
Result<std::shared_ptr<const Catalogue>> catalogue_of(const Declared& declared, Around around,
                                                      const Bodies& bodies = stored_body,
                                                      const KindLimits& limits = {});

/// Rows of a definition "codes". Shape: {"id": …, "rows": [{"code": …, "zh": …, "until": …}]}.
std::vector<CodeSource> codes_of_body(const Placed& body);
/// Rows of the definition "limits", with citations from `laws`.
std::vector<flow::LimitRow> limits_of_body(const Placed& body, std::span<const Definition* const> laws);

}   // namespace gangmu::record
