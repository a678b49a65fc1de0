// SPDX-License-Identifier: Apache-2.0
#include "record/propose.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <span>

#include "base/text.hpp"
#include "record/code_check.hpp"

namespace gangmu::record {
namespace {

using Words = std::span<const std::string_view>;

constexpr auto counting = std::to_array<std::string_view>({"序号", "序", "no", "no.", "#", "行号"});
constexpr auto code_heads = std::to_array<std::string_view>(
    {"编号", "编码", "代码", "证号", "文号", "档案号", "合同号", "批准号", "登记号", "许可证", "单号", "件号"});
constexpr auto money_heads = std::to_array<std::string_view>(
    {"金额", "资金", "投资", "造价", "补助", "补贴", "费用", "经费", "租金", "单价", "总价", "价款", "产值", "收入",
     "支出", "原值", "净值", "折旧", "余额", "预算", "决算", "贷款", "工资", "奖金", "收益", "税收", "营收", "款"});
constexpr auto share_heads =
    std::to_array<std::string_view>({"率", "比例", "占比", "比重", "完成进度", "百分比", "增速", "增幅"});
constexpr auto choice_heads =
    std::to_array<std::string_view>({"类型", "类别", "种类", "性质", "方式", "等级",     "状态",     "状况", "阶段",
                                     "品种", "工种", "程度", "性别", "渠道", "级别",     "层级",     "分类", "档次",
                                     "来源", "民族", "学历", "职务", "职称", "政治面貌", "计量单位", "行业", "领域"});
constexpr auto long_heads =
    std::to_array<std::string_view>({"备注", "说明", "内容", "事项", "结果", "措施", "进展", "原因", "建议", "简介",
                                     "地址", "描述", "形象进度", "情况"});
constexpr auto place_heads = std::to_array<std::string_view>(
    {"镇", "乡", "村", "县", "区", "市", "街道", "社区", "地点", "所在地", "选址", "属地", "地区", "辖区"});
constexpr auto unit_heads = std::to_array<std::string_view>({"单位", "部门", "主体", "机构", "牵头", "主管"});
constexpr auto personal_heads = std::to_array<std::string_view>(
    {"身份证",   "证件号",   "电话",   "手机",     "联系方式", "联系方法", "微信", "邮箱", "银行卡", "银行账",
     "卡号",     "账号",     "账户",   "开户",     "社保",     "医保卡",   "出生", "姓名", "户主",   "家庭住址",
     "家庭地址", "户籍地址", "户籍地", "居住地址", "现住址",   "住址",     "车牌", "照片", "签名",   "签字"});
constexpr auto address_heads = std::to_array<std::string_view>({"住址", "地址", "户籍地"});
constexpr auto title_heads = std::to_array<std::string_view>({"名称", "项目", "标题", "事项", "题目", "名"});

/// Names for fields, by what the head ends with; the first that fits.
constexpr std::pair<std::string_view, std::string_view> field_names[] = {{"身份证号", "identity_no"},
                                                                         {"身份证号码", "identity_no"},
                                                                         {"统一社会信用代码", "credit_code"},
                                                                         {"项目代码", "code"},
                                                                         {"编号", "code"},
                                                                         {"代码", "code"},
                                                                         {"名称", "name"},
                                                                         {"姓名", "person"},
                                                                         {"户主", "head_of_household"},
                                                                         {"联系电话", "phone"},
                                                                         {"电话", "phone"},
                                                                         {"联系方式", "phone"},
                                                                         {"联系人", "contact"},
                                                                         {"负责人", "head"},
                                                                         {"责任人", "in_charge"},
                                                                         {"责任单位", "owner"},
                                                                         {"牵头单位", "lead"},
                                                                         {"主管单位", "authority"},
                                                                         {"备注", "remark"},
                                                                         {"说明", "note"},
                                                                         {"性别", "sex"},
                                                                         {"地址", "address"},
                                                                         {"总投资", "total"},
                                                                         {"投资额", "total"},
                                                                         {"面积", "area"},
                                                                         {"类型", "type"},
                                                                         {"类别", "category"},
                                                                         {"状态", "status"},
                                                                         {"状况", "condition"},
                                                                         {"开工日期", "start"},
                                                                         {"竣工日期", "finish"},
                                                                         {"竣工时间", "finish"},
                                                                         {"数量", "quantity"},
                                                                         {"等级", "grade"},
                                                                         {"方式", "way"},
                                                                         {"结果", "outcome"},
                                                                         {"事项", "matter"},
                                                                         {"内容", "content"},
                                                                         {"进度", "progress"}};

bool ends_with_any(std::string_view head, Words words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return head.ends_with(word); });
}
bool holds_any(std::string_view head, Words words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return head.find(word) != std::string_view::npos; });
}

