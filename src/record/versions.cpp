// SPDX-License-Identifier: Apache-2.0
#include "record/versions.hpp"

#include <algorithm>
#include <set>

#include "base/decimal.hpp"
#include "base/text.hpp"
#include "record/errors.hpp"

namespace gangmu::record {
namespace {

using Texts = std::vector<std::string>;

Texts texts_of(const std::vector<Written>& all) {
  Texts out;
  for (const Written& one : all) out.push_back(one.text);
  return out;
}
std::string text_of(const std::optional<Written>& written) { return written ? written->text : std::string(); }

template <class All>
const auto* named(const All& all, std::string_view name) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id.text == name; });
  return found == all.end() ? nullptr : &*found;
}
const FieldSource* numbered_as(const std::vector<FieldSource>& fields, int id) {
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const FieldSource& f) { return f.id == id; });
  return found == fields.end() ? nullptr : &*found;
}
const FieldSource* called(const std::vector<FieldSource>& fields, std::string_view name) {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const FieldSource& f) { return f.name.text == name; });
  return found == fields.end() ? nullptr : &*found;
}

class Comparer {
 public:
  std::vector<VersionDifference> out;

  void kind(const KindSource& a, const KindSource& b) {
    const Position& at = b.id.where;
    if (a.id.text != b.id.text)
      add(VersionChange::never, b.id.text, "换了名称：原来的台账类型应保留，这是另一种",
          "it is another kind: keep the old one", at);
    if (a.zh != b.zh || a.en != b.en) add(VersionChange::free, b.id.text, "名称", "its label", at);
    if (text_of(a.home) != text_of(b.home))
      add(VersionChange::never, "home", "记录地址含归属地，不能改级别；请另建台账类型",
          "addresses hold the home; make another kind", where(b.home, at));
    if (text_of(a.number) != text_of(b.number))
      add(VersionChange::widening, "number", "编号样式；已给的号不变", "the form of numbers; those given stay",
          where(b.number, at));
    list(a.title, b.title, VersionChange::free, VersionChange::free, "title", at);
    key(a.key, b.key, "key", at);
    list(a.enter, b.enter, VersionChange::widening, VersionChange::widening, "enter", at);
    list(a.import, b.import, VersionChange::widening, VersionChange::widening, "import", at);
    list(a.public_fields, b.public_fields, VersionChange::widening, VersionChange::widening, "public", at);
    checks(a, b, at);
    flow_of(a, b, at);
    if (a.offline != b.offline || a.volume != b.volume || a.opening != b.opening)
      add(VersionChange::widening, b.id.text, "offline、volume 或 opening", "offline, volume or opening", at);
    fields(a.fields, b.fields, b.version, "", at);
    tallies(a, b, at);
    if (rights_text(a.read) != rights_text(b.read) || rights_text(a.edit) != rights_text(b.edit) ||
        unseal_text(a) != unseal_text(b))
      add(VersionChange::widening, "rights", "权限", "who may read and edit", at);
    if (views_text(a) != views_text(b)) add(VersionChange::free, "views", "视图", "its views", at);
  }

  void codes(std::string_view list, const std::vector<CodeSource>& a, const std::vector<CodeSource>& b) {
    const auto find = [](const std::vector<CodeSource>& all, const std::string& code) {
      const auto found = std::find_if(all.begin(), all.end(), [&](const CodeSource& c) { return c.code.text == code; });
      return found == all.end() ? nullptr : &*found;
    };
    const std::string id(list);
    for (const CodeSource& code : b) {
      const CodeSource* old = find(a, code.code.text);
      const std::string of = id + " " + code.code.text;
      if (!old) {
        add(VersionChange::widening, of, "新代码", "a new code", code.code.where);
        continue;
      }
      if (old->zh != code.zh || old->en != code.en) add(VersionChange::free, of, "名称", "its label", code.code.where);
      if (old->from != code.from || old->until != code.until || old->into != code.into)
        add(VersionChange::widening, of, "起止日期或并入；已有记录保留原代码",
            "its days or what it goes into; records keep it", code.code.where);
    }
    for (const CodeSource& code : a)
      if (!find(b, code.code.text))
        add(VersionChange::never, id + " " + code.code.text, "代码不能删除：请写 until（并入别的写 into）",
            "a code never vanishes: write until (and into, where another takes its place)",
            b.empty() ? code.code.where : b.back().code.where);
  }

