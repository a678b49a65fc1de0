// SPDX-License-Identifier: Apache-2.0
#include "app/records/hidden_texts.hpp"

#include <utility>

#include "app/persons.hpp"

namespace gangmu::app {

void HiddenTexts::hide(std::string& text, const std::string& at) {
  std::string shown = masked(text);
  if (shown != text) originals_[at] = std::exchange(text, std::move(shown));
}

void HiddenTexts::hide_in(const record::Field& field, record::Value& value, const std::string& at,
                          const place::Tree& tree) {
  if (field.personal) return;
  if (auto* text = std::get_if<std::string>(&value); text && field.type == record::Type::text) hide(*text, at);
  auto* who = std::get_if<record::Who>(&value);
  if (who && who->kind != record::Who::Kind::account && tree.find_code(who->id) == place::no_node) hide(who->id, at);
}

std::string HiddenTexts::originals() const {
  if (originals_.empty()) return {};
  Json out;
  for (const auto& [at, text] : originals_) out.set(at, text);
  return out.canonical();
}

Result<std::string> seal_hidden(store::Vault& vault, const record::RecordId& id, const HiddenTexts& texts) {
  const std::string originals = texts.originals(), subject = record_subject(id);
  if (originals.empty() || vault.erased(subject)) return std::string();
  return seal_text(vault, subject, originals);
}

}   // namespace gangmu::app
