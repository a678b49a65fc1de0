// SPDX-License-Identifier: Apache-2.0
#include "plan/register_units.hpp"

#include <algorithm>
#include <initializer_list>

#include "base/text.hpp"
#include "plan/register_persons.hpp"

namespace gangmu::plan {

namespace {

using View = std::u32string_view;

enum class Part : unsigned char { none, lead, responsible, cooperating };
struct PartWord {
  View word;
  Part part;
};

/// In front of names, longest first.
constexpr PartWord labels[] = {{U"牵头责任单位", Part::lead},
                               {U"责任牵头单位", Part::lead},
                               {U"第一责任单位", Part::lead},
                               {U"牵头单位", Part::lead},
                               {U"牵头部门", Part::lead},
                               {U"主办单位", Part::lead},
                               {U"主责单位", Part::lead},
                               {U"责任单位", Part::responsible},
                               {U"责任部门", Part::responsible},
                               {U"承办单位", Part::responsible},
                               {U"落实单位", Part::responsible},
                               {U"实施单位", Part::responsible},
                               {U"配合单位", Part::cooperating},
                               {U"配合部门", Part::cooperating},
                               {U"协办单位", Part::cooperating},
                               {U"协助单位", Part::cooperating},
                               {U"参与单位", Part::cooperating},
                               {U"参加单位", Part::cooperating},
                               {U"协作单位", Part::cooperating},
                               {U"协同单位", Part::cooperating},
                               {U"会办单位", Part::cooperating},
                               {U"会办", Part::cooperating},
                               {U"牵头", Part::lead},
                               {U"主办", Part::lead},
                               {U"责任", Part::responsible},
                               {U"负责", Part::responsible},
                               {U"配合", Part::cooperating},
                               {U"协助", Part::cooperating},
                               {U"协办", Part::cooperating},
                               {U"参与", Part::cooperating}};
constexpr std::size_t long_label = 4;

/// Behind names, longest first.
constexpr PartWord suffixes[] = {{U"负责牵头", Part::lead},
                                 {U"双牵头", Part::lead},
                                 {U"负责实施", Part::responsible},
                                 {U"负责落实", Part::responsible},
                                 {U"组织实施", Part::responsible},
                                 {U"负责配合", Part::cooperating},
                                 {U"组织推进", Part::responsible},
                                 {U"统筹推进", Part::responsible},
                                 {U"推进", Part::responsible},
                                 {U"为牵头单位", Part::lead},
                                 {U"为责任单位", Part::responsible},
                                 {U"为配合单位", Part::cooperating},
                                 {U"牵头负责", Part::lead},
                                 {U"牵头组织", Part::lead},
                                 {U"牵头落实", Part::lead},
                                 {U"牵头推进", Part::lead},
                                 {U"牵头抓总", Part::lead},
                                 {U"牵头单位", Part::lead},
                                 {U"总牵头", Part::lead},
                                 {U"牵头", Part::lead},
                                 {U"主办", Part::lead},
                                 {U"主责", Part::lead},
                                 {U"组织实施", Part::responsible},
                                 {U"负责落实", Part::responsible},
                                 {U"抓好落实", Part::responsible},
                                 {U"责任单位", Part::responsible},
                                 {U"负责", Part::responsible},
                                 {U"落实", Part::responsible},
                                 {U"承办", Part::responsible},
                                 {U"实施", Part::responsible},
                                 {U"配合落实", Part::cooperating},
                                 {U"协同配合", Part::cooperating},
                                 {U"配合做好", Part::cooperating},
                                 {U"协助配合", Part::cooperating},
                                 {U"配合单位", Part::cooperating},
                                 {U"配合", Part::cooperating},
                                 {U"协助", Part::cooperating},
                                 {U"协办", Part::cooperating},
                                 {U"协同", Part::cooperating},
                                 {U"参与", Part::cooperating},
                                 {U"参加", Part::cooperating},
                                 {U"支持", Part::cooperating}};

constexpr View adverbs[] = {U"按照职责分工", U"根据职责分工", U"按职责分工", U"依职责分工", U"按照职责", U"按职责",
                            U"依职责",       U"按分工",       U"分工",       U"共同",       U"联合",     U"分别",
                            U"各自",         U"具体",         U"积极",       U"密切",       U"一起"};
constexpr View offices[] = {U"局", U"委", U"办", U"厅", U"政府", U"中心", U"公司", U"集团", U"联"};
constexpr View others[] = {U"等有关部门", U"等相关部门", U"等有关单位", U"等相关单位",
                           U"等成员单位", U"等部门",     U"等单位",     U"等"};

bool opens_bracket(char32_t c) { return c == U'(' || c == U'（' || c == U'[' || c == U'【'; }
bool closes_bracket(char32_t c) { return c == U')' || c == U'）' || c == U']' || c == U'】'; }
bool is_in(char32_t c, View set) { return set.find(c) != View::npos; }
constexpr View spaces = U" \t\u3000\u00A0";

View trimmed(View s) {
  while (!s.empty() && (is_in(s.front(), spaces) || s.front() == U'.')) s.remove_prefix(1);
  while (!s.empty() && (is_in(s.back(), spaces) || s.back() == U'.' || s.back() == U':' || s.back() == U'：'))
    s.remove_suffix(1);
  return s;
}

template <std::size_t n>
bool take_last(View& s, const View (&words)[n]) {
  for (const View word : words) {
    if (!s.ends_with(word)) continue;
    s.remove_suffix(word.size());
    return true;
  }
  return false;
}

/// The part a whole word names, as a label or behind a name.
Part part_named(View word) {
  for (const PartWord& label : labels) {
    if (word == label.word) return label.part;
  }
  for (const PartWord& suffix : suffixes) {
    if (word == suffix.word) return suffix.part;
  }
  return Part::none;
}

/// "（按职责分工负责）": adverbs and at most a part.
bool only_how(View inner, Part& part) {
  for (const PartWord& suffix : suffixes) {
    if (!inner.ends_with(suffix.word)) continue;
    part = suffix.part;
    inner.remove_suffix(suffix.word.size());
    break;
  }
  while (take_last(inner, adverbs)) {}
  return inner.empty();
}

/// "（牵头）" at the end of a name.
Part take_mark(View& unit) {
  if (unit.empty() || !closes_bracket(unit.back())) return Part::none;
  const std::size_t open = unit.find_last_of(U"(（[【");
  if (open == View::npos || open == 0) return Part::none;
  const View inner = trimmed(unit.substr(open + 1, unit.size() - open - 2));
  Part part = part_named(inner);
  if (part != Part::none || (!inner.empty() && only_how(inner, part))) unit = trimmed(unit.substr(0, open));
  return part;
}

/// "牵头负责" behind a name; 等部门 and 按职责分工 go, too.
Part take_suffix(View& unit) {
  Part part = Part::none;
  for (const PartWord& suffix : suffixes) {
    if (!unit.ends_with(suffix.word)) continue;
    part = suffix.part;
    unit.remove_suffix(suffix.word.size());
    break;
  }
  while (take_last(unit, adverbs)) {}
  take_last(unit, others);
  unit = trimmed(unit);
  return part;
}

/// "1.", "（一）", "②" in front of a name.
void drop_number(View& unit) {
  constexpr View numerals = U"0123456789０１２３４５６７８９一二三四五六七八九十";
  if (!unit.empty() && unit.front() >= U'①' && unit.front() <= U'⑳') unit.remove_prefix(1);
  const bool bracket = !unit.empty() && (unit.front() == U'(' || unit.front() == U'（');
  std::size_t n = bracket ? 1 : 0;
  while (n < unit.size() && is_in(unit[n], numerals)) ++n;
  if (n == unit.size() && n > 0) return unit.remove_prefix(n);   // "1" of "1、甲局"
  const bool numbered = n > (bracket ? 1u : 0u) && (bracket ? closes_bracket(unit[n]) : is_in(unit[n], U".．、)）"));
  if (numbered) unit.remove_prefix(n + 1);
  unit = trimmed(unit);
}

/// Reads a cell from left to right. Units wait until a word behind them names their part.
class PartsReader {
 public:
  explicit PartsReader(View s) : s_(s) {}