bool money_unit(std::string_view unit) { return !unit.empty() && formula::Unit::named(unit).money(); }

/// The cells of one column, and how many of them are of a sort.
class Cells {
 public:
  Cells(const Grid& grid, const Table& table, std::size_t column) {
    for (const std::size_t row : table.rows) {
      const GridCell& cell = grid.at(row, column);
      const std::string text(text::trim(cell.shown()));
      if (cell.kind == CellKind::empty || text.empty()) continue;
      all_.push_back({&cell, text});
      if (!says_nothing(text)) said_.push_back({&cell, text});
    }
  }
  struct One {
    const GridCell* cell;
    std::string text;
  };
  [[nodiscard]] const std::vector<One>& all() const { return all_; }   ///< with / and —
  [[nodiscard]] const std::vector<One>& said() const { return said_; }
  template <class Test>
  [[nodiscard]] std::size_t count(const Test& test) const {
    return static_cast<std::size_t>(std::ranges::count_if(said_, test));
  }
  /// So many of a hundred at least, and one.
  template <class Test>
  [[nodiscard]] bool mostly(std::size_t percent, const Test& test) const {
    return !said_.empty() && count(test) * 100 >= said_.size() * percent;
  }
  [[nodiscard]] std::vector<std::string> distinct() const {
    std::vector<std::string> out;
    std::set<std::string_view> seen;
    for (const One& one : said_)
      if (seen.insert(one.text).second) out.push_back(one.text);
    return out;
  }
  [[nodiscard]] std::size_t longest() const {
    std::size_t out = 0;
    for (const One& one : said_) out = std::max(out, text::length(one.text));
    return out;
  }

 private:
  std::vector<One> all_, said_;
};

std::optional<Decimal> number_of(const Cells::One& one) {
  if (one.cell->percent) return typed_number(one.cell->text);
  std::string text = text::narrow(one.text);
  if (text.ends_with('%')) text.pop_back();
  return typed_number(text);
}
bool percent_cell(const Cells::One& one) { return one.cell->percent || text::narrow(one.text).ends_with('%'); }
/// 0012, 110101199003070011: digits that are no amount.
bool coded(const Cells::One& one) {
  const std::string text = text::narrow(one.text);
  const bool digits = text.find_first_not_of("0123456789") == std::string::npos;
  return digits && ((text.size() > 1 && text[0] == '0') || text.size() > 15);
}
bool ascii_code(const Cells::One& one) {
  const std::string text = text::narrow(one.text);
  const bool figure = text.find_first_of("0123456789") != std::string::npos;
  return figure && text.size() <= 60 && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_' ||
                  c == '/' || c == '.';
         });
}

int decimals_of(const Cells& cells, bool as_percent) {
  int out = 0;
  for (const Cells::One& one : cells.said())
    if (const auto number = number_of(one)) {
      const int places = number->reduced().scale() - (as_percent && one.cell->percent ? 2 : 0);
      out = std::max(out, std::min(places, 6));
    }
  return out;
}

class Proposing {
 public:
  Proposing(const Grid& grid, const Table& table, const CellNames& names, const Wording& wording,
            const std::vector<std::string>& kinds)
      : grid_(grid), table_(table), names_(names), wording_(wording), kinds_(kinds) {}

  Proposal run(const std::string& id, const std::string& zh) {
    for (const TableColumn& column : table_.columns) {
      ProposedColumn one{.column = column.column, .zh = label_of(column)};
      const Cells cells(grid_, table_, column.column);
      if (!counts_rows(column, cells)) {
        decide(column, cells, one);
        one.name = name_for(column, one);
      }
      out_.columns.push_back(std::move(one));
    }
    choose_key();
    choose_title();
    out_.kind = body(id, zh);
    return std::move(out_);
  }

