// SPDX-License-Identifier: Apache-2.0
// What the steps of an import share: its file read under its answers, the batch as the writer finds it, and the answer
// that shows how it stands now.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/import_kept.hpp"
#include "app/import_reading.hpp"
#include "app/json_body.hpp"

namespace gangmu::app {

std::string_view import_state_zh(std::string_view state);
/// Error: import_state, saying what can't be done with it.
Status require_state(const store::ImportBatch& batch, std::string_view wanted, const char* zh, const char* en);

using GivenAnswers = std::vector<std::pair<std::string, std::string>>;

/// The batch's file under its own answers: as kept in memory, else read again.
Result<ImportReading> read_again(Service& service, const Picture& picture, const store::ImportBatch& batch);
/// Keeps what was read of a file for the batch it became, before anything is answered.
void keep_reading(Service& service, const Picture& picture, const std::string& import, SharedLedger reading);

/// A batch as seen, and its file read under given answers: made outside the writer, for reading a workbook takes long.
struct ImportDraft {
  Picture picture;
  store::ImportBatch batch;
  ImportReading reading;
};
/// Answers as they were, with the new ones put in; an empty answer takes the old one back.
Result<ImportDraft> import_draft(Service& service, const Call& call, const GivenAnswers& given);

Result<store::ImportBatch> batch_in(store::Tx& tx, const store::ImportBatch& seen);   ///< error: unknown_import
/// The batch in the transaction is open and still as the draft saw it. Errors: unknown_import, import_state,
/// import_busy.
Status require_unchanged(store::Tx& tx, const store::ImportBatch& seen, const char* zh, const char* en);

inline constexpr int most_turns = 5;   // readings of one file for one request, while others answer too
/// Tries again, on a fresh draft, while others write to the batch in between.
template <class Attempt>
Result<Reply> in_turn(const Attempt& attempt) {
  for (int turn = 1;; ++turn) {
    Result<Reply> reply = attempt();
    if (reply || turn == most_turns || !reply.error().is(errors::import_busy)) return reply;
  }
}

/// {"seq","at","actor"} of the entry being written.
Json import_stamp(const store::Tx& tx, const Actor& actor);
/// What a write of an import answers: {"import":id}.
Json import_answer(const std::string& id);
/// The batch as it stands after a write, with the first page of each list. `reading` saves reading the file again.
Result<Reply> import_reply(Service& service, const Picture& before, const store::Answer& answer,
                           const ImportReading* reading, bool enveloped);

}   // namespace gangmu::app