  UnitParts read() {
    std::size_t from = 0;
    int depth = 0;
    for (std::size_t i = 0; i < s_.size(); ++i) {
      if (depth == 0) {
        if (const std::size_t end = label_at(i); end > i) {
          piece(s_.substr(from, i - from));
          begin(label_);
          from = end;
          i = end - 1;
          continue;
        }
      }
      if (depth == 0 && i > from && numbered_at(i)) {   // （1）甲局（2）乙局
        piece(s_.substr(from, i - from));
        from = i;
      }
      if (depth == 0 && is_in(s_[i], U":：") && office_ends(s_.substr(from, i - from))) {   // 甲局：负责规划
        piece(s_.substr(from, i - from));
        from = i = duty(i + 1);
        if (i >= s_.size()) break;
      }
      if (opens_bracket(s_[i])) ++depth;
      if (closes_bracket(s_[i]) && depth > 0) {
        --depth;
        if (depth == 0 && marked_and_followed(from, i)) {   // 甲局（牵头单位）乙局
          piece(s_.substr(from, i + 1 - from));
          from = i + 1;
          continue;
        }
      }
      const bool plus = is_in(s_[i], U"+＋&＆") && office_ends(s_.substr(from, i - from));
      if (depth > 0 || (!plus && !is_in(s_[i], U"、，,；;。\n\r/／"))) continue;
      piece(s_.substr(from, i - from));
      if (is_in(s_[i], U"；;。")) settle(0);
      if (is_in(s_[i], U"，,\n\r")) clause_ = waiting_.size();
      from = i + 1;
    }
    piece(s_.substr(from));
    settle(0);
    return std::move(parts_);
  }