 private:
  /// A label is told apart from others by its group where need be.
  [[nodiscard]] std::string label_of(const TableColumn& column) const {
    const auto same = std::ranges::count(table_.columns, column.plain, &TableColumn::plain);
    const auto last = column.head.rfind("·");
    const std::string lowest =
        last == std::string::npos ? column.head : column.head.substr(last + std::string("·").size());
    std::string out = column.plain.empty() ? lowest : plain_label(lowest);
    const bool vague = !column.group.empty() && (same > 1 || text::length(out) <= 2);
    return vague ? column.group + "·" + out : out;
  }
  /// The head as typed without its unit: other brackets stay, they say what is meant.
  static std::string plain_label(const std::string& head) {
    std::string out = text::narrow(head);
    std::erase(out, ' ');
    const std::string unit = unit_in_head(head);
    if (unit.empty()) return std::string(text::trim(head));
    for (const std::string& form : {"(" + unit + ")", "[" + unit + "]", "(单位:" + unit + ")", "/" + unit})
      if (const auto at = out.find(form); at != std::string::npos) return out.erase(at, form.size());
    return plain_head(head);
  }

  static bool counts_rows(const TableColumn& column, const Cells& cells) {
    if (std::ranges::find(counting, column.plain) != counting.end()) return true;
    if (column.plain != "编号") return false;
    std::int64_t last = 0;
    for (const Cells::One& one : cells.all()) {
      const auto number = typed_number(one.text);
      if (!number || number->scale() != 0 || number->units() != ++last) return false;
    }
    return last > 1;
  }

  void decide(const TableColumn& column, const Cells& cells, ProposedColumn& out) {
    if (persons(column, cells, out) || refers(cells, out) || figures(column, cells, out) || days(column, cells, out) ||
        flags(column, cells, out) || codes(column, cells, out) || places(column, cells, out) ||
        units(column, cells, out) || choices(column, cells, out))
      return;
    out.type = Type::text;
    const std::size_t longest = cells.longest();
    if (longest > 100 || ends_with_any(column.plain, long_heads))
      out.max = longest > 400 ? 4000 : longest > 100 ? 1000 : 500;
  }

  bool persons(const TableColumn& column, const Cells& cells, ProposedColumn& out) const {
    const std::string& head = column.plain;
    const bool said = holds_any(head, personal_heads) && !holds_any(head, unit_heads);
    const bool numbers =
        cells.mostly(30, [&](const Cells::One& one) { return wording_.cell_holds_numbers_of_persons(one.text); });
    const bool named = cells.mostly(60, [&](const Cells::One& one) { return wording_.cell_names_persons(one.text); });
    const bool figures = cells.mostly(90, [](const Cells::One& one) { return number_of(one) && !coded(one); });
    // 负责人, 河长: a head that may name persons does, unless its cells are amounts or bodies.
    const bool may = wording_.head_names_persons(head) && !figures &&
                     !cells.mostly(80, [&](const Cells::One& one) { return wording_.cell_names_units(one.text); });
    const bool repeated_words = choice_by_head(head);
    if (!said && !numbers && !(named && !repeated_words && !named_after(head)) && !(may && !repeated_words))
      return false;
    out.personal = true;
    const bool address = holds_any(head, address_heads);
    const bool day = holds_any(head, std::array{std::string_view("出生")}) &&
                     cells.mostly(90, [](const Cells::One& one) { return typed_day(one.text).has_value(); });
    out.type = address ? Type::text : day ? Type::date : Type::person;
    return true;
  }
  /// Places, firms and streets may be spelled as names are.
  static bool named_after(std::string_view head) {
    return head.ends_with("名称") || holds_any(head, place_heads) || holds_any(head, unit_heads) ||
           ends_with_any(head, long_heads);
  }
  static bool choice_by_head(std::string_view head) { return ends_with_any(head, choice_heads); }

