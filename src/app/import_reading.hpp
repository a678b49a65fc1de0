// SPDX-License-Identifier: Apache-2.0
// An office's file → tasks with places, questions and notes: sheet/ reads the bytes, plan/ the ledger, and what only
// the programme knows is added here: which place a name means, which tasks are there already, which cells tell of
// persons where nobody asked for them. Equal file, answers and View give an equal reading.
#pragma once

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

struct ImportReading {
  std::vector<std::string> sheets;   ///< of the workbook, as the tabs stand
  std::string sheet;                 ///< the one read; empty for csv and where several ledgers are asked about
  plan::Reading ledger;              ///< place questions "place:<as typed>" are among its questions; persons are hidden
  std::vector<ImportNote> notes;     ///< in order of rows

  [[nodiscard]] std::vector<const plan::Question*> blocking() const;   ///< required and without an answer
  [[nodiscard]] Json counts() const;                                   ///< ImportCounts
};

struct ReadingWish {
  std::string file;    ///< name, for messages
  std::string sheet;   ///< empty: the ledgers of the workbook, "sheets" is asked where it holds several
  int year = 0;        ///< of the day it was uploaded, for dues without a year
  plan::Answers answers;
  std::string import;   ///< id of the batch: its own tasks are no repetition
};

/// Errors: sheet_unknown, those of sheet::read_workbook and plan::read_register; when no sheet can be read, those of
/// the first.
Result<ImportReading> read_ledger(const Service& service, const Picture& picture, std::string_view bytes,
                                  const ReadingWish& wish);

inline constexpr std::string_view place_question = "place:";
/// Answer to a place question: the programme's own place.
inline constexpr std::string_view no_place = "none";

}   // namespace gangmu::app