 private:
  static bool office_ends(View name) {
    const View unit = trimmed(name);
    return unit.size() >= 2 && (std::ranges::any_of(offices, [&](View last) { return unit.ends_with(last); }) ||
                                is_in(unit.back(), U"县区市镇乡村"));
  }

  /// What a unit does, told behind its colon, is no unit; a part it begins with is kept. Gives where it ends.
  std::size_t duty(std::size_t from) {
    const std::size_t end = std::min(s_.find_first_of(U"；;。\n", from), s_.size());
    const View told = trimmed(s_.substr(from, end - from));
    for (const auto& [word, part] :
         {PartWord{U"牵头", Part::lead}, PartWord{U"配合", Part::cooperating}, PartWord{U"协助", Part::cooperating}}) {
      if (!told.starts_with(word) || waiting_.empty()) continue;
      add(part, waiting_.back());
      waiting_.pop_back();
      parts_.labelled = true;
    }
    return end;
  }

  /// A part in brackets, and a further name right behind it.
  [[nodiscard]] bool marked_and_followed(std::size_t from, std::size_t close) const {
    if (close + 1 >= s_.size() || is_in(s_[close + 1], U"、，,；;。\n\r/／:： \u3000")) return false;
    const View name = s_.substr(from, close - from);
    const std::size_t open = name.find_last_of(U"(（[【");
    return open != View::npos && open > 0 && part_named(trimmed(name.substr(open + 1))) != Part::none;
  }