  void flow(const flow::FlowSource& a, const flow::FlowSource& b) {
    for (const auto& state : b.states) {
      const auto* old = named(a.states, state.id.text);
      const std::string of = "state " + state.id.text;
      if (!old) {
        add(VersionChange::widening, of, "新状态", "a new state", state.id.where);
        continue;
      }
      if (old->kind.text != state.kind.text)
        add(VersionChange::narrowing, of, "状态类别变了：时限会停或缺；请新增一个状态",
            "it is of another kind, so clocks would stop or be missing: add a state instead", state.id.where);
      if (old->zh != state.zh || old->en != state.en) add(VersionChange::free, of, "名称", "its label", state.id.where);
      if (texts_of(old->edit) != texts_of(state.edit))
        add(VersionChange::widening, of, "可改的字段", "what may be edited in it", state.id.where);
    }
    for (const auto& step : b.steps) step_of(named(a.steps, step.id.text), step);
    for (const auto& clock : b.clocks)
      if (!named(a.clocks, clock.id.text))
        add(VersionChange::widening, "clock " + clock.id.text, "新时限", "a new clock", clock.id.where);
      else if (clock_text(*named(a.clocks, clock.id.text)) != clock_text(clock))
        add(VersionChange::widening, "clock " + clock.id.text, "时限；已在走的不变",
            "the clock; those that run stay as they are", clock.id.where);
    const Position& at = b.id.where;
    for (const auto& state : a.states)
      if (!named(b.states, state.id.text))
        add(VersionChange::narrowing, "state " + state.id.text, "有记录停在这个状态：请保留，只去掉通向它的步骤",
            "records stand in it: keep it, and take away the steps that lead there", at);
    for (const auto& step : a.steps)
      if (!named(b.steps, step.id.text))
        add(step.max ? VersionChange::narrowing : VersionChange::widening, "step " + step.id.text,
            step.max ? "记录记着办过几次：请保留步骤，去掉 from 里的状态" : "步骤没有了",
            step.max ? "records count it: keep the step and let no state offer it" : "the step is gone", at);
    for (const auto& clock : a.clocks)
      if (!named(b.clocks, clock.id.text))
        add(VersionChange::narrowing, "clock " + clock.id.text, "记录里有这个时限：请保留，只去掉 start 里的步骤",
            "records hold it: keep it, and start it by nothing that is taken", at);
  }

