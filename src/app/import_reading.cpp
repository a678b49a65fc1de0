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

/// Where a cell is left blank the reader may take the text above it: one long text over many rows would fill memory.
/// Counts each column as if every blank cell below a text repeated it, so it says too much rather than too little.
Status check_spread(const Limits& limits, const Grid& grid) {
  std::size_t bytes = 0;
  std::vector<std::size_t> above;
  for (const auto& row : grid.rows) {
    above.resize(std::max(above.size(), row.size()));
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (!row[c].text.empty()) above[c] = row[c].text.size();
    }
    for (const std::size_t one : above) bytes += one;
  }
  if (bytes <= limits.import_text_bytes) return {};
  return fail(errors::limit_exceeded,
              {"工作表“" + grid.sheet + "”中各行文字（空格按上一行的内容计）的字节数", std::to_string(bytes),
               std::to_string(limits.import_text_bytes) + "；请拆成几份表，或删去不用的长文字",
               "bytes of the rows of sheet '" + grid.sheet + "', blanks counted as the text above (split the sheet)"});
}

Result<ReadSheet> read_one(const Limits& limits, const Grid& grid, const plan::ReadingContext& context,
                           const plan::Answers& answers) {
  TRY(check_spread(limits, grid));
  TRY_ASSIGN(plan::Reading reading, plan::read_register(grid, context, answers));
  return ReadSheet{&grid, std::move(reading), grid.sheet, {grid.sheet}, nullptr};
}

Result<ReadSheet> read_first_ledger(const Limits& limits, const sheet::Workbook& book,
                                    const plan::ReadingContext& context, const plan::Answers& answers) {
  std::optional<Error> first;
  for (const bool hidden : {false, true}) {
    for (std::size_t i = 0; i < book.sheets.size(); ++i) {
      const Grid& grid = book.sheets[i];
      if (grid.hidden != hidden) continue;
      const auto sound = book.sound(i);
      auto read = read_one(limits, grid, context, answers);
      if (read && !sound) return fail(sound.error());   // the ledger, and it can't be taken as it stands
      if (read) return read;
      if (!first) first = sound ? std::move(read).error() : sound.error();
    }
  }
  if (!first) return fail(plan::errors::register_empty);
  return fail(*std::move(first));
}

/// Several ledgers of one workbook: all below each other, or the one that was answered.
Result<ReadSheet> read_ledgers(const Limits& limits, const sheet::Workbook& book,
                               const std::vector<const Grid*>& ledgers, const plan::ReadingContext& context,
                               const plan::Answers& all) {
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
  TRY(check_spread(limits, *out.grid));
  TRY_ASSIGN(out.reading, plan::read_register(*out.grid, context, ledger_answers(all)));
  if (question.required && question.answer.empty()) ++out.reading.open_questions;
  out.reading.questions.insert(out.reading.questions.begin(), std::move(question));
  return out;
}

Result<ReadSheet> read_sheet(const Limits& limits, const sheet::Workbook& book, const std::vector<std::string>& names,
                             const ReadingWish& wish) {
  const plan::ReadingContext context{wish.year > 0 ? std::optional(wish.year) : std::nullopt};
  const plan::Answers answers = ledger_answers(wish.answers);
  if (wish.sheet.empty()) {
    const std::vector<const Grid*> ledgers = plan::ledgers_in(book.sheets);
    return ledgers.size() > 1 ? read_ledgers(limits, book, ledgers, context, wish.answers)
                              : read_first_ledger(limits, book, context, answers);
  }
  const auto found = std::ranges::find(book.sheets, wish.sheet, &Grid::sheet);
  if (found == book.sheets.end()) return fail(errors::sheet_unknown, {wish.sheet, text::join(names, "、")});
  TRY(book.sound(static_cast<std::size_t>(found - book.sheets.begin())));
  return read_one(limits, *found, context, answers);
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

/// What a name does not tell is asked once for all its rows.
Status settle_places(const Picture& picture, const plan::Answers& answers, ImportReading& reading) {
  const PlaceNames names(picture);
  std::map<std::string_view, plan::Question> asked;
  Diagnostics faults;
  for (const plan::RowReading& row : reading.file->ledger.rows) {
    const std::string& typed = row.task.place;
    if (typed.empty()) continue;
    auto [place, fresh] = reading.places.try_emplace(typed);
    if (!fresh) {
      if (!place->second.question.empty()) asked[place->first].rows.push_back(row.row);
      continue;
    }
    if (const auto node = names.find(typed)) {
      place->second.code = picture.tree()[*node].code;
      continue;
    }
    plan::Question& question = asked[place->first] = ask_place(picture, names, typed);
    question.rows.push_back(row.row);
    place->second.question = question.id;
    const auto answer = answers.find(question.id);
    if (answer == answers.end()) continue;
    const bool none = answer->second == no_place;
    const auto node = none ? std::nullopt : names.find(answer->second);
    if (node) place->second.code = picture.tree()[*node].code;
    if (node || none)
      question.answer = answer->second;
    else
      faults.push_back({&errors::place_unread, {answer->second, typed}, {}});
  }
  for (auto& [typed, question] : asked) reading.place_questions.push_back(std::move(question));
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
      known.try_emplace({row.text(plan::task_field::ledger_number), row.text(plan::task_field::title)},
                        std::to_string(row.number));
  }
  for (const plan::RowReading& row : reading.rows) {
    const auto found = known.find({row.task.number, row.task.title});
    if (found == known.end()) continue;
    notes.push_back({static_cast<int>(row.row) + 1, cell_address(reading.parts, row.row, 0),
                     "与已有任务 " + found->second + " 的序号和任务相同，确认后两项并存",
                     "task " + found->second + " has the same number and title; both will stand"});
  }
}