  /// "（会同乙局）", "（乙局、丙局配合）" behind a name: units of their own.
  bool others_in_brackets(View unit) {
    if (unit.empty() || !closes_bracket(unit.back())) return false;
    const std::size_t open = unit.find_first_of(U"(（");
    if (open == View::npos || open == 0 || open + 3 > unit.size()) return false;
    const View inner = unit.substr(open + 1, unit.size() - open - 2);
    const bool asks_in = inner.starts_with(U"会同");
    const UnitParts told = PartsReader(asks_in ? inner.substr(2) : inner).read();
    if ((!asks_in && !told.labelled) || told.all().empty()) return false;
    one(trimmed(unit.substr(0, open)));
    if (asks_in && !waiting_.empty()) {
      add(Part::lead, waiting_.back());
      waiting_.pop_back();
    }
    for (const std::string& name : told.lead) add(Part::lead, name);
    for (const std::string& name : told.responsible) add(asks_in ? Part::cooperating : Part::responsible, name);
    for (const std::string& name : told.cooperating) add(Part::cooperating, name);
    parts_.labelled = true;
    return true;
  }

  [[nodiscard]] bool numbered_at(std::size_t i) const {
    View rest = s_.substr(i, 4);
    const std::size_t before = rest.size();
    if (!opens_bracket(s_[i])) return false;
    drop_number(rest);
    return rest.size() < before;
  }

  /// The end of a label that stands at `i`, else `i`: 牵头单位：, 【责任单位】, 牵头单位为, "配合单位 ".
  std::size_t label_at(std::size_t i) {
    const bool bracket = s_[i] == U'【' || s_[i] == U'[';
    std::size_t first = bracket ? i + 1 : i;
    for (const View level : {View(U"省级"), View(U"市级"), View(U"县级"), View(U"区级"), View(U"镇级")}) {
      if (s_.substr(first).starts_with(level)) first += level.size();
    }
    for (const PartWord& label : labels) {
      if (!s_.substr(first).starts_with(label.word)) continue;
      std::size_t end = first + label.word.size();
      label_ = label.part;
      if (bracket) return end < s_.size() && closes_bracket(s_[end]) ? end + 1 : i;
      std::size_t colon = end;
      while (colon < s_.size() && is_in(s_[colon], spaces)) ++colon;
      if (colon < s_.size() && is_in(s_[colon], U":：")) return colon + 1;
      if (label.word.size() >= long_label && clause_begins(i) && unit_follows(end)) return end;   // 配合单位乙局、丙局
      const bool parted = end < s_.size() && is_in(s_[end], U" \t\u3000\u00A0\n为是");
      return parted && label.word.size() >= long_label && (i == 0 || is_in(s_[i - 1], U" \t\u3000\u00A0\n，,；;。、"))
                 ? end + 1
                 : i;
    }
    return i;
  }

  [[nodiscard]] bool clause_begins(std::size_t i) const {
    return i == 0 || is_in(s_[i - 1], U" \t\u3000\u00A0\n，,；;。");
  }
  [[nodiscard]] bool unit_follows(std::size_t from) const {
    const View rest = s_.substr(from, s_.find_first_of(U"、，,；;。\n和及 ", from) - from);
    return rest.size() >= 2 && !is_in(rest.front(), U" \t\u3000\u00A0为是") && office_ends(rest);
  }

  void begin(Part part) {
    settle(0);
    now_ = part;
    asked_in_ = false;
    parts_.labelled = true;
  }

  void piece(View text) {
    for (std::size_t at; (at = joint(text)) != View::npos;) {   // 甲局会同乙局: who is asked in helps
      one_or_more(text.substr(0, at));
      if (!waiting_.empty()) give(0, Part::lead);
      begin(Part::cooperating);
      asked_in_ = true;
      text.remove_prefix(at + 2);
    }
    one_or_more(text);
  }

  static std::size_t joint(View text) {
    const std::size_t at = text.find(U"会同");
    if (at != View::npos && at > 0 && opens_bracket(text[at - 1])) return View::npos;   // （会同乙局）
    return at != View::npos && !text.substr(at).starts_with(U"会同县") ? at : View::npos;
  }

  void one_or_more(View text) {
    for (const View word : words_of(trimmed(text))) one(word);
  }