  /// Cells that name records of a register by number, address or title.
  bool refers(const Cells& cells, ProposedColumn& out) const {
    if (cells.said().size() < 3) return false;
    for (const std::string& kind : kinds_) {
      Field field;
      field.type = Type::ref;
      field.spec.to = kind;
      if (!cells.mostly(80, [&](const Cells::One& one) { return names_.record(one.text, field).has_value(); }))
        continue;
      out.type = Type::ref;
      out.elsewhere = kind;
      return true;
    }
    return false;
  }

  bool figures(const TableColumn& column, const Cells& cells, ProposedColumn& out) const {
    const std::string& head = column.plain;
    const bool numbers = cells.mostly(90, [](const Cells::One& one) { return number_of(one).has_value(); });
    if (!numbers || ends_with_any(head, code_heads) || cells.mostly(50, coded)) return false;
    if (period_of_figures(head, column.unit, cells, out)) return true;
    const bool percent = cells.mostly(50, percent_cell) || column.unit == "%" ||
                         (column.unit.empty() && ends_with_any(head, share_heads));
    const bool by_table = column.unit.empty() && money_unit(table_.unit) && holds_any(head, money_heads);
    if (!percent && (money_unit(column.unit) || by_table)) {
      out.type = Type::money;
      out.unit = by_table ? table_.unit : column.unit;
      return true;
    }
    out.type = Type::number;
    out.unit = percent ? "%" : column.unit.empty() ? counted(head) : column.unit;
    out.decimals = decimals_of(cells, percent);
    return true;
  }
  /// 人数, 户数: what is counted stands in the head.
  static std::string counted(std::string_view head) {
    for (const auto& [word, unit] : {std::pair<std::string_view, const char*>{"人数", "人"},
                                     {"户数", "户"},
                                     {"人口", "人"},
                                     {"人次", "人次"},
                                     {"年限", "年"},
                                     {"学时", "学时"},
                                     {"年龄", "岁"},
                                     {"得分", "分"},
                                     {"成绩", "分"}})
      if (head.ends_with(word)) return unit;
    return {};
  }
  static bool period_of_figures(std::string_view head, std::string_view unit, const Cells& cells, ProposedColumn& out) {
    if (!unit.empty()) return false;
    const auto within = [&](std::int64_t least, std::int64_t most) {
      return cells.mostly(100, [&](const Cells::One& one) {
        const auto number = number_of(one);
        return number && number->scale() == 0 && number->units() >= least && number->units() <= most;
      });
    };
    const bool year = head.find("年") != std::string_view::npos && head.find("年龄") == std::string_view::npos;
    if (year && within(1900, 2100)) {
      out.type = Type::period;
      out.period = PeriodKind::year;
      return true;
    }
    const bool months =
        cells.mostly(100, [](const Cells::One& one) { return typed_period(one.text, PeriodKind::month).has_value(); });
    if (head.find("月") != std::string_view::npos && months && within(190001, 210012)) {
      out.type = Type::period;
      out.period = PeriodKind::month;
      return true;
    }
    const bool day = cells.mostly(90, [](const Cells::One& one) { return typed_day(one.text).has_value(); });
    if (day && within(19000101, 21001231) &&
        (ends_with_any(head, std::array<std::string_view, 3>{"日期", "时间", "日"}))) {
      out.type = Type::date;
      return true;
    }
    return false;
  }

  static bool days(const TableColumn&, const Cells& cells, ProposedColumn& out) {
    if (cells.mostly(90,
                     [](const Cells::One& one) { return one.cell->kind == CellKind::date || typed_day(one.text); })) {
      out.type = Type::date;
      return true;
    }
    for (const PeriodKind kind : {PeriodKind::month, PeriodKind::quarter, PeriodKind::half, PeriodKind::year}) {
      const auto is = [&](const Cells::One& one) { return !number_of(one) && typed_period(one.text, kind); };
      if (!cells.mostly(90, is)) continue;
      out.type = Type::period;
      out.period = kind;
      return true;
    }
    return false;
  }