Result<sheet::Workbook> read_file(const Limits& limits, std::string_view bytes, const std::string& file) {
  sheet::Limits of_sheet;
  of_sheet.file_bytes = limits.import_bytes;
  of_sheet.rows = limits.import_rows;
  of_sheet.cells = limits.import_cells;
  of_sheet.text_bytes = limits.import_text_bytes;
  TRY_ASSIGN(sheet::Workbook book, sheet::read_workbook(bytes, file, of_sheet));
  for (Grid& grid : book.sheets) grid.sheet = masked(grid.sheet);
  return book;
}

/// What a reading takes in memory: each text is held about three times (the task, the field it was read from, the
/// layout), each row and note has its own frame.
std::size_t weight_of(const LedgerReading& reading) {
  constexpr std::size_t copies = 3, frame = 1024;
  std::size_t out = (reading.ledger.rows.size() + reading.ledger.skipped.size() + reading.notes.size() +
                     reading.ledger.normalisations.size() + reading.ledger.questions.size()) *
                    frame;
  for (const plan::RowReading& row : reading.ledger.rows) {
    for (const plan::FieldReading& field : row.fields) out += copies * (sizeof(field) + field.value.size());
  }
  for (const plan::Normalisation& change : reading.ledger.normalisations) out += change.from.size() + change.to.size();
  for (const ImportNote& note : reading.notes) out += note.zh.size() + note.en.size();
  return out;
}

}   // namespace

std::vector<const plan::Question*> ImportReading::questions() const {
  std::vector<const plan::Question*> out;
  for (const auto* list : {&file->ledger.questions, &place_questions}) {
    for (const plan::Question& question : *list) out.push_back(&question);
  }
  const auto rank = [](const plan::Question* q) { return !q->answer.empty() ? 2 : q->required ? 0 : 1; };
  std::ranges::stable_sort(out, {}, rank);
  return out;
}

std::vector<const plan::Question*> ImportReading::blocking() const {
  auto out = questions();
  std::erase_if(out, [](const plan::Question* q) { return !q->required || !q->answer.empty(); });
  return out;
}

std::vector<const ImportNote*> ImportReading::notes() const {
  std::vector<const ImportNote*> out;
  for (const auto* list : {&file->notes, &repetitions}) {
    for (const ImportNote& note : *list) out.push_back(&note);
  }
  std::ranges::stable_sort(out, {}, &ImportNote::row);
  return out;
}

plan::Task ImportReading::task(const plan::RowReading& row) const {
  plan::Task out = row.task;
  if (const auto place = places.find(out.place); place != places.end()) out.place = place->second.code;
  return out;
}

std::vector<std::string> ImportReading::questions_of(const plan::RowReading& row) const {
  std::vector<std::string> out = row.questions;
  const auto place = places.find(row.task.place);
  if (place != places.end() && !place->second.question.empty()) out.push_back(place->second.question);
  return out;
}

Json ImportReading::counts() const {
  Json out;
  const auto count = [&](const char* name, std::size_t n) { out.set(name, static_cast<std::int64_t>(n)); };
  const auto all = questions();
  const auto open = [](const plan::Question* q) { return q->answer.empty(); };
  count("rows", file->ledger.rows.size() + file->ledger.skipped.size());
  count("tasks", file->ledger.rows.size());
  count("skipped", file->ledger.skipped.size());
  count("questions", static_cast<std::size_t>(std::ranges::count_if(all, open)));
  count("blocking", blocking().size());
  count("asked", all.size());
  count("notes", file->notes.size() + repetitions.size());
  return out;
}

Result<SharedLedger> read_ledger(const Limits& limits, std::string_view bytes, const ReadingWish& wish) {
  TRY_ASSIGN(const sheet::Workbook book, read_file(limits, bytes, wish.file));
  auto out = std::make_shared<LedgerReading>();
  for (const Grid& grid : book.sheets) out->sheets.push_back(grid.sheet);
  TRY_ASSIGN(ReadSheet chosen, read_sheet(limits, book, out->sheets, wish));
  out->sheet = chosen.sheet;
  out->ledger = std::move(chosen.reading);
  hide_persons(out->ledger, *chosen.grid, out->notes);
  note_workbook(book, chosen, out->notes);
  note_changes(out->ledger, out->notes);
  std::ranges::stable_sort(out->notes, {}, &ImportNote::row);
  out->weight = weight_of(*out);
  return out;
}

Result<ImportReading> with_programme(const Service& service, const Picture& picture, SharedLedger file,
                                     const ReadingWish& wish) {
  ImportReading out{.file = std::move(file), .places = {}, .place_questions = {}, .repetitions = {}};
  note_repetitions(service, picture, wish.import, out.file->ledger, out.repetitions);
  TRY(settle_places(picture, wish.answers, out));
  return out;
}

}   // namespace gangmu::app
