// SPDX-License-Identifier: Apache-2.0
#include "plan/register_plan.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "plan/register_lines.hpp"

namespace gangmu::plan {

namespace {

constexpr int least_repeated = 3;   // columns that make a row the head once more
constexpr std::size_t most_named = 10;

class Planner {
 public:
  Planner(const LedgerSheet& sheet, Desk& desk) : sheet_(sheet), grid_(sheet.grid()), desk_(desk) {}

  Result<SheetPlan> plan() {
    TRY_ASSIGN(const HeaderBlock first, find_header(grid_));
    find_tables(first);
    read_all_columns();
    for (std::size_t r = 0; r < first.first; ++r) plan_.rows.push_back({r, 0, above_first_head(r)});
    for (std::size_t t = 0; t < plan_.tables.size(); ++t) judge_table(t);
    ask_sections();
    ask_continued();
    return std::move(plan_);
  }

 private:
  void find_tables(HeaderBlock first) {
    plan_.tables.push_back({first, {}, true});
    for (std::size_t r = first.end; r < grid_.rows.size(); ++r) {
      if (title_of_a_part(r)) continue;
      const HeaderBlock head = plan_.tables.back().head;
      const bool again = repeated_.contains(r - 1);
      if (repeats_head(grid_, r, head, again ? 1 : least_repeated)) {
        repeated_.insert(r);
      } else if (const auto inner = inner_head(grid_, r, head)) {
        plan_.tables.back().head.below = r;
        plan_.tables.push_back({inner->block, {}, inner->ledger});
        r = inner->block.end - 1;
      }
    }
  }

  /// Above the head of a sheet that stands below others.
  [[nodiscard]] bool title_of_a_part(std::size_t row) const {
    const GridPart* part = grid_.part_of(row);
    return part != nullptr && row < part->first_row + part->title_rows;
  }

  void read_all_columns() {
    for (std::size_t t = 0; t < plan_.tables.size(); ++t) {
      TablePlan& table = plan_.tables[t];
      if (table.taken) {
        table.columns = read_columns(grid_, table.head, desk_, t > 0);
        continue;
      }
      table.taken = ask_table(table.head);
      const Answers none;
      Desk silent(none);   // its columns are needed only to know where persons stand
      table.columns = table.taken ? plan_.tables.front().columns : read_columns(grid_, table.head, silent, true);
    }
  }

  bool ask_table(HeaderBlock head) {
    Question question;
    const std::string row = std::to_string(head.first + 1);
    question.id = "table:" + row;
    question.rows = {head.first};
    const std::string text = row_text(sheet_, head.first);
    question.zh = "第 " + row + " 行“" + text + "”像是另一张表的表头，其下各行是任务吗？";
    question.en = "Row " + row + " '" + text + "' looks like the head of another table. Are the rows below it tasks?";
    question.choices = {{"skip", "不是任务，不导入", "no tasks, leave them out"},
                        {"first", "是任务，各列与上面的表相同", "tasks, with the columns of the table above"}};
    question.default_value = "skip";
    return desk_.ask(std::move(question)) == "first";
  }

  /// A numbered heading right above the head is one of the table below it.
  [[nodiscard]] RowKind above_first_head(std::size_t row) const {
    RowKind kind{.skip = reason_above(sheet_, row)};
    const std::vector<RowCell> cells = own_cells(sheet_, row);
    if (cells.size() == 1 && section_depth(cells[0].text) > 0) kind = section_of(heading_text(cells[0].text));
    return kind;
  }

  void judge_table(std::size_t t) {
    const TablePlan& table = plan_.tables[t];
    for (std::size_t r = table.head.first; r < table.head.end; ++r)
      plan_.rows.push_back({r, t, {.skip = SkipReason::header}});
    const RowJudge judge(sheet_, table.head, table.columns);
    bool after_note = false;
    for (std::size_t r = table.head.end; r < table.head.below; ++r) {
      RowKind kind{.skip = SkipReason::repeated_header};
      if (title_of_a_part(r))
        kind = {.skip = reason_above(sheet_, r)};
      else if (!repeated_.contains(r))
        kind = judge.judge(r, &plan_.rows.back().kind, after_note);
      if (!table.taken && !own_cells(sheet_, r).empty()) kind = {.skip = SkipReason::other_table};
      after_note = kind.skip == SkipReason::note || (after_note && kind.skip == SkipReason::blank);
      plan_.rows.push_back({r, t, std::move(kind)});
    }
    name_repeated_titles(table.head);
    if (t + 1 < plan_.tables.size()) name_title_lines(table.head.end);
  }

  /// 台账（续） above the head once more.
  void name_repeated_titles(HeaderBlock head) {
    for (RowPlan& plan : plan_.rows) {
      const bool above_head = repeated_.contains(plan.row + 1) && plan.row >= head.end && plan.row < head.below;
      if (above_head && plan.kind.skip == SkipReason::section && table_title(plan.kind.heading))
        plan.kind = {.skip = SkipReason::title};
    }
  }