  /// Units parted by spaces or 和, when each of them surely is one (or names a part); else the text as it is.
  static std::vector<View> words_of(View text) {
    std::vector<View> words;
    std::size_t from = 0;
    int depth = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
      if (i < text.size() && opens_bracket(text[i])) ++depth;
      if (i < text.size() && closes_bracket(text[i]) && depth > 0) --depth;
      if (i < text.size() && (depth > 0 || !is_in(text[i], spaces))) continue;
      if (i > from) words.push_back(text.substr(from, i - from));
      from = i + 1;
    }
    if (words.size() < 2 || !std::all_of(words.begin(), words.end(), stands_alone) || place_before_unit(words))
      words = {text};
    std::vector<View> out;
    for (const View word : words) split_at_and(word, out);
    return out;
  }

  static View without_part(View word) {
    drop_number(word);
    take_suffix(word);
    take_mark(word);
    return word;
  }
  static bool surely(View word) {
    word = without_part(word);
    if (!word.empty() && closes_bracket(word.back()))
      word = word.substr(0, word.find_last_of(U"(（[【"));   // 各县（市、区）
    return stands_for_unit(word);
  }
  static bool stands_alone(View word) {
    const bool short_place = word.size() == 2 && is_in(word.back(), U"县区市镇乡村");
    return short_place || part_named(word) != Part::none || surely(word);
  }

  /// "甲县 水利局" may be one name.
  static bool place_before_unit(const std::vector<View>& words) {
    const auto place = [](View word) {
      return is_in(word.back(), U"省市县区镇乡村") && !word.starts_with(U"各") && part_named(word) == Part::none;
    };
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
      if (place(words[i]) && !place(words[i + 1]) && part_named(words[i + 1]) == Part::none) return true;
    }
    return false;
  }

  static void split_at_and(View word, std::vector<View>& out) {
    for (std::size_t i = 2; i + 2 < word.size(); ++i) {
      const std::size_t wide = word.substr(i).starts_with(U"以及") ? 2 : is_in(word[i], U"和及与") ? 1 : 0;
      const View before = without_part(word.substr(0, i));   // 农业农村和水利局 is one name
      const bool office = std::ranges::any_of(offices, [&](View last) { return before.ends_with(last); });
      if (wide == 0 || !office || !surely(before) || !surely(word.substr(i + wide))) continue;
      out.push_back(word.substr(0, i));
      return split_at_and(word.substr(i + wide), out);
    }
    out.push_back(word);
  }

  void one(View unit) {
    if (others_in_brackets(unit)) return;
    if (const Part alone = part_named(unit); alone != Part::none) return waiting_.empty() ? begin(alone) : named(alone);
    drop_number(unit);
    for (const View word : {View(U"由"), View(U"请")}) {
      if (unit.starts_with(word) && unit.size() > 2) unit.remove_prefix(1);
    }
    const Part behind = take_suffix(unit);
    const Part mark = take_mark(unit);
    const std::string name = text::utf8(unit);
    if (mark != Part::none) {
      add(mark, name);
      parts_.labelled = true;
    } else if (now_ != Part::none && (behind == Part::none || asked_in_)) {
      return add(now_, name);
    } else if (!name.empty()) {
      waiting_.push_back(name);
    }
    if (behind != Part::none) named(behind);
  }

  /// A word behind names: of all that wait, but of this clause only while no part was named before.
  void named(Part part) {
    const bool all = parts_.labelled;
    parts_.labelled = true;
    const std::size_t first = all ? 0 : std::min(clause_, waiting_.size());
    std::vector<std::string> own(waiting_.begin() + static_cast<std::ptrdiff_t>(first), waiting_.end());
    waiting_.resize(first);
    settle(0);
    waiting_ = std::move(own);
    give(0, part);
    now_ = Part::none;
    asked_in_ = false;
  }