 private:
  void add(VersionChange change, std::string of, std::string zh, std::string en, const Position& at) {
    out.push_back({change, std::move(of), std::move(zh), std::move(en), at});
  }
  static const Position& where(const std::optional<Written>& written, const Position& otherwise) {
    return written ? written->where : otherwise;
  }
  static const Position& where(const std::vector<Written>& written, const Position& otherwise) {
    return written.empty() ? otherwise : written.front().where;
  }
  void list(const std::vector<Written>& a, const std::vector<Written>& b, VersionChange more, VersionChange less,
            const char* of, const Position& at) {
    if (texts_of(a) == texts_of(b)) return;
    add(b.size() >= a.size() ? more : less, of, "列出的不同了", "what it lists", where(b, at));
  }
  void key(const std::vector<Written>& a, const std::vector<Written>& b, const std::string& of, const Position& at) {
    if (texts_of(a) == texts_of(b)) return;
    if (b.empty()) return add(VersionChange::widening, of, "不再要求唯一", "nothing need be unique any more", at);
    add(VersionChange::narrowing, of, "已有记录可能重复：请先清理，或只在新记录的流程里校验",
        "records may be alike in it: leave the key as it was", where(b, at));
  }
  void checks(const KindSource& a, const KindSource& b, const Position& at) {
    const Texts old = texts_of(a.checks), now = texts_of(b.checks);
    for (const Written& check : b.checks)
      if (std::find(old.begin(), old.end(), check.text) == old.end())
        add(VersionChange::narrowing, "checks", "新校验 " + check.text + " 已有记录可能不符合：请写成步骤的 when",
            "records may not meet the new check " + check.text + ": make it the when of a step", check.where);
    for (const std::string& check : old)
      if (std::find(now.begin(), now.end(), check) == now.end())
        add(VersionChange::widening, "checks", "不再校验 " + check, check + " is no longer checked", at);
  }
  void flow_of(const KindSource& a, const KindSource& b, const Position& at) {
    const std::string old = text_of(a.flow), now = text_of(b.flow);
    if (old == now) return;
    const auto id = [](const std::string& text) { return text.substr(0, text.find('@')); };
    if (id(old) == id(now))
      return add(VersionChange::widening, "flow", "流程换了版本 " + now, "another version of its flow, " + now,
                 where(b.flow, at));
    if (old.empty())
      return add(VersionChange::narrowing, "flow", "已有记录没有状态：请另建台账类型",
                 "records have no state: make another kind", where(b.flow, at));
    add(VersionChange::narrowing, "flow", "换了流程，已有记录的状态没有着落：请给原流程出新版本",
        "the states of records would lead nowhere: make a new version of the flow it has", where(b.flow, at));
  }
  void tallies(const KindSource& a, const KindSource& b, const Position& at) {
    const auto told = [](const TallySource& t) {
      return t.to.text + "|" + t.measure.text + "|" + text_of(t.when) + "|" + text_of(t.date) + "|" + text_of(t.place);
    };
    std::set<std::string> old, now;
    for (const TallySource& tally : a.tallies) old.insert(told(tally));
    for (const TallySource& tally : b.tallies) {
      now.insert(told(tally));
      if (!old.contains(told(tally)))
        add(VersionChange::widening, "tally " + tally.to.text, "统计；发布时补算",
            "the tally; it is worked out anew when it is published", tally.to.where);
    }
    for (const TallySource& tally : a.tallies)
      if (!now.contains(told(tally)))
        add(VersionChange::widening, "tally " + tally.to.text, "统计没有了", "the tally is gone", at);
  }
  static std::string rights_text(const std::vector<RightSource>& all) {
    std::string out;
    for (const RightSource& one : all) out += text::join(texts_of(one.to), ",") + ":" + text_of(one.where) + ";";
    return out;
  }
  static std::string unseal_text(const KindSource& kind) {
    std::string out;
    for (const auto& [name, posts] : kind.unseal) out += name.text + ":" + text::join(texts_of(posts), ",") + ";";
    return out;
  }
  static std::string views_text(const KindSource& kind) {
    std::string out;
    for (const auto& [name, fields] : kind.views) out += name + ":" + text::join(texts_of(fields), ",") + ";";
    return out;
  }
  void step_of(const flow::StepSource* old, const flow::StepSource& step) {
    const std::string of = "step " + step.id.text;
    if (!old) return add(VersionChange::widening, of, "新步骤", "a new step", step.id.where);
    if (old->zh != step.zh || old->en != step.en) add(VersionChange::free, of, "名称", "its label", step.id.where);
    if (step_text(*old) != step_text(step))
      add(VersionChange::widening, of, "步骤的办法", "how it is taken", step.id.where);
  }
  static std::string step_text(const flow::StepSource& s) {
    std::string out = text::join(texts_of(s.from), ",") + ">" + s.to.text + " by " + text::join(texts_of(s.by), ",");
    out += "|" + text::join(texts_of(s.need), ",") + "|" + text::join(texts_of(s.edit), ",");
    for (const auto* one : {&s.when, &s.max, &s.count, &s.within, &s.route, &s.approve}) out += "|" + text_of(*one);
    for (const auto& [name, value] : s.set) out += "|" + name.text + "=" + value.text;
    return out;
  }
  static std::string budget_text(const std::optional<flow::BudgetSource>& b) {
    return b ? b->n.text + b->unit.text + text_of(b->limit) + text_of(b->formula) : std::string();
  }
  static std::string clock_text(const flow::ClockSource& c) {
    std::string out = text::join(texts_of(c.start), ",") + ">" + text::join(texts_of(c.stop), ",") + "|" +
                      text::join(texts_of(c.pause_in), ",") + "|" + budget_text(c.budget) + "|" + budget_text(c.every);
    for (const auto* one : {&c.until, &c.on, &c.pause_on, &c.when, &c.roll}) out += "|" + text_of(*one);
    if (c.extend)
      out += "|" + budget_text(c.extend->by) + "x" + c.extend->times.text + text::join(texts_of(c.extend->who), ",") +
             "/" + text::join(texts_of(c.extend->need), ",");
    for (const auto& rung : c.ladder)
      out += "|" + rung.at.text + text_of(rung.notify) + text_of(rung.fire) + text_of(rung.raise);
    return out;
  }

