// SPDX-License-Identifier: Apache-2.0
#include "app/records/kinds.hpp"

#include "access/role.hpp"
#include "record/programme.hpp"
#include "store/definitions.hpp"

namespace gangmu::app {
namespace {

/// Roles of the programme's own table, else the standard ones.
std::vector<std::string> roles_in(const store::Definitions& definitions) {
  std::vector<std::string> out;
  access::Roles own;
  const access::Roles* roles = &access::standard_roles();
  for (const auto* one : definitions.list("roles"))
    if (auto read = access::Roles::read(one->body)) {
      own = *std::move(read);
      roles = &own;
    }
  for (const access::Role& role : roles->list()) out.push_back(role.id);
  return out;
}

std::vector<const Definition*> all_of(const store::Definitions& definitions, std::string_view kind) {
  std::vector<const Definition*> out;
  for (const auto* one : definitions.list(kind)) out.push_back(one);
  return out;
}

}   // namespace

Result<std::shared_ptr<const record::Catalogue>> kinds_of(const store::Definitions& definitions) {
  record::Declared declared;
  declared.kinds = all_of(definitions, "kind");
  if (declared.kinds.empty()) return std::shared_ptr<const record::Catalogue>();
  declared.flows = all_of(definitions, "flow");
  declared.codes = all_of(definitions, "codes");
  declared.laws = all_of(definitions, "law");
  declared.limits = definitions.latest("limits", "limits");
  record::Around around;
  around.roles = roles_in(definitions);
  for (const std::string& id : definitions.ids("indicator")) around.indicators.push_back(id);
  return record::catalogue_of(declared, std::move(around));
}

}   // namespace gangmu::app
