// SPDX-License-Identifier: Apache-2.0
// An office's file → tasks with places, questions and notes, in two steps. What the bytes and the answers alone say
// (sheet/ reads the bytes, plan/ the ledger, persons are hidden) is the same for everybody and is kept for the next
// reader (import_readings.hpp). What only the programme knows is added anew each time: which place a name means, which
// tasks are there already. Equal file, answers and View give an equal reading.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/picture.hpp"
#include "plan/task_register.hpp"

namespace gangmu::app {

struct ImportNote {
  int row = 0;        ///< 1-based; 0 = the sheet
  std::string cell;   ///< "C7"
  std::string zh, en;
};

/// A file as the ledger it is; never changed once made.
struct LedgerReading {
  std::vector<std::string> sheets;   ///< of the workbook, as the tabs stand
  std::string sheet;                 ///< the one read; empty for csv
  plan::Reading ledger;              ///< persons are hidden; places stand as typed
  std::vector<ImportNote> notes;     ///< in order of rows
  std::size_t weight = 0;            ///< bytes of memory, estimated
};
using SharedLedger = std::shared_ptr<const LedgerReading>;

struct ReadingWish {
  std::string file;    ///< name, for messages
  std::string sheet;   ///< empty: the first that can be read as a ledger
  int year = 0;        ///< of the day it was uploaded, for dues without a year
  plan::Answers answers;
  std::string import;   ///< id of the batch: its own tasks are no repetition
};

/// Errors: sheet_unknown, limit_exceeded, those of sheet::read_workbook and plan::read_register; when no sheet can be
/// read, those of the first.
Result<SharedLedger> read_ledger(const Limits& limits, std::string_view bytes, const ReadingWish& wish);

/// Which place a name of the ledger means.
struct NamedPlace {
  std::string code;       ///< empty: not told yet, or kept with the programme's own place
  std::string question;   ///< id; empty: the name told it
};

struct ImportReading {
  SharedLedger file;
  std::map<std::string, NamedPlace, std::less<>> places;   ///< by name as typed
  std::vector<plan::Question> place_questions;
  std::vector<ImportNote> repetitions;   ///< of tasks that are there already

  /// All of them; those that must be answered first, then the other open ones, then the answered ones.
  [[nodiscard]] std::vector<const plan::Question*> questions() const;
  [[nodiscard]] std::vector<const plan::Question*> blocking() const;   ///< required and without an answer
  [[nodiscard]] std::vector<const ImportNote*> notes() const;          ///< in order of rows
  [[nodiscard]] plan::Task task(const plan::RowReading& row) const;    ///< with the code of its place
  [[nodiscard]] std::vector<std::string> questions_of(const plan::RowReading& row) const;
  [[nodiscard]] Json counts() const;   ///< ImportCounts
};

/// Error: place_unread.
Result<ImportReading> with_programme(const Service& service, const Picture& picture, SharedLedger file,
                                     const ReadingWish& wish);

inline constexpr std::string_view place_question = "place:";
/// Answer to a place question: the programme's own place.
inline constexpr std::string_view no_place = "none";

}   // namespace gangmu::app