  /// Rows right above a further head are its title, or its section when they are numbered like one.
  void name_title_lines(std::size_t from) {
    for (std::size_t i = plan_.rows.size(); i-- > 0 && plan_.rows[i].row >= from;) {
      RowPlan& plan = plan_.rows[i];
      const std::vector<RowCell> cells = own_cells(sheet_, plan.row);
      if (cells.empty() || cells.size() > 2) return;
      const std::string& text = cells.front().text;
      const bool section = plan.kind.skip == SkipReason::section;
      const bool loose = plan.kind.skip == SkipReason::note && !note_line(text) && !end_mark(text);
      if (!section && !loose && (plan.kind.skip || cells.size() > 1)) return;
      if (section_depth(text) > 0) continue;
      plan.kind = {.skip = reason_above(sheet_, plan.row)};
    }
  }

  void ask_sections() {
    for (RowPlan& plan : plan_.rows) {
      if (!plan.kind.doubtful) continue;
      const std::vector<RowCell> cells = own_cells(sheet_, plan.row);
      Question question;
      const std::string row = std::to_string(plan.row + 1);
      question.id = "row:" + row;
      question.rows = {plan.row};
      question.column = cells.front().column;
      question.zh = "第 " + row + " 行只写了“" + plan.kind.heading + "”，是下面各行的标题吗？";
      question.en =
          "Row " + row + " says '" + plan.kind.heading + "' and nothing else. Is it the heading of the rows below?";
      question.choices = {{"section", "是，作为下面各行的行动", "yes, the action of the rows below"}};
      const bool note = plan.kind.skip == SkipReason::note;
      const std::size_t title_column = column_of(plan_.table_of(plan).columns, TaskField::title);
      const bool title = std::ranges::any_of(cells, [&](const RowCell& cell) { return cell.column == title_column; });
      if (note) question.choices.clear();
      if (title) question.choices.push_back({"task", "不是，它是一项任务", "no, it is a task"});
      question.choices.push_back({"skip", "不导入这一行", "leave the row out"});
      question.default_value = note ? "skip" : title && plan.kind.rather_task ? "task" : "section";
      if (plan.kind.sample)
        ask_whether_a_sample(question);
      else if (note)
        ask_whether_a_task(question, plan.kind.heading);
      const std::string answer = desk_.ask(std::move(question));
      if (answer == "task") plan.kind = {};
      if (answer == "skip" && !note) plan.kind = {.skip = SkipReason::answered};
    }
  }

  static void ask_whether_a_task(Question& question, const std::string& text) {
    const std::string row = std::to_string(question.rows.front() + 1);
    question.zh = "第 " + row + " 行没有序号、单位和时限，只写了“" + text + "”，是一项任务吗？";
    question.en = "Row " + row + " has no number, unit or due, and says '" + text + "'. Is it a task?";
    for (Choice& choice : question.choices) {
      if (choice.value == "task") choice = {"task", "是一项任务", "yes, a task"};
    }
  }

  static void ask_whether_a_sample(Question& question) {
    const std::string row = std::to_string(question.rows.front() + 1);
    question.zh = "第 " + row + " 行各格都留着 X、× 或“某”，是填报示例吗？";
    question.en = "Every cell of row " + row + " leaves a blank (X, × or 某). Is it a sample?";
    for (Choice& choice : question.choices) {
      if (choice.value == "task") choice = {"task", "不是，它是一项任务", "no, it is a task"};
      if (choice.value == "skip") choice = {"skip", "是示例，不导入", "a sample, leave it out"};
    }
  }

  void ask_continued() {
    Question question;
    std::vector<std::string> numbers;
    for (const RowPlan& plan : plan_.rows) {
      if (!plan.kind.continues) continue;
      question.rows.push_back(plan.row);
      if (numbers.size() < most_named) numbers.push_back(std::to_string(plan.row + 1));
    }
    if (question.rows.empty()) return;
    const std::string count = std::to_string(question.rows.size());
    question.id = "continued";
    question.zh = "有 " + count + " 行没有写任务，只写了单位、进展或备注（第 " + text::join(numbers, "、") +
                  " 行），是接着写上一项任务，还是各为一项任务？";
    question.en = count + " rows name no task, but units, progress or remarks (" + text::join(numbers, ", ") +
                  "). Do they go on with the task above, or are they tasks of their own?";
    question.choices = {{"join", "并入上一项任务", "they belong to the task above"},
                        {"each", "各为一项任务", "tasks of their own"}};
    question.default_value = "join";
    if (desk_.ask(std::move(question)) == "join") return;
    for (RowPlan& plan : plan_.rows) plan.kind.continues = false;
  }

  const LedgerSheet& sheet_;
  const Grid& grid_;
  Desk& desk_;
  SheetPlan plan_;
  std::set<std::size_t> repeated_;   ///< rows that say the head again
};

}   // namespace

Result<SheetPlan> plan_sheet(const LedgerSheet& sheet, Desk& desk) { return Planner(sheet, desk).plan(); }

}   // namespace gangmu::plan
