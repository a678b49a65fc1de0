// SPDX-License-Identifier: Apache-2.0
#include "plan/due_moment.hpp"

#include <algorithm>
#include <initializer_list>

#include "base/text.hpp"

namespace gangmu::plan {

namespace {

using View = std::u32string_view;
using Words = std::initializer_list<View>;

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_space(char32_t c) {
  return c == U' ' || c == U'\n' || c == U'\r' || c == U'\t' || c == U'\u00A0' || c == U'\u3000';
}

/// Reads from the front of a text. Spaces may stand between words and inside of them ("长　期"), never inside a number.
class Cursor {
 public:
  explicit Cursor(View text) : rest_(text) {}
  [[nodiscard]] bool done() const { return spaceless().empty(); }
  [[nodiscard]] View spaceless() const {
    const auto first = rest_.find_first_not_of(U' ');
    return first == View::npos ? View() : rest_.substr(first);
  }
  [[nodiscard]] bool at_space() const { return !rest_.empty() && rest_.front() == U' '; }
  [[nodiscard]] bool at_digit() const { return !done() && is_digit(spaceless().front()); }
  [[nodiscard]] bool starts_with(View word) const { return Cursor(*this).take(word); }
  bool take(View word) {
    View left = rest_;
    for (const char32_t c : word) {
      const auto first = left.find_first_not_of(U' ');
      if (first == View::npos || left[first] != c) return false;
      left.remove_prefix(first + 1);
    }
    rest_ = left;
    return true;
  }
  bool take_any(Words words) {
    return std::any_of(words.begin(), words.end(), [&](View word) { return take(word); });
  }
  bool take_all(Words words) {   // as many as there are, in any order
    bool any = false;
    while (take_any(words)) any = true;
    return any;
  }
  /// The digits in front, all of them; 0 digits leave the cursor.
  View run() {
    const View left = spaceless();
    std::size_t n = 0;
    while (n < left.size() && is_digit(left[n])) ++n;
    if (n > 0) rest_ = left.substr(n);
    return left.substr(0, n);
  }
  int number(std::size_t most_digits) {   // -1 when there is none or it is longer
    const Cursor before = *this;
    const View digits = run();
    if (digits.empty() || digits.size() > most_digits) return *this = before, -1;
    return value_of(digits);
  }
  static int value_of(View digits) {
    constexpr int beyond_any = 100'000'000;   // a telephone number is no day
    int value = 0;
    for (const char32_t c : digits) value = std::min(value * 10 + static_cast<int>(c - U'0'), beyond_any);
    return value;
  }