  // ── fields ──

  void fields(const std::vector<FieldSource>& a, const std::vector<FieldSource>& b, int version,
              const std::string& prefix, const Position& at) {
    int last = 0;
    for (const FieldSource& field : a) last = std::max(last, field.id);
    for (const FieldSource& field : b) {
      const FieldSource* old = numbered_as(a, field.id);
      const std::string of = prefix + field.name.text;
      if (old)
        one(*old, field, version, of);
      else
        fresh(a, b, field, last, of);
    }
    for (const FieldSource& field : a)
      if (!numbered_as(b, field.id) && !retyped(b, field))
        add(VersionChange::never, prefix + field.name.text,
            "已有的值会读不出：请保留字段并写 until: " + std::to_string(version - 1),
            "values that are held could not be read: keep the field and write until: " + std::to_string(version - 1),
            at);
    Texts was, is;
    for (const FieldSource& field : a)
      if (numbered_as(b, field.id)) was.push_back(std::to_string(field.id));
    for (const FieldSource& field : b)
      if (numbered_as(a, field.id)) is.push_back(std::to_string(field.id));
    if (was != is)
      add(VersionChange::free, prefix.empty() ? "fields" : prefix.substr(0, prefix.size() - 1), "顺序", "the order",
          at);
  }
  /// The same name, or `was`, of another type: told at the new field.
  static bool retyped(const std::vector<FieldSource>& b, const FieldSource& old) {
    const FieldSource* same = called(b, old.name.text);
    return same && same->type.text != old.type.text;
  }
  void fresh(const std::vector<FieldSource>& a, const std::vector<FieldSource>& b, const FieldSource& field, int last,
             const std::string& of) {
    const FieldSource* same = called(a, field.name.text);
    const std::string old = field.was ? field.was->text : std::string();
    if (same && same->type.text != field.type.text && !numbered_as(b, same->id))
      return add(VersionChange::never, of,
                 "类型不能就地从 " + same->type.text + " 改为 " + field.type.text +
                     "：请另起名称、写 was: " + field.name.text + "，并保留原字段（写 until）",
                 "its type can't change in place from " + same->type.text + " to " + field.type.text +
                     ": give the new field another name with was: " + field.name.text +
                     ", and keep the old one with until",
                 field.type.where);
    if (!old.empty() && !called(a, old))
      return add(VersionChange::never, of, "was 指的“" + old + "”不在上一版中",
                 "was names '" + old + "', which the version before does not have", field.was->where);
    if (field.id <= last)
      return add(
          VersionChange::never, of, "编号 " + std::to_string(field.id) + " 低于已用过的编号；请删去 id，由系统给号",
          "the number " + std::to_string(field.id) + " is below those given before: leave out id", field.name.where);
    if (text_of(field.need) == "always" && !field.computed)
      return add(VersionChange::narrowing, of, "已有记录没有这个必填的值：请写成步骤的 need",
                 "records have no such value: make it the need of a step", where(field.need, field.name.where));
    add(VersionChange::widening, of, old.empty() ? "新字段" : "新字段，接替“" + old + "”",
        old.empty() ? "a new field" : "a new field in place of '" + old + "'", field.name.where);
  }

