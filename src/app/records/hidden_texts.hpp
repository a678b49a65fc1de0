// SPDX-License-Identifier: Apache-2.0
// Telephone and identity numbers typed into a plain text of a record are hidden in it, as everywhere else; the text as
// it was typed is sealed with the event (`hid`), under the record's key.
#pragma once

#include <map>
#include <string>

#include "base/result.hpp"
#include "place/tree.hpp"
#include "record/field.hpp"
#include "record/record.hpp"
#include "store/vault.hpp"

namespace gangmu::app {

class HiddenTexts {
 public:
  /// In a plain text, and in the name of a unit or post that is no code of a place. `at`: the field, "done[0].note" of
  /// a row.
  void hide_in(const record::Field& field, record::Value& value, const std::string& at, const place::Tree& tree);
  /// {"<at>": original}; empty where nothing was hidden.
  [[nodiscard]] std::string originals() const;

 private:
  void hide(std::string& text, const std::string& at);
  std::map<std::string, std::string> originals_;
};

/// Ciphertext for record::Asked::sealed; empty where nothing was hidden. After an erasure it is not kept.
Result<std::string> seal_hidden(store::Vault& vault, const record::RecordId& id, const HiddenTexts& texts);

}   // namespace gangmu::app