 private:
  View rest_;
};

constexpr Words before_words = {U"不晚于", U"不迟于", U"不超过", U"最迟", U"最晚", U"截止",   U"截~",  U"即日起",
                                U"自",     U"从",     U"由",     U"于",   U"在",   U"~",      U"力争", U"确保",
                                U"计划",   U"预计",   U"拟",     U"约",   U"分别", U"原则上", U"("};
constexpr Words after_words = {U"前",   U"之前", U"以前", U"底",   U"末",   U"止",   U"内",   U"之内", U"以内", U"完成",
                               U"完工", U"竣工", U"投产", U"建成", U"投用", U"使用", U"验收", U"达标", U"达到", U"全部",
                               U"基本", U"力争", U"确保", U")",    U".",    U"到位", U"交付", U"全面"};
constexpr Words start_words = {U"起", U"开始", U"启动", U"开工建设", U"开工", U"动工"};
constexpr Words list_signs = {U"、", U",", U";", U"。", U"/", U"以及", U"和", U"及", U"与", U"或", U"并"};

constexpr int first_year = 1900, last_year = 2199, first_short = 15, last_short = 49;
bool year_like(View digits) {
  const int value = Cursor::value_of(digits);
  return digits.size() == 4 && value >= first_year && value <= last_year;
}

bool link_follows(Cursor at) {
  return at.done() || at.starts_with(U"~") || at.starts_with(U"-") || at.take_any(list_signs);
}

bool ten_days(Cursor& at, Moment& m) {
  if (at.take_any({U"上旬"})) return m.day = 10, m.kind = DueKind::date, true;
  if (at.take_any({U"上中旬", U"中旬"})) return m.day = 20, m.kind = DueKind::date, true;
  return at.take_any({U"中下旬", U"下旬"});
}

/// The day behind a month: 30日, 30号, 中旬; 30 before 前, a link or the end. False for 初 and 中, which name no day.
bool read_day(Cursor& at, Moment& m) {
  if (ten_days(at, m)) return true;
  if (at.starts_with(U"初") || at.starts_with(U"中")) return false;
  const Cursor before = at;
  const int day = at.number(2);
  if (day < 0) return true;
  const bool whole = at.take_any({U"日", U"号"}) || link_follows(at) || at.starts_with(U"前") || at.starts_with(U")");
  if (!whole) return at = before, false;
  m.day = day;
  m.kind = DueKind::date;
  return true;
}

char32_t separator(Cursor& at) {
  for (const char32_t sign : {U'-', U'/', U'.'}) {
    if (at.take(View(&sign, 1))) return sign;
  }
  return at.at_space() && at.at_digit() ? U' ' : U'\0';
}

/// 20230630, 202306
bool read_run(View digits, Moment& m) {
  if ((digits.size() != 8 && digits.size() != 6) || !year_like(digits.substr(0, 4))) return false;
  m.part = Cursor::value_of(digits.substr(4, 2));
  if (m.part < 1 || m.part > 12) return false;
  m.year = Cursor::value_of(digits.substr(0, 4));
  m.named = YearNamed::yes;
  m.kind = digits.size() == 8 ? DueKind::date : DueKind::month;
  m.day = digits.size() == 8 ? Cursor::value_of(digits.substr(6)) : 0;
  return true;
}

/// 2023-06-30, 2023.6.30, 2023/6, 2023-6月底. In 2023.6-9 and 2023-1-6月 the last hyphen means "to".
bool read_numeric(Cursor& at, Moment& m) {
  const Cursor before = at;
  const View digits = at.run();
  if (read_run(digits, m)) return true;
  if (!year_like(digits)) return at = before, false;
  const char32_t sign = separator(at);
  m.part = sign == 0 ? -1 : at.number(2);
  if (m.part < 1 || m.part > 12 || at.starts_with(U"年") || at.starts_with(U"季") || at.starts_with(U"个"))
    return at = before, false;
  m.year = Cursor::value_of(digits);
  m.named = YearNamed::yes;
  m.kind = DueKind::month;
  if (at.take_any({U"月份", U"月"})) return read_day(at, m);
  if (ten_days(at, m)) return true;
  const Cursor month_end = at;
  const bool again = separator(at) == sign;
  const int day = again ? at.number(2) : -1;
  if (day < 0 || at.starts_with(U"月")) return at = month_end, true;
  at.take_any({U"日", U"号"});
  m.day = day;
  m.kind = DueKind::date;
  return true;
}

/// The year in front of a month or quarter, or alone.
void read_year(Cursor& at, Moment& m) {
  const auto offset = [&](int years) { m.named = YearNamed::offset, m.year = years, m.kind = DueKind::year; };
  if (at.take_any({U"今年", U"本年度", U"本年", U"当年"})) return offset(0);
  if (at.take_any({U"明年", U"来年", U"次年", U"翌年", U"第2年"})) return offset(1);
  if (at.take(U"后年")) return offset(2);
  const Cursor before = at;
  const View digits = at.run();
  const int value = digits.size() <= 4 ? Cursor::value_of(digits) : 0;
  const bool word = at.take(U"年");
  if (year_like(digits)) {
    m.bare_year = !word && (at.starts_with(U"~") || at.starts_with(U"-") || at.done());
    const bool joined = at.starts_with(U"上半年") || at.starts_with(U"下半年") || at.starts_with(U"第") ||
                        at.starts_with(U"Q") || at.starts_with(U"底") || at.starts_with(U"末") ||
                        at.starts_with(U"全年");
    if (!word && !m.bare_year && !joined) return void(at = before);
    m.year = value;
  } else if (word && digits.size() == 2 && value >= first_short && value <= last_short) {
    m.year = 2000 + value;
    m.short_year = true;
  } else {
    return void(at = before);
  }
  m.named = YearNamed::yes;
  m.kind = DueKind::year;
}

/// 6.30 and 6/30 without a year, or behind 2023年.
bool read_month_and_day(Cursor& at, Moment& m) {
  const Cursor before = at;
  const int month = at.number(2);
  const bool sign = at.take(U".") || at.take(U"/");
  const int day = sign && at.at_digit() ? at.number(2) : -1;
  at.take_any({U"日", U"号"});
  if (month < 1 || month > 12 || day < 1 || at.at_digit() || at.starts_with(U".") || at.starts_with(U"年") ||
      at.starts_with(U"个"))
    return at = before, false;
  m.part = month;
  m.day = day;
  m.kind = DueKind::date;
  return true;
}

enum class Read : std::uint8_t { nothing, whole, wrong };

Read read_numbered_part(Cursor& at, Moment& m) {
  const Cursor before = at;
  const bool up_to = at.take(U"前");                     // 前三季度
  const bool quarter_sign = at.take_any({U"Q", U"q"});   // 2023Q1
  const bool ordinal = quarter_sign || at.take(U"第");
  const int number = at.number(2);
  if (number < 0) return at = before, Read::nothing;
  m.part = number;
  if (at.take_any({U"季度", U"季", U"Q", U"q"}) || (quarter_sign && link_follows(at)))
    return m.kind = DueKind::quarter, Read::whole;
  if (up_to) return at = before, Read::nothing;
  if (!ordinal && at.take_any({U"月份", U"月"})) {
    m.kind = DueKind::month;
    return read_day(at, m) ? Read::whole : Read::wrong;
  }
  if (!ordinal && m.named == YearNamed::no && at.take_any({U"日", U"号"})) {   // 15日 of the month named before
    m.day = number;
    m.part = 0;
    return m.kind = DueKind::date, Read::whole;
  }
  if (!link_follows(at)) return at = before, Read::nothing;
  return m.kind = DueKind::unread, Read::whole;
}

Read read_part(Cursor& at, Moment& m) {
  if (at.take(U"上半年")) return m.part = 1, m.kind = DueKind::half, Read::whole;
  if (at.take(U"下半年")) return m.part = 2, m.kind = DueKind::half, Read::whole;
  if (at.take(U"元月")) {
    m.part = 1;
    m.kind = DueKind::month;
    return read_day(at, m) ? Read::whole : Read::wrong;
  }
  if (read_month_and_day(at, m)) return Read::whole;
  return read_numbered_part(at, m);
}

/// 年底, 年度内, 全年; 底 and 末 right behind a year.
bool read_year_end(Cursor& at, Moment& m) {
  const bool named = m.kind == DueKind::year;
  if (at.take_any({U"年度", U"年底", U"年末", U"年终", U"年内", U"全年"}) ||
      (named && at.take_any({U"度", U"底", U"末"}))) {
    m.short_year = m.bare_year = false;
    m.kind = DueKind::year;
    return true;
  }
  m.doubtful = named && !m.bare_year && (at.starts_with(U"前") || at.starts_with(U"之前") || at.starts_with(U"以前"));
  return named;
}

/// Hours tell nothing about the day: 24时, 17:00, T00:00:00.
void skip_clock(Cursor& at) {
  const Cursor before = at;
  at.take_any({U"T", U"上午", U"下午", U"中午", U"晚上", U"晚"});
  if (at.number(2) < 0) return void(at = before);
  if (at.take_any({U"时", U"点"})) {
    if (at.number(2) >= 0) at.take(U"分");
    at.take_any({U"整", U"半"});
    return;
  }
  bool clock = false;
  while (at.take(U":") && at.number(2) >= 0) clock = true;
  if (!clock) return void(at = before);
  if (at.take(U".")) at.run();
  at.take(U"Z");
}

void skip_weekday(Cursor& at) {
  const Cursor before = at;
  at.take(U"(");
  const bool named = at.take_any({U"星期", U"周"}) && (at.number(1) > 0 || at.take_any({U"日", U"天"}));
  if (!named) return void(at = before);
  at.take(U")");
}

bool read_moment(Cursor& at, Moment& m) {
  at.take_all(before_words);
  if (!read_numeric(at, m)) {
    m = {};
    read_year(at, m);
    const Moment year = m;
    const Read part = read_part(at, m);
    if (part == Read::wrong) return false;
    if (part == Read::nothing) m = year;
    if (part == Read::whole) m.short_year = m.bare_year = false;
    if (part == Read::nothing && !read_year_end(at, m)) return false;
  }
  if (m.kind == DueKind::date) {
    skip_weekday(at);
    skip_clock(at);
  }
  const bool within = m.kind == DueKind::month && m.named == YearNamed::no;
  m.doubtful = m.doubtful || (within && (at.starts_with(U"内") || at.starts_with(U"之内") || at.starts_with(U"以内")));
  at.take_all(after_words);
  m.starts = at.take_all(start_words);
  return true;
}

/// What ties the next time to this one; `none` when nothing does.
Link read_link(Cursor& at) {
  const bool space = at.at_space();
  if (at.take(U"~")) {
    at.take_all({U"~", U"-"});
    return Link::range;
  }
  if (at.take(U"-")) return at.take_all({U"-", U"~"}) ? Link::range : Link::hyphen;
  if (at.take_all(list_signs) || space) return Link::list;
  return Link::none;
}

}   // namespace

std::u32string plain_due(std::string_view text) {
  const std::u32string s = text::code_points(text::narrow(text::trim(text)));
  const View han = U"〇一二三四五六七八九";
  std::u32string out;
  for (std::size_t i = 0; i < s.size(); ++i) {
    const char32_t c = View(U"零○◯").find(s[i]) != View::npos ? U'〇' : s[i];
    const auto digit = han.find(c);
    const bool digit_before = !out.empty() && is_digit(out.back()), digit_next = i + 1 < s.size() && is_digit(s[i + 1]);
    if (c == U'十') {   // 十二月 → 12月, 二十日 → 20日, 十月 → 10月
      const bool before = digit_before && out.back() != U'0' && i > 0 && han.find(s[i - 1]) != View::npos;
      const bool after = i + 1 < s.size() && han.find(s[i + 1]) != View::npos;
      if (!before) out += U'1';
      if (!after) out += U'0';
    } else if (digit != View::npos) {
      out += static_cast<char32_t>(U'0' + digit);
    } else if (View(U"—–―~〜∼至到").find(c) != View::npos) {
      if (out.empty() || out.back() != U'~') out += U'~';
    } else if (View(U"‐‑−").find(c) != View::npos) {
      out += U'-';
    } else if (c == U'·' || (c == U'。' && digit_before && digit_next)) {
      out += U'.';
    } else if (is_space(c)) {
      if (!out.empty() && out.back() != U' ') out += U' ';
    } else {
      out += c;
    }
  }
  return out;
}

std::vector<Moment> read_moments(View plain) {
  Cursor at(plain);
  std::vector<Moment> moments;
  Link link = Link::none;
  while (true) {
    Moment m;
    if (!read_moment(at, m)) return {};
    m.link = link;
    moments.push_back(m);
    if (at.done()) return moments;
    link = read_link(at);
    if (link == Link::none) return {};
    if (at.done()) return link == Link::list ? moments : std::vector<Moment>{};
  }
}

std::vector<Moment> moments_within(View plain) {
  std::vector<Moment> found;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    if (i > 0 && (is_digit(plain[i - 1]) || plain[i - 1] == U'.')) continue;
    Cursor at(plain.substr(i));
    Moment m;
    if (!read_moment(at, m) || m.kind == DueKind::unread || (m.bare_year && plain.size() > 4)) continue;
    if ((m.kind == DueKind::date && m.part == 0) || at.starts_with(U"初") || at.starts_with(U"中")) continue;
    const std::size_t used = plain.size() - i - at.spaceless().size();
    found.push_back(m);
    i += std::max<std::size_t>(used, 1) - 1;
  }
  return found;
}

}   // namespace gangmu::plan