  void one(const FieldSource& a, const FieldSource& b, int version, const std::string& of) {
    const Position& at = b.name.where;
    if (a.name.text != b.name.text) {
      if (text_of(b.was) != a.name.text)
        return add(VersionChange::never, of,
                   "编号 " + std::to_string(b.id) + " 是“" + a.name.text +
                       "”的，永不重用：请换编号；若是改名请写 was: " + a.name.text,
                   "the number " + std::to_string(b.id) + " is that of '" + a.name.text +
                       "' and never used again: take another; for a new name write was: " + a.name.text,
                   at);
      add(VersionChange::free, of, "改名，原名 " + a.name.text, "its name, which was " + a.name.text, where(b.was, at));
    }
    if (a.type.text != b.type.text)
      return add(VersionChange::never, of, "类型不能就地改：请新建字段并写 was: " + a.name.text,
                 "its type can't change in place: make a new field with was: " + a.name.text, b.type.where);
    if (a.zh != b.zh || a.en != b.en) add(VersionChange::free, of, "名称", "its label", at);
    for (const auto& [x, y, name] :
         {std::tuple{&a.show, &b.show, "show"}, {&a.inverse, &b.inverse, "inverse"}, {&a.datum, &b.datum, "datum"}})
      if (text_of(*x) != text_of(*y)) add(VersionChange::free, of, name, name, where(*y, at));
    if (texts_of(a.alias) != texts_of(b.alias)) add(VersionChange::free, of, "别名", "its aliases", at);
    limits(a, b, of, at);
    meaning(a, b, of, at);
    asked(a, b, of, at);
    derived_from(a, b, of, at);
    if (a.until != b.until)
      add(b.until > 0 || a.until == 0 ? VersionChange::widening : VersionChange::narrowing, of, "停用的版本",
          "the version it ends with", at);
    if (b.type.text != "rows") return;
    key(a.row_key, b.row_key, of + " key", at);
    fields(a.rows, b.rows, version, of + ".", at);
  }

  void wider(bool more, const std::string& of, const char* zh, const char* en, const Position& at) {
    if (more)
      return add(VersionChange::widening, of, std::string(zh) + "放宽", std::string("its ") + en + " is wider", at);
    add(VersionChange::narrowing, of, std::string(zh) + "收紧，已有的值可能放不下：请保持不变，或新建字段",
        std::string("its ") + en + " is tighter than values that may be held: leave it, or make a new field", at);
  }
  void bound(const std::optional<Written>& a, const std::optional<Written>& b, bool upper, const std::string& of,
             const char* zh, const char* en, const Position& at) {
    if (text_of(a) == text_of(b)) return;
    const auto x = a ? Decimal::parse(a->text) : Result<Decimal>(Decimal()), y = b ? Decimal::parse(b->text) : x;
    const bool more = !b || (a && x && y && (upper ? *y >= *x : *y <= *x));
    wider(more, of, zh, en, where(b, at));
  }
  void limits(const FieldSource& a, const FieldSource& b, const std::string& of, const Position& at) {
    static const std::map<std::string, std::string> usual{{"text", "200"}, {"rows", "500"}, {"shape", "2000"}};
    const auto most = [&](const FieldSource& f) {
      const auto found = usual.find(f.type.text);
      return f.max || found == usual.end() ? f.max : std::optional(Written{found->second, at});
    };
    bound(most(a), most(b), true, of, "长度、行数或大小", "length or size", at);
    bound(a.least, b.least, false, of, "最小值", "least value", at);
    bound(a.most, b.most, true, of, "最大值", "greatest value", at);
    const Written none{"0", at};
    if (b.type.text == "number")
      bound(a.decimals.value_or(none), b.decimals.value_or(none), true, of, "小数位", "number of decimals", at);
    subset(a.levels, b.levels, of, "级别", "list of levels", at);
    subset(a.of, b.of, of, "可填的种类", "list of what it takes", at);
    if (!a.inline_list.empty() && !b.inline_list.empty())
      subset(a.inline_list, b.inline_list, of, "代码", "list of codes", at);
    if (a.many != b.many) wider(b.many, of, "可选几项", "number of codes", at);
    if (a.na != b.na) wider(b.na, of, "可否不适用", "range of values", at);
  }
  /// An empty list takes anything.
  void subset(const std::vector<Written>& a, const std::vector<Written>& b, const std::string& of, const char* zh,
              const char* en, const Position& at) {
    const Texts old = texts_of(a), now = texts_of(b);
    if (std::set<std::string>(old.begin(), old.end()) == std::set<std::string>(now.begin(), now.end())) return;
    const bool more = now.empty() || (!old.empty() && std::all_of(old.begin(), old.end(), [&](const std::string& one) {
                        return std::find(now.begin(), now.end(), one) != now.end();
                      }));
    wider(more, of, zh, en, where(b, at));
  }
  void meaning(const FieldSource& a, const FieldSource& b, const std::string& of, const Position& at) {
    if (text_of(a.unit) != text_of(b.unit))
      add(VersionChange::narrowing, of, "单位变了，已有的数会变意思：请新建字段并写 was",
          "values that are held would mean something else in another unit: make a new field with was",
          where(b.unit, at));
    if (text_of(a.list) != text_of(b.list) || a.inline_list.empty() != b.inline_list.empty())
      add(VersionChange::narrowing, of, "换了代码表，已有代码没有着落：请在原表里增减代码",
          "codes that are held are not in another list: change the list it has", where(b.list, at));
    if (text_of(a.to) != text_of(b.to) || text_of(a.period) != text_of(b.period))
      add(VersionChange::never, of, "指向的类型或时期种类不能就地改：请新建字段并写 was",
          "what it refers to, or its kind of period, can't change in place: make a new field with was",
          where(b.to ? b.to : b.period, at));
    if (a.personal != b.personal)
      add(VersionChange::never, of, "日志里的值不能事后加密或解密：请新建字段",
          "what the journal holds is sealed or clear for good: make a new field", at);
    if (text_of(a.source) != text_of(b.source))
      add(VersionChange::widening, of, "来源", "its source", where(b.source, at));
  }
  void asked(const FieldSource& a, const FieldSource& b, const std::string& of, const Position& at) {
    const bool before = text_of(a.need) == "always", now = text_of(b.need) == "always";
    if (before && !now) add(VersionChange::widening, of, "不再必填", "it need not be filled in any more", at);
    if (!before && now)
      add(VersionChange::narrowing, of, "已有记录可能没填：请写成步骤的 need",
          "records may lack it: make it the need of a step", where(b.need, at));
    if (text_of(a.check) == text_of(b.check)) return;
    if (!b.check) return add(VersionChange::widening, of, "不再校验", "it is no longer checked", at);
    add(VersionChange::narrowing, of, "已有的值可能不符合新校验：请写成步骤的 when",
        "values that are held may not meet the check: make it the when of a step", b.check->where);
  }
  void derived_from(const FieldSource& a, const FieldSource& b, const std::string& of, const Position& at) {
    const bool typed = !a.computed && !a.take, now_typed = !b.computed && !b.take;
    if (typed && !now_typed)
      return add(VersionChange::narrowing, of, "填写的值会被算出的盖掉：请新建字段",
                 "what was typed would be overwritten: make a new field", where(b.computed ? b.computed : b.take, at));
    if (text_of(a.computed) != text_of(b.computed) || text_of(a.take) != text_of(b.take))
      add(VersionChange::widening, of, "算法；记录在下次办理时重算",
          "how it is worked out; a record follows at its next act", where(b.computed ? b.computed : b.take, at));
  }
};

}   // namespace