  static bool flags(const TableColumn& column, const Cells& cells, ProposedColumn& out) {
    static constexpr auto words =
        std::to_array<std::string_view>({"是", "否", "有", "无", "√", "×", "✓", "✗", "Y", "N", "y", "n"});
    const auto is = [](const Cells::One& one) { return std::ranges::find(words, one.text) != words.end(); };
    const bool asks = column.plain.find("是否") != std::string::npos || column.plain.starts_with("有无");
    if (cells.all().empty() ||
        !std::ranges::all_of(cells.all(), [&](const Cells::One& one) { return is(one) || says_nothing(one.text); }) ||
        (!asks && cells.said().empty()))
      return false;
    out.type = Type::flag;
    return true;
  }

  static bool codes(const TableColumn& column, const Cells& cells, ProposedColumn& out) {
    if (cells.said().empty()) return false;
    for (const std::string& check : code_checks())
      if (cells.mostly(100, [&](const Cells::One& one) { return code_fits(check, one.text); })) {
        out.type = Type::code;
        out.check = check;
        return true;
      }
    const bool named = ends_with_any(column.plain, code_heads);
    const bool spelled = cells.mostly(90, [](const Cells::One& one) { return ascii_code(one); });
    const bool apart = cells.distinct().size() == cells.said().size();
    if (!(named && (spelled || apart)) && !(spelled && cells.mostly(50, coded))) return false;
    out.type = Type::code;
    return true;
  }

  bool places(const TableColumn& column, const Cells& cells, ProposedColumn& out) const {
    const std::size_t enough = holds_any(column.plain, place_heads) ? 80 : 100;
    if (!cells.mostly(enough, [&](const Cells::One& one) { return names_.place(one.text).has_value(); })) return false;
    out.type = Type::place;
    return true;
  }

  bool units(const TableColumn& column, const Cells& cells, ProposedColumn& out) const {
    if (!holds_any(column.plain, unit_heads) || choice_by_head(column.plain)) return false;
    const auto is = [&](const Cells::One& one) {
      static constexpr auto areas = std::to_array<std::string_view>({"区", "县", "市", "镇", "乡", "村", "街道"});
      return wording_.cell_names_units(one.text) && !ends_with_any(one.text, areas);
    };
    if (!cells.mostly(80, is)) return false;
    out.type = Type::who;
    return true;
  }

  static bool choices(const TableColumn& column, const Cells& cells, ProposedColumn& out) {
    constexpr std::size_t codes_most = 40, letters_most = 16;
    const auto distinct = cells.distinct();
    const std::size_t n = cells.said().size();
    if (n < 4 || distinct.size() > codes_most || cells.longest() > letters_most ||
        ends_with_any(column.plain, long_heads))
      return false;
    const bool by_head = choice_by_head(column.plain) && distinct.size() < n;
    if (!by_head && distinct.size() * 2 > n) return false;
    out.type = Type::choice;
    out.codes = distinct;
    return true;
  }

  // ---- what tells records apart, and what they are called ----

  void choose_key() {
    for (ProposedColumn& one : out_.columns) {
      const TableColumn& column = column_of(one);
      const bool own =
          one.type == Type::code && one.check != "credit_code" && column.plain.find("信用代码") == std::string::npos;
      if (one.name.empty() || one.personal || !own) continue;
      const Cells cells(grid_, table_, one.column);
      if (cells.said().size() != table_.rows.size() || cells.distinct().size() != table_.rows.size()) continue;
      one.key = true;
      return;
    }
  }
  void choose_title() {
    const auto fits = [](const ProposedColumn& one) { return !one.name.empty() && !one.personal; };
    for (const std::string_view word : title_heads)
      for (ProposedColumn& one : out_.columns)
        if (fits(one) && one.type == Type::text && column_of(one).plain.ends_with(word)) {
          one.title = true;
          return;
        }
    for (const Type type : {Type::text, Type::code, Type::ref, Type::choice, Type::place})
      for (ProposedColumn& one : out_.columns)
        if (fits(one) && one.type == type && !ends_with_any(column_of(one).plain, long_heads)) {
          one.title = true;
          return;
        }
  }
  [[nodiscard]] const TableColumn& column_of(const ProposedColumn& one) const {
    return *std::ranges::find(table_.columns, one.column, &TableColumn::column);
  }

