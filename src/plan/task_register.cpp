// SPDX-License-Identifier: Apache-2.0
#include "plan/task_register.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "plan/errors.hpp"
#include "plan/register_layout.hpp"
#include "plan/register_plan.hpp"
#include "plan/register_row_reader.hpp"
#include "plan/register_values.hpp"
#include "plan/register_year.hpp"

namespace gangmu::plan {

namespace {

class SheetReader {
 public:
  SheetReader(const Grid& grid, const ReadingContext& context, const Answers& answers)
      : sheet_(grid), context_(context), desk_(answers) {}

  Result<Reading> read() {
    TRY_ASSIGN(plan_, plan_sheet(sheet_, desk_));
    reading_.sheet = sheet_.grid().sheet;
    reading_.parts = sheet_.grid().parts;
    name_columns();
    rules_.years = settle_years(sheet_, plan_, context_, desk_);
    settle_percent();
    settle_states();
    settle_closed_early();
    settle_lead_column();
    const bool keep_hidden = settle_hidden();
    read_rows(keep_hidden);
    TRY(desk_.finish(reading_));
    if (reading_.rows.empty()) return fail(errors::register_no_tasks, {}, sheet_.grid().position(head().end, 0));
    reading_.layout = layout_of(sheet_.grid(), head(), reading_);
    return std::move(reading_);
  }

 private:
  [[nodiscard]] HeaderBlock head() const { return plan_.tables.front().head; }

  void name_columns() {
    reading_.columns = plan_.tables.front().columns;
    for (std::size_t t = 1; t < plan_.tables.size(); ++t)
      reading_.further.push_back({plan_.tables[t].head.first, plan_.tables[t].columns});
  }

  template <class Use>
  void each_cell(TaskField field, const Use& use) const {
    for (const RowPlan& plan : plan_.rows) {
      const std::size_t column = column_of(plan_.table_of(plan).columns, field);
      if (!plan.kind.skip && column != no_column) use(plan.row, column, sheet_.grid().at(plan.row, column));
    }
  }

  void settle_percent() {
    bool over_one = false, doubtful = false;
    Question question;
    each_cell(TaskField::percent, [&](std::size_t row, std::size_t column, const GridCell& cell) {
      const auto typed = percent_text(cell);
      if (!typed || typed->style != PercentStyle::number) return;
      over_one = over_one || typed->value > Decimal(1, 0);
      const bool between = typed->value > Decimal(0, 0) && typed->value <= Decimal(1, 0);
      if (!between) return;
      doubtful = true;
      question.rows.push_back(row);
      question.column = column;
    });
    if (!doubtful) return;
    const std::string letters = column_letters(*question.column);
    question.id = "percent:" + letters;
    question.zh = "第 " + letters + " 列的完成比例有不大于 1 的数（如第 " + std::to_string(question.rows.front() + 1) +
                  " 行），0.5 是指 50% 还是 0.5%？";
    question.en = "Column " + letters + " holds percentages not above 1 (row " +
                  std::to_string(question.rows.front() + 1) + "). Is 0.5 meant as 50 % or 0.5 %?";
    question.choices = {{"fraction", "0.5 即 50%", "0.5 is 50 %"}, {"percent", "0.5 即 0.5%", "0.5 is 0.5 %"}};
    question.default_value = over_one ? "percent" : "fraction";
    rules_.percent = desk_.ask(std::move(question)) == "fraction" ? PercentMeaning::fraction : PercentMeaning::percent;
  }

  /// One question for each word of the 销号 column that is not known.
  void settle_states() {
    std::vector<std::pair<std::string, std::vector<std::size_t>>> words;
    std::size_t at = no_column;
    each_cell(TaskField::closed, [&](std::size_t row, std::size_t column, const GridCell& cell) {
      at = column;
      const std::string word(text::trim(cell.text));
      if (word.empty() || state_in(word, reading_.columns_at(row), column)) return;
      auto found = std::find_if(words.begin(), words.end(), [&](const auto& w) { return w.first == word; });
      if (found == words.end()) found = words.insert(words.end(), {word, {}});
      found->second.push_back(row);
    });
    for (auto& [word, rows] : words) {
      Question question;
      question.id = "state:" + word;
      question.rows = std::move(rows);
      question.column = at;
      question.zh = "“" + word + "”（" + std::to_string(question.rows.size()) + " 行）是什么状态？";
      question.en = "Which state is '" + word + "' (" + std::to_string(question.rows.size()) + " rows)?";
      for (const TaskState state : {TaskState::open, TaskState::done_waiting, TaskState::closed, TaskState::paused}) {
        question.choices.push_back({std::string(task_state_name(state)), std::string(task_state_zh(state)),
                                    std::string(task_state_name(state))});
      }
      question.default_value = "open";
      rules_.states[word] = task_state_of(desk_.ask(std::move(question))).value_or(TaskState::open);
    }
  }