  void settle(std::size_t first) { give(first, now_ == Part::none ? Part::responsible : now_); }
  void give(std::size_t first, Part part) {
    for (std::size_t i = first; i < waiting_.size(); ++i) add(part, waiting_[i]);
    waiting_.resize(first);
    clause_ = 0;
  }
  void add(Part part, const std::string& name) {
    auto& list = part == Part::lead ? parts_.lead : part == Part::cooperating ? parts_.cooperating : parts_.responsible;
    if (!name.empty() && std::find(list.begin(), list.end(), name) == list.end()) list.push_back(name);
  }

  View s_;
  UnitParts parts_;
  Part now_ = Part::none;     ///< of the label that stands before
  bool asked_in_ = false;     ///< by 会同: a word behind is of those who asked
  Part label_ = Part::none;   ///< found by label_at
  std::vector<std::string> waiting_;
  std::size_t clause_ = 0;   ///< the first of waiting_ behind the last comma
};

}   // namespace

std::vector<std::string> split_units(std::string_view typed) {
  std::vector<std::string> units;
  std::u32string unit;
  int depth = 0;
  const auto keep = [&] {
    std::string name(text::trim(text::utf8(unit)));
    unit.clear();
    if (!name.empty() && std::find(units.begin(), units.end(), name) == units.end()) units.push_back(std::move(name));
  };
  for (const char32_t c : text::code_points(typed)) {
    if (opens_bracket(c)) ++depth;
    if (closes_bracket(c) && depth > 0) --depth;
    if (depth == 0 && is_in(c, U"、，,；;/\n\r\t"))
      keep();
    else
      unit += c;
  }
  keep();
  return units;
}

std::vector<std::string> UnitParts::all() const {
  std::vector<std::string> units = lead;
  units.insert(units.end(), responsible.begin(), responsible.end());
  units.insert(units.end(), cooperating.begin(), cooperating.end());
  return units;
}

std::optional<TaskField> part_named(std::string_view word) {
  switch (part_named(View(text::code_points(text::trim(word))))) {
    case Part::lead: return TaskField::lead;
    case Part::responsible: return TaskField::responsible;
    case Part::cooperating: return TaskField::cooperating;
    case Part::none: break;
  }
  return std::nullopt;
}

std::optional<TaskField> first_part_in(std::string_view typed) {
  constexpr std::size_t near = 6;   // 表示：牵头单位
  const std::u32string s = text::code_points(typed.substr(0, 60));
  for (std::size_t i = 0; i < std::min(near, s.size()); ++i) {
    for (const PartWord& label : labels) {
      if (View(s).substr(i).starts_with(label.word)) return part_named(text::utf8(label.word));
    }
  }
  return std::nullopt;
}

std::optional<TaskField> ends_with_part(std::string_view typed) {
  const std::u32string s = text::code_points(typed);
  View text = s;
  while (!text.empty() && is_in(text.back(), U" \u3000:：(（“\"'=—-用以打标画注为填写作")) text.remove_suffix(1);
  for (const PartWord& label : labels) {
    if (text.ends_with(label.word)) return part_named(text::utf8(label.word));
  }
  return std::nullopt;
}

namespace {

/// "甲局\n（牵头）": a part in brackets on a line of its own belongs to the name above it.
std::u32string marks_drawn_up(View typed) {
  std::u32string out;
  for (std::size_t i = 0; i < typed.size(); ++i) {
    if (opens_bracket(typed[i])) {
      const std::size_t close = typed.find_first_of(U")）]】", i);
      const bool mark = close != View::npos && part_named(trimmed(typed.substr(i + 1, close - i - 1))) != Part::none;
      const bool round = typed[i] == U'(' || typed[i] == U'（';
      while (mark && round && !out.empty() && (is_in(out.back(), spaces) || is_in(out.back(), U"\n\r"))) out.pop_back();
    }
    out += typed[i];
  }
  return out;
}

}   // namespace

UnitParts unit_parts(std::string_view typed) {
  const std::u32string s = marks_drawn_up(text::code_points(typed));
  return PartsReader(s).read();
}

}   // namespace gangmu::plan