std::string_view name_of(VersionChange change) {
  static constexpr std::string_view all[] = {"free", "widening", "narrowing", "never"};
  return all[static_cast<std::size_t>(change)];
}

std::vector<VersionDifference> differences(const KindSource& before, const KindSource& after) {
  Comparer comparer;
  comparer.kind(before, after);
  return std::move(comparer.out);
}
std::vector<VersionDifference> differences(std::string_view list, const std::vector<CodeSource>& before,
                                           const std::vector<CodeSource>& after) {
  Comparer comparer;
  comparer.codes(list, before, after);
  return std::move(comparer.out);
}
std::vector<VersionDifference> differences(const flow::FlowSource& before, const flow::FlowSource& after) {
  Comparer comparer;
  comparer.flow(before, after);
  return std::move(comparer.out);
}

Status publishable(const KindSource& before, const KindSource& after,
                   const std::vector<VersionDifference>& differences) {
  Diagnostics faults;
  bool widens = false;
  for (const VersionDifference& one : differences) {
    widens = widens || one.change == VersionChange::widening || one.change == VersionChange::narrowing;
    if (one.change == VersionChange::narrowing && !after.map)
      faults.push_back({&errors::narrowing, {one.of, one.zh, one.en}, one.where});
    if (one.change == VersionChange::never) faults.push_back({&errors::never_so, {one.of, one.zh, one.en}, one.where});
  }
  if (widens && faults.empty() && after.version <= before.version)
    faults.push_back({&errors::version_wanted, {after.id.text, std::to_string(before.version + 1)}, after.id.where});
  if (!faults.empty()) return fail(std::move(faults));
  return {};
}

}   // namespace gangmu::record