  std::string name_for(const TableColumn& column, const ProposedColumn& one) {
    std::string name;
    if (one.type == Type::place && !names_given_.contains("place")) name = "place";
    for (const auto& [word, id] : field_names)
      if (name.empty() && column.plain.ends_with(word) && !names_given_.contains(std::string(id))) name = id;
    if (name.empty()) name = "f" + std::to_string(column.column + 1);
    while (!names_given_.insert(name).second) name += "_" + std::to_string(column.column + 1);
    return name;
  }

  // ---- the kind ----

  [[nodiscard]] Json body(const std::string& id, const std::string& zh) const {
    Json out, is, fields(Json::Array{}), key(Json::Array{}), title(Json::Array{}), list(Json::Array{});
    int number = 0;
    for (const ProposedColumn& one : out_.columns) {
      if (one.name.empty()) continue;
      fields.push(field(one, ++number));
      if (one.key) key.push(one.name);
      if (one.title) title.push(one.name);
      if (!one.personal && one.max == 0 && list.array()->size() < 8) list.push(one.name);
    }
    is.set("version", 1);
    is.set("zh", zh);
    is.set("home", "county");
    if (!key.array()->empty()) is.set("key", std::move(key));
    if (!title.array()->empty()) is.set("title", std::move(title));
    out.set("id", id);
    out.set("is", std::move(is));
    out.set("fields", std::move(fields));
    if (!list.array()->empty()) {
      Json view, views(Json::Array{});
      view.set("id", "list");
      view.set("value", std::move(list));
      views.push(std::move(view));
      out.set("views", std::move(views));
    }
    return out;
  }
  [[nodiscard]] Json field(const ProposedColumn& one, int number) const {
    static constexpr std::string_view period_names[] = {"year", "half", "quarter", "month", "months", "week", "day"};
    Json out;
    out.set("id", one.name);
    out.set("no", number);
    out.set("type", std::string(name_of(one.type)));
    out.set("zh", one.zh);
    if (one.personal) out.set("personal", true);
    if (one.key) out.set("need", "always");
    const std::string head = column_of(one).head;
    if (plain_head(head) != plain_head(one.zh)) out.set("alias", Json(Json::Array{Json(head)}));
    if (one.type == Type::money && one.unit != "元") out.set("show", one.unit);
    if (one.type == Type::number) {
      if (!one.unit.empty()) out.set("unit", one.unit);
      out.set("decimals", one.decimals);
    }
    if (one.type == Type::period) out.set("kind", std::string(period_names[static_cast<std::size_t>(one.period)]));
    if (!one.check.empty()) out.set("check", one.check);
    if (one.max > 0) out.set("max", one.max);
    if (one.type == Type::ref) out.set("to", one.elsewhere);
    if (one.type == Type::who) out.set("of", Json(Json::Array{Json("unit")}));
    if (one.type == Type::choice) {
      Json codes(Json::Array{});
      for (const std::string& code : one.codes) codes.push(code);
      out.set("list", std::move(codes));
    }
    return out;
  }

  const Grid& grid_;
  const Table& table_;
  const CellNames& names_;
  const Wording& wording_;
  const std::vector<std::string>& kinds_;
  std::set<std::string> names_given_;
  Proposal out_;
};

}   // namespace

Proposal proposed(const Grid& grid, const Table& table, const std::string& id, const std::string& zh,
                  const CellNames& names, const Wording& wording, const std::vector<std::string>& kinds) {
  return Proposing(grid, table, names, wording, kinds).run(id, zh);
}

std::string title_above(const Grid& grid, const Table& table) {
  std::string out;
  for (std::size_t r = 0; r < table.head_first; ++r) {
    std::set<std::string> texts;
    for (const GridCell& cell : grid.rows[r])
      if (cell.kind == CellKind::text && !text::trim(cell.text).empty())
        texts.insert(std::string(text::trim(cell.text)));
    if (texts.size() != 1 || texts.begin()->find("：") != std::string::npos ||
        texts.begin()->find(':') != std::string::npos)
      continue;
    if (text::length(*texts.begin()) > text::length(out)) out = *texts.begin();
  }
  return out;
}

}   // namespace gangmu::record