  /// 已销号 beside 45 %: one of the two is not so.
  void settle_closed_early() {
    Question question;
    std::string first;
    each_cell(TaskField::closed, [&](std::size_t row, std::size_t column, const GridCell& cell) {
      const auto& columns = reading_.columns_at(row);
      const std::size_t at = column_of(columns, TaskField::percent);
      const bool closed = at != no_column && state_in(cell.text, columns, column) == TaskState::closed;
      const std::optional<Decimal> done =
          closed ? percent_done(sheet_.grid().at(row, at), rules_.percent == PercentMeaning::fraction) : std::nullopt;
      if (!done || *done >= Decimal(100, 0)) return;
      if (first.empty())
        first = "第 " + std::to_string(row + 1) + " 行“" + std::string(text::trim(cell.text)) + "”，完成比例 " +
                done->text() + "%";
      question.rows.push_back(row);
      question.column = column;
    });
    if (question.rows.empty()) return;
    const std::string count = std::to_string(question.rows.size()), row = std::to_string(question.rows.front() + 1);
    question.id = "closed_early";
    question.zh = "有 " + count + " 行写明已销号而完成比例不足 100%（如" + first + "），这些任务销号了吗？";
    question.en =
        count + " rows say closed though the percentage is below 100 (row " + row + "). Are these tasks closed?";
    question.choices = {{"open", "未销号，仍在进行", "not closed, still going on"},
                        {"closed", "已销号，比例照录", "closed, the percentage is kept as it is"}};
    question.default_value = "open";
    for (const std::size_t r : question.rows) rules_.closed_early.insert(r);
    rules_.early_is_closed = desk_.ask(std::move(question)) == "closed";
  }

  void settle_lead_column() {
    const auto without_lead = [](const TablePlan& table) {
      return table.taken && column_of(table.columns, TaskField::lead) == no_column &&
             column_of(table.columns, TaskField::responsible) != no_column;
    };
    if (std::ranges::none_of(plan_.tables, without_lead)) return;
    Question question;
    question.id = "lead_column";
    question.zh = "表中没有牵头单位一列，是否以第一个责任单位为牵头单位？";
    question.en = "The sheet has no column for the lead unit. Does the first responsible unit lead?";
    question.choices = {{"first", "是，第一个责任单位牵头", "yes, the first one leads"},
                        {"none", "否，牵头单位留空", "no, leave the lead blank"}};
    question.default_value = "first";
    rules_.lead_from_responsible = desk_.ask(std::move(question)) == "first";
  }

  bool settle_hidden() {
    Question question;
    const auto& hidden = sheet_.grid().hidden_rows;
    std::vector<std::string> numbers;
    for (const RowPlan& plan : plan_.rows) {
      if (plan.kind.skip || plan.row >= hidden.size() || !hidden[plan.row]) continue;
      question.rows.push_back(plan.row);
      numbers.push_back(std::to_string(plan.row + 1));
    }
    if (numbers.empty()) return true;
    const std::size_t count = numbers.size();
    if (numbers.size() > 10) numbers.resize(10);
    question.id = "hidden";
    question.zh =
        "有 " + std::to_string(count) + " 行在表中被隐藏（第 " + text::join(numbers, "、") + " 行），是否导入？";
    question.en =
        std::to_string(count) + " rows are hidden in the sheet (" + text::join(numbers, ", ") + "). Take them?";
    question.choices = {{"keep", "导入", "take them"}, {"skip", "不导入", "leave them out"}};
    question.default_value = "keep";
    return desk_.ask(std::move(question)) == "keep";
  }

  void read_rows(bool keep_hidden) {
    RowReader rows(sheet_, rules_, desk_, reading_);
    const auto& hidden = sheet_.grid().hidden_rows;
    const GridPart* part = nullptr;
    for (const RowPlan& plan : plan_.rows) {
      const bool is_hidden = plan.row < hidden.size() && hidden[plan.row];
      rows.stands_in(plan_.table_of(plan).columns);
      if (const GridPart* own = sheet_.grid().part_of(plan.row); own != part) {
        part = own;
        rows.section(plan.row, {.heading = part->sheet});
      }
      if (plan.kind.skip) {
        skip(plan.row, *plan.kind.skip);
        if (plan.kind.skip == SkipReason::total) rows.total(plan.row, plan.kind);
        if (plan.kind.skip == SkipReason::section) rows.section(plan.row, plan.kind);
      } else if (is_hidden && !keep_hidden) {
        skip(plan.row, SkipReason::answered);
      } else {
        rows.task(plan.row, plan.kind.continues);
      }
    }
  }

  void skip(std::size_t row, SkipReason reason) {
    reading_.skipped.push_back({row, reason, skipped_text(sheet_, row, reason)});
  }

  LedgerSheet sheet_;
  const ReadingContext& context_;
  Desk desk_;
  SheetPlan plan_;
  SheetRules rules_;
  Reading reading_;
};

}   // namespace

const std::vector<ColumnReading>& Reading::columns_at(std::size_t row) const {
  const auto own =
      std::ranges::find_if(further.rbegin(), further.rend(), [&](const TableReading& t) { return t.row <= row; });
  return own == further.rend() ? columns : own->columns;
}

Result<Reading> read_register(const Grid& grid, const ReadingContext& context, const Answers& answers) {
  return SheetReader(grid, context, answers).read();
}

}   // namespace gangmu::plan
