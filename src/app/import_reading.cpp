// SPDX-License-Identifier: Apache-2.0
#include "app/import_reading.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <memory>
#include <set>

#include "app/errors.hpp"
#include "app/import_persons.hpp"
#include "app/persons.hpp"
#include "app/place_names.hpp"
#include "app/task_rows.hpp"
#include "base/text.hpp"
#include "plan/errors.hpp"
#include "plan/register_book.hpp"
#include "sheet/workbook.hpp"

namespace gangmu::app {
namespace {

struct ReadSheet {
  const Grid* grid = nullptr;
  plan::Reading reading;
  std::string sheet;                     ///< the one read; empty where several are asked about
  std::set<std::string> sheets;          ///< all that were read
  std::unique_ptr<const Grid> stacked;   ///< where they are several
};

/// Answers the ledger reader knows; those to questions about places and sheets are ours.
plan::Answers ledger_answers(const plan::Answers& all) {
  plan::Answers out;
  for (const auto& [id, value] : all) {
    if (!id.starts_with(place_question) && id != plan::sheets_question) out[id] = value;
  }
  return out;
}

Result<ReadSheet> read_first_ledger(const sheet::Workbook& book, const plan::ReadingContext& context,
                                    const plan::Answers& answers) {
  std::optional<Error> first;
  for (const bool hidden : {false, true}) {
    for (std::size_t i = 0; i < book.sheets.size(); ++i) {
      const Grid& grid = book.sheets[i];
      if (grid.hidden != hidden) continue;
      const auto sound = book.sound(i);
      auto reading = plan::read_register(grid, context, answers);
      if (reading && !sound) return fail(sound.error());   // the ledger, and it can't be taken as it stands
      if (reading) return ReadSheet{&grid, *std::move(reading), grid.sheet, {grid.sheet}, nullptr};
      if (!first) first = sound ? std::move(reading).error() : sound.error();
    }
  }
  if (!first) return fail(plan::errors::register_empty);
  return fail(*std::move(first));
}

/// Several ledgers of one workbook: all below each other, or the one that was answered.
Result<ReadSheet> read_ledgers(const sheet::Workbook& book, const std::vector<const Grid*>& ledgers,
                               const plan::ReadingContext& context, const plan::Answers& all) {
  plan::Question question = plan::ask_sheets(ledgers);
  if (const auto answer = all.find(plan::sheets_question); answer != all.end()) {
    const bool listed =
        std::ranges::find(question.choices, answer->second, &plan::Choice::value) != question.choices.end();
    if (!listed)
      return fail(plan::errors::answer_refused,
                  {question.id, answer->second, "请从所列选项中选择", "choose one of the listed values"});
    question.answer = answer->second;
  }
  const std::string& chosen = question.answer.empty() ? question.default_value : question.answer;
  std::vector<const Grid*> read = ledgers;
  if (const auto one = std::ranges::find(ledgers, chosen, &Grid::sheet); one != ledgers.end()) read = {*one};
  ReadSheet out{read.front(), {}, "", {}, nullptr};
  if (read.size() > 1) {
    out.stacked = std::make_unique<const Grid>(plan::stacked(read));
    out.grid = out.stacked.get();
  }
  for (const Grid* grid : read) {
    TRY(book.sound(static_cast<std::size_t>(grid - book.sheets.data())));
    out.sheets.insert(grid->sheet);
  }
  TRY_ASSIGN(out.reading, plan::read_register(*out.grid, context, ledger_answers(all)));
  if (question.required && question.answer.empty()) ++out.reading.open_questions;
  out.reading.questions.insert(out.reading.questions.begin(), std::move(question));
  return out;
}

Result<ReadSheet> read_sheet(const sheet::Workbook& book, const std::vector<std::string>& names,
                             const ReadingWish& wish) {
  const plan::ReadingContext context{wish.year > 0 ? std::optional(wish.year) : std::nullopt};
  const plan::Answers answers = ledger_answers(wish.answers);
  if (wish.sheet.empty()) {
    const std::vector<const Grid*> ledgers = plan::ledgers_in(book.sheets);
    return ledgers.size() > 1 ? read_ledgers(book, ledgers, context, wish.answers)
                              : read_first_ledger(book, context, answers);
  }
  const auto found = std::ranges::find(book.sheets, wish.sheet, &Grid::sheet);
  if (found == book.sheets.end()) return fail(errors::sheet_unknown, {wish.sheet, text::join(names, "、")});
  TRY(book.sound(static_cast<std::size_t>(found - book.sheets.begin())));
  TRY_ASSIGN(plan::Reading reading, plan::read_register(*found, context, answers));
  return ReadSheet{&*found, std::move(reading), found->sheet, {found->sheet}, nullptr};
}

// --- places ----------------------------------------------------------------------------------------------------------

plan::Question ask_place(const Picture& picture, const PlaceNames& names, const std::string& typed) {
  plan::Question question;
  question.id = std::string(place_question) + typed;
  question.zh = "“" + typed + "”是哪个地区？";
  question.en = "Which place is '" + typed + "'?";
  for (const place::NodeIndex node : names.candidates(typed)) {
    const place::Place& place = picture.tree()[node];
    question.choices.push_back({place.code, place_path(picture.tree(), node, &place::Place::name_zh),
                                place_path(picture.tree(), node, &place::Place::name_en)});
  }
  const place::Place& own = picture.tree()[picture.focus()];
  question.choices.push_back(
      {std::string(no_place), "不分地区，记在" + own.name_zh, "no place of its own: keep it with " + own.name_en});
  question.free_text = true;
  question.required = true;
  return question;
}

/// Puts codes in place of names; what a name does not tell is asked once for all its rows.
Status settle_places(const Picture& picture, const plan::Answers& answers, plan::Reading& reading) {
  const PlaceNames names(picture);
  std::map<std::string, plan::Question> asked;
  std::map<std::string, std::string> codes;
  Diagnostics faults;
  for (plan::RowReading& row : reading.rows) {
    const std::string typed = row.task.place;
    if (typed.empty()) continue;
    if (const auto node = names.find(typed)) {
      row.task.place = picture.tree()[*node].code;
      continue;
    }
    auto [question, fresh] = asked.try_emplace(typed);
    if (fresh) {
      question->second = ask_place(picture, names, typed);
      const auto answer = answers.find(question->second.id);
      const auto node =
          answer == answers.end() || answer->second == no_place ? std::nullopt : names.find(answer->second);
      if (node) codes[typed] = picture.tree()[*node].code;
      if (node || (answer != answers.end() && answer->second == no_place))
        question->second.answer = answer->second;
      else if (answer != answers.end())
        faults.push_back({&errors::place_unread, {answer->second, typed}, {}});
    }
    question->second.rows.push_back(row.row);
    row.questions.push_back(question->second.id);
    row.task.place = codes[typed];
  }
  for (auto& [typed, question] : asked) {
    if (question.answer.empty()) ++reading.open_questions;
    reading.questions.push_back(std::move(question));
  }
  if (!faults.empty()) return fail(std::move(faults));
  return {};
}

// --- notes -----------------------------------------------------------------------------------------------------------

void note_changes(const plan::Reading& reading, std::vector<ImportNote>& notes) {
  for (const plan::Normalisation& change : reading.normalisations) {
    std::string zh = plan::normalisation_zh(change.rule), en = plan::normalisation_en(change.rule);
    if (!change.from.empty() || !change.to.empty()) {
      const std::string from = masked(change.from), to = masked(change.to);
      zh += "：“" + from + "”" + (to == from ? "" : " → “" + to + "”");
      en += ": '" + from + "'" + (to == from ? "" : " → '" + to + "'");
    }
    notes.push_back({static_cast<int>(change.row) + 1, cell_address(reading.parts, change.row, change.column),
                     std::move(zh), std::move(en)});
  }
}

/// What the reader of the workbook found odd in the chosen sheet.
void note_workbook(const sheet::Workbook& book, const ReadSheet& chosen, std::vector<ImportNote>& notes) {
  for (const Diagnostic& found : book.notes) {
    const std::string& where = found.where.cell;
    const std::size_t mark = where.rfind('!');
    if (mark != std::string::npos && !chosen.sheets.contains(where.substr(0, mark))) continue;
    const std::string cell = mark == std::string::npos ? where : where.substr(mark + 1);
    const std::size_t digits = std::min(cell.find_first_of("0123456789"), cell.size());
    int row = found.where.line;
    std::from_chars(cell.data() + digits, cell.data() + cell.size(), row);
    std::string shown = cell;
    for (const GridPart& part : chosen.grid->parts) {
      if (mark == std::string::npos || where.substr(0, mark) != part.sheet) continue;
      row += static_cast<int>(part.first_row);
      shown = where;
    }
    notes.push_back({row, shown, found.text(Language::zh), found.text(Language::en)});
  }
}

/// Open tasks of other batches with the same number and title: allowed, but said.
void note_repetitions(const Service& service, const Picture& picture, const std::string& import,
                      const plan::Reading& reading, std::vector<ImportNote>& notes) {
  std::map<std::pair<std::string_view, std::string_view>, std::string> known;
  for (const TaskRow& row : task_rows(picture, service.today())) {
    if (row.light != plan::DateLight::closed && row.batch() != import)
      known.try_emplace({row.text("number"), row.text("title")}, row.stored->id);
  }
  for (const plan::RowReading& row : reading.rows) {
    const auto found = known.find({row.task.number, row.task.title});
    if (found == known.end()) continue;
    notes.push_back({static_cast<int>(row.row) + 1, cell_address(reading.parts, row.row, 0),
                     "与已有任务 " + found->second + " 的序号和任务相同，确认后两项并存",
                     "task " + found->second + " has the same number and title; both will stand"});
  }
}

Result<sheet::Workbook> read_file(const Service& service, std::string_view bytes, const std::string& file) {
  sheet::Limits limits;
  limits.file_bytes = service.limits().import_bytes;
  limits.rows = service.limits().import_rows;
  TRY_ASSIGN(sheet::Workbook book, sheet::read_workbook(bytes, file, limits));
  for (Grid& grid : book.sheets) grid.sheet = masked(grid.sheet);
  return book;
}

}   // namespace

std::vector<const plan::Question*> ImportReading::blocking() const {
  std::vector<const plan::Question*> out;
  for (const plan::Question& question : ledger.questions) {
    if (question.required && question.answer.empty()) out.push_back(&question);
  }
  return out;
}

Json ImportReading::counts() const {
  Json out;
  const auto count = [&](const char* name, std::size_t n) { out.set(name, static_cast<std::int64_t>(n)); };
  count("rows", ledger.rows.size() + ledger.skipped.size());
  count("tasks", ledger.rows.size());
  count("skipped", ledger.skipped.size());
  count("questions", static_cast<std::size_t>(
                         std::ranges::count_if(ledger.questions, [](const auto& q) { return q.answer.empty(); })));
  count("notes", notes.size());
  return out;
}

Result<ImportReading> read_ledger(const Service& service, const Picture& picture, std::string_view bytes,
                                  const ReadingWish& wish) {
  TRY_ASSIGN(const sheet::Workbook book, read_file(service, bytes, wish.file));
  ImportReading out;
  for (const Grid& grid : book.sheets) out.sheets.push_back(grid.sheet);
  TRY_ASSIGN(ReadSheet chosen, read_sheet(book, out.sheets, wish));
  out.sheet = chosen.sheet;
  out.ledger = std::move(chosen.reading);
  hide_persons(out.ledger, *chosen.grid, out.notes);
  note_workbook(book, chosen, out.notes);
  note_changes(out.ledger, out.notes);
  note_repetitions(service, picture, wish.import, out.ledger, out.notes);
  TRY(settle_places(picture, wish.answers, out.ledger));
  std::ranges::stable_sort(out.notes, {}, &ImportNote::row);
  return out;
}

}   // namespace gangmu::app
