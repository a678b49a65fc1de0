// SPDX-License-Identifier: Apache-2.0
// An act on one record, as it is decided on the writer: what every such act asks and does. Internal to this folder.
#pragma once

#include <string>

#include "app/records/desk.hpp"

namespace gangmu::app {

/// What was asked, before it is known under which number.
struct Wish {
  std::string step{};
  Json fields{};
  std::string reason{};
  std::string state{};   ///< of a way out: the state to go to
  Seq base{};
};
/// Fields, reason and, of a way out, the state; persons in the reason are masked. Errors: limit_exceeded, those of
/// JsonBody.
Result<Wish> wish_of(const Service& service, const Call& call, std::string step);
/// What stands beside the request key: field by field, without what is personal.
Json command_of(const record::Kind& kind, const Wish& wish, const std::string& object);

struct Act {
  const Service& service;
  const Desk& desk;
  const record::Kind& kind;
  Wish wish;

  /// What was typed, into `asked`: personal values, and what is hidden in texts, sealed under the record's key.
  [[nodiscard]] Status take_typed(store::Tx& tx, const record::RecordId& id, record::Asked& asked) const;
  /// Nobody hands a record to a place beyond their own region, nor refers to one they may not see.
  [[nodiscard]] Status within(const Hat& hat, const record::Values& values) const;
  [[nodiscard]] tl::unexpected<Error> refused(const char* zh, const char* en) const;
  /// As it is for the writer: a register may have been closed since the page was read.
  [[nodiscard]] Status still_open(store::Tx& tx) const;
  /// The record as it is there. Errors: unknown_record, and that of still_open.
  [[nodiscard]] Result<record::Record> before(store::Tx& tx, const record::RecordId& id) const;
  /// Writes what was decided. Errors: nothing_changed, key_taken.
  Result<Json> done(store::Tx& tx, const record::RecordId& id, record::Event event) const;
};

/// Whether what the event claims is free. Error: key_taken.
Status keys_free(store::Tx& tx, const record::RecordId& id, const record::Event& event);

/// {"seq", "id"}.
Reply reply_of(const store::Answer& answer);

}   // namespace gangmu::app
