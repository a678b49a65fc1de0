// SPDX-License-Identifier: Apache-2.0
#include "pack/layout.hpp"

#include <algorithm>

namespace gangmu::pack {
namespace {

using enum ColumnType;

constexpr Column programme[] = {
    {"id", id, true, "", "short name of the programme; letters, digits, - _"},
    {"name_zh", text, true, "", "name on screen"},
    {"name_en", text, true, "", "name in English"},
    {"synthetic", boolean, true, "", "true: every page, chart and sheet carries 模拟数据; codes start with 99"},
    {"root", code, true, "", "code of the place without parent, quoted"},
    {"focus", code, false, "", "code of the place the pages open on, quoted; the root when absent"},
    {"headlines", object, false, "",
     "list of indicators; the first page shows the one that most places of a level have, the first of equals"},
    {"valid_from", date, true, "", "from when definitions hold that say nothing else"},
    {"began", date, false, "",
     "the day the programme began; the ladder of phases shows where today is, if it is given"},
    {"levels", object, true, "", "list of the levels used, highest first"},
    {"languages", object, true, "", "list: zh, en"},
    {"calendar", text, false, "", "id of the working-day calendar"},
    {"uses", object, false, "", "list: shared folders whose kinds, flows, codes and limits become the programme's own"},
    {"lines", object, false, "", "list of lines (条) that rights of kinds may name"},
    {"licence", text, true, "", "under what the pack may be passed on"},
    {"attribution", object, false, "", "list: whose data it is, with licence"},
    {"units", object, false, "", "list of units of measurement beside the known ones"},
    {"map_note_zh", text, false, "", "caption of the tile map"},
    {"map_note_en", text, false, "", "the same in English"},
    {"note_zh", text, false, "", "what the reader should know about the pack"},
    {"note_en", text, false, "", "the same in English"},
};

constexpr Column places_columns[] = {
    {"code", code, true, "", "12-digit statistical division code"},
    {"name_zh", text, true, "", "name as the code list has it"},
    {"name_en", text, false, "", "pinyin and generic term"},
    {"level", level, true, "", "province, city, county, town or village"},
    {"kind", choice, true,
     "province|prefecture_city|district|county_city|county|autonomous_county|street|town|township|ethnic_township|"
     "village|"
     "community|quasi_village|quasi_community|functional_zone|functional_prison|functional_forest_farm|functional_farm|"
     "functional_other",
     "kind of unit"},
    {"parent", place, false, "", "code of the place above; empty for the root only"},
    {"functional", boolean, false, "", "true: a unit of the statistics system that is no administrative unit"},
    {"pinyin", text, false, "", "reading without the generic term"},
    {"initials", text, false, "", "first letters of the reading, for search"},
    {"valid_from", date, false, "",
     "from when the row holds; the programme's date when empty. A later row of the code is a later version of the "
     "place"},
    {"valid_to", date, false, "", "last day of a place that is no more; its figures stay in the periods it was there"},
    {"was", code, false, "", "earlier code of the same place"},
    {"lon", decimal, false, "", "longitude of the seat, WGS 84"},
    {"lat", decimal, false, "", "latitude of the seat, WGS 84"},
    {"source", reference, false, "source", "where the row comes from"},
    {"note", text, false, "", "remark"},
};

constexpr Column successors[] = {
    {"from", place, true, "",
     "place that was split or merged; it ends the day before unless it is one of its successors"},
    {"to", place, true, "", "place that took over"},
    {"share", decimal, true, "",
     "part of it that went there, above 0 to 1; the shares of one place and day add up to 1"},
    {"on", date, true, "", "first day of the new state"},
    {"source", reference, false, "source", "where it is laid down"},
    {"note", text, false, "", "remark"},
};

constexpr Column posts[] = {
    {"id", id, true, "", "id of the post"},
    {"place", place, true, "", "place it belongs to"},
    {"role", choice, true, "commander|first_deputy|deputy|front_commander|site_foreman|lead_goose|office|department",
     "part in the chain of command"},
    {"title_zh", text, true, "", "title, never a person's name"},
    {"title_en", text, false, "", "the same in English"},
    {"valid_from", date, false, "", "from when it holds"},
    {"valid_to", date, false, "", "last day it holds; empty while it stands"},
    {"source", reference, false, "source", "where it is laid down"},
    {"note", text, false, "", "remark"},
};

constexpr Column tiles[] = {
    {"place", place, true, "", "county or town"},
    {"column", integer, true, "", "from the west, 0 first; each level has its own grid"},
    {"row", integer, true, "", "from the north, 0 first"},
};

constexpr Column sources[] = {
    {"id", id, true, "", "id of the source"},
    {"name_zh", text, true, "", "document, body and date: the citation that counts"},
    {"name_en", text, false, "", "the same in English"},
    {"years", text, false, "", "years it tells about"},
    {"licence", text, false, "", "under what it may be passed on"},
    {"grade", choice, true, "A|B|C|D",
     "A official list or research data set; B text of a public body or party paper; C secondary; D unverified, never "
     "ranks"},
    {"precedence", integer, true, "", "of two figures for one key the one with the smaller number is shown first"},
    {"url", url, false, "", "address of the issuing body or data set"},
    {"note", text, false, "", "caveat"},
};

constexpr Column indicators[] = {
    {"code", id, true, "", "code of the indicator"},
    {"valid_from", date, false, "",
     "from when this definition holds; a later row of the code is the next version (口径)"},
    {"name_zh", text, true, "", "name on screen"},
    {"name_en", text, true, "", "name in English"},
    {"unit_zh", unit, true, "", "unit of measurement"},
    {"unit_en", text, true, "", "the same in English"},
    {"decimals", integer, true, "", "digits behind the point that are data, 0 to 9"},
    {"direction", choice, true, "up|down|exact|neutral", "which way is better"},
    {"period_kind", choice, true, "flow|ytd|stock|year", "of the period alone, cumulative, at its end, or of the year"},
    {"frequency", choice, true, "Y|H|Q|M|W|D", "how often a figure is due"},
    {"aggregation", choice, true, "sum|ratio|weighted|mean|min|max|count|reported",
     "how figures add up above the entry level"},
    {"agg_args", text, false, "", "ratio: num=CODE;den=CODE;factor=100 (factor optional); weighted: w=CODE"},
    {"entry_level", level, true, "", "level at which figures are entered"},
    {"levels", levels, true, "", "levels at which the indicator exists"},
    {"domain", id, false, "", "economy, industry, agriculture …"},
    {"owner_zh", text, false, "", "department that owns the datum"},
    {"owner_en", text, false, "", "the same in English"},
    {"public", boolean, false, "", "false: not on public pages; true when empty"},
    {"soft_min", decimal, false, "", "a smaller value is asked back"},
    {"soft_max", decimal, false, "", "a larger value is asked back"},
    {"note", text, false, "", "what it means, and what not"},
};

constexpr Column observations[] = {
    {"place", place, true, "", "code of the place"},
    {"indicator", reference, true, "indicator", "code of the indicator"},
    {"period", period, true, "", "period of the figure"},
    {"value", cell, false, "", "value cell"},
    {"unit", text, false, "", "if filled, must be the indicator's; never written"},
    {"source", reference, true, "source", "where the figure comes from"},
    {"status", choice, false, "preliminary|revised|final", "final when empty"},
    {"grade", choice, false, "A|B|C|D", "quality; the source's when empty"},
    {"revision", integer, false, "", "1, 2, 3 … of one place, indicator, period and source; 1 when empty"},
    {"version", integer, false, "", "version of the indicator; when empty the one valid on the period's first day"},
    {"note", text, false, "", "remark"},
};

constexpr Column classes[] = {
    {"place", place, true, "", "place that is compared"},
    {"class", text, true, "", "id of the class it is compared in, as the schemes have it"},
    {"valid_from", date, false, "", "from when it holds"},
    {"valid_to", date, false, "", "last day it holds"},
    {"approval", text, false, "", "number of the document that publishes it; required for real places"},
    {"source", reference, false, "source", "where it is published"},
    {"note", text, false, "", "remark"},
};

constexpr Column facts[] = {
    {"id", id, true, "", "id of the fact"},
    {"type", choice, true, "fact|rule", "a statement, or a rule laid down"},
    {"topic", id, true, "", "what it is about"},
    {"place", place, false, "", "place it is about"},
    {"name_zh", text, true, "", "what is stated"},
    {"name_en", text, true, "", "the same in English"},
    {"value", text, false, "", "value cell, date or words"},
    {"unit", text, false, "", "unit of the value"},
    {"period", text, false, "", "year or period, empty when the text names none"},
    {"source", reference, true, "source", "where it is stated"},
    {"anchor", text, false, "", "at most 12 characters of the text that find the line"},
    {"line", integer, false, "", "line of the text"},
    {"note", text, false, "", "remark"},
};

constexpr Column actions[] = {
    {"id", id, true, "", "id of the action"},
    {"parent", reference, false, "action", "action a measure belongs to; empty for an action"},
    {"name_zh", text, true, "", "name"},
    {"name_en", text, false, "", "the same in English"},
    {"valid_from", date, false, "", "from when it holds"},
    {"valid_to", date, false, "", "last day it holds"},
    {"source", reference, false, "source", "where it is laid down"},
    {"note", text, false, "", "remark"},
};

constexpr Column tracks[] = {
    {"id", id, true, "", "id of the track"},
    {"place", place, true, "", "place whose track it is"},
    {"sentence_zh", text, true, "", "the track in one sentence"},
    {"sentence_en", text, true, "", "the same in English"},
    {"peer", text, false, "", "outside peer it compares itself with (对标)"},
    {"valid_from", date, false, "", "from when it holds"},
    {"valid_to", date, false, "", "last day it holds"},
    {"source", reference, true, "source", "where it is laid down"},
    {"anchor", text, false, "", "at most 12 characters of the text that find the line"},
    {"line", integer, false, "", "line of the text"},
    {"note", text, false, "", "remark"},
};

constexpr Column phases[] = {
    {"id", id, true, "", "id of the phase"},
    {"place", place, true, "", "place whose plan it is"},
    {"years", list, true, "", "years since the start that end a phase: 1, 3, 5, 10; never calendar years"},
    {"name_zh", text, true, "", "what shall be reached"},
    {"name_en", text, true, "", "the same in English"},
    {"source", reference, true, "source", "where it is laid down"},
    {"anchor", text, false, "", "at most 12 characters of the text that find the line"},
    {"line", integer, false, "", "line of the text"},
    {"note", text, false, "", "remark"},
};

constexpr Column targets[] = {
    {"id", id, true, "", "id of the target"},
    {"type", choice, true, "target|target_undated|qualitative|slogan",
     "target: value, unit and period stand; all others stay text"},
    {"topic", id, true, "", "what it is about"},
    {"place", place, true, "", "place it is set for"},
    {"indicator", reference, false, "indicator", "indicator that measures it"},
    {"name_zh", text, true, "", "what is asked"},
    {"name_en", text, true, "", "the same in English"},
    {"operator", choice, false, ">=|>|=|<|<=|keep", "how the value binds"},
    {"value", decimal, false, "", "the value; only with a unit"},
    {"unit", unit, false, "", "unit of the value"},
    {"period", text, false, "", "period, or 'every year'; empty when the text names none"},
    {"missing", choice, false, "原文未明确数量|原文未明确时限|原文未明确数量和时限", "what the text leaves open"},
    {"doubtful", boolean, false, "", "true: shown with 原文待核"},
    {"source", reference, true, "source", "where it is set"},
    {"anchor", text, false, "", "at most 12 characters of the text that find the line"},
    {"line", integer, false, "", "line of the text"},
    {"note", text, false, "", "remark"},
};

constexpr Column tasks[] = {
    {"id", id, true, "", "number of the task, a whole number from 1"},
    {"place", place, false, "", "place it is done for; the programme's own when empty"},
    {"action", text, false, "", "action (行动)"},
    {"measure", text, false, "", "measure (举措)"},
    {"title", text, true, "", "what is to be done"},
    {"target_text", text, false, "", "goal in words; a target is read from it only where value, unit and period stand"},
    {"lead", text, false, "", "lead unit (牵头): exactly one"},
    {"responsible", list, false, "", "responsible units (责任)"},
    {"cooperating", list, false, "", "cooperating units (配合)"},
    {"supervisor", text, false, "", "supervising unit (督办)"},
    {"due", due, false, "", "time limit as the office writes it: 2023-06-30, 2023年6月底前, 长期坚持"},
    {"progress", text, false, "", "latest report"},
    {"percent", decimal, false, "", "0 to 100"},
    {"progress_on", date, false, "", "day of the latest report"},
    {"state", choice, false, "open|done_waiting|closed|paused|objected|cancelled", "closed: 已销号; open when empty"},
    {"requested_on", date, false, "", "day closing was asked for"},
    {"closed_on", date, false, "", "day of 销号"},
    {"remark", text, false, "", "remark"},
    {"parent", text, false, "", "number of the task it was broken down from, which stands above it"},
    {"origin", choice, false, "台账|会议议定|领导批示|上级来文|检查发现|建议提案|其他", "where it comes from (来源)"},
    {"origin_text", text, false, "", "number of the paper, name of the meeting"},
    {"received_on", date, false, "", "day the unit received it (签收)"},
    {"proof_asked", boolean, false, "", "whether evidence is asked for at its end"},
};

constexpr Column pairings[] = {
    {"id", id, true, "", "id of the pairing"},
    {"side_a", places, true, "", "places on one side"},
    {"side_b", places, true, "", "places on the other side"},
    {"name_zh", text, true, "", "name"},
    {"name_en", text, true, "", "the same in English"},
    {"signed_on", date, false, "", "day of the agreement"},
    {"promise_a", text, false, "", "what side A promises"},
    {"promise_b", text, false, "", "what side B promises"},
    {"valid_from", date, false, "", "from when it holds"},
    {"valid_to", date, false, "", "last day it holds"},
    {"source", reference, true, "source", "where it is laid down"},
    {"anchor", text, false, "", "at most 12 characters of the text that find the line"},
    {"line", integer, false, "", "line of the text"},
    {"note", text, false, "", "remark"},
};

constexpr Column policies[] = {
    {"id", id, true, "", "id of the policy"},
    {"name_zh", text, true, "", "title"},
    {"name_en", text, false, "", "the same in English"},
    {"issuer", text, false, "", "body that issued it"},
    {"number", text, false, "", "document number"},
    {"issued_on", date, false, "", "day of issue"},
    {"place", place, false, "", "place it holds for"},
    {"valid_from", date, false, "", "from when it holds"},
    {"valid_to", date, false, "", "last day it holds"},
    {"source", reference, false, "source", "where it was read"},
    {"url", url, false, "", "address at the issuing body"},
    {"note", text, false, "", "remark"},
};

constexpr Column laws[] = {
    {"id", id, true, "", "id of the law"},
    {"title_zh", text, true, "", "title"},
    {"title_en", text, false, "", "the same in English"},
    {"issuer", text, false, "", "body that passed it"},
    {"in_force", date, true, "", "day from which the present text holds"},
    {"topic", id, false, "", "what of the programme it governs"},
    {"url", url, false, "", "address at the issuing body"},
    {"note", text, false, "", "remark"},
};

constexpr Column calendar[] = {
    {"date", date, true, "", "day that departs from the rule that Monday to Friday work"},
    {"name", text, false, "", "holiday it belongs to"},
    {"off", boolean, true, "", "true: a day off; false: a make-up working day"},
};

constexpr Column kinds[] = {
    {"id", id, true, "", "id of the kind: small letters, digits and _; the file's name"},
    {"is", map, true, "", "names in both languages, version, home, number, key, title, flow, who enters"},
    {"fields", map, true, "",
     "fields by name, in their order; each with a type and, once published, its number `no` (docs/kinds.md)"},
    {"tallies", object, false, "", "list: what a record contributes to indicators"},
    {"rights", map, false, "", "who reads, who edits, what is public, who may unseal what is personal"},
    {"views", map, false, "", "fields of the list, the board, …"},
    {"map", map, false, "", "what becomes of what this version can't hold of the one before (docs/kinds.md)"},
};

constexpr Column flows[] = {
    {"id", id, true, "", "name@version; the file's name"},
    {"start", map, false, "", "state a matter begins in, who begins it and with what; the first state when absent"},
    {"states", map, true, "", "states by name: open, wait or final"},
    {"steps", map, true, "", "steps by name: from, to, by whom, when, what is needed"},
    {"clocks", map, false, "", "time limits by name: what starts and stops them, how long, what happens then"},
};

constexpr Column codes[] = {
    {"code", id, true, "", "what is stored; never used again for something else"},
    {"zh", text, true, "", "name on screen"},
    {"en", text, false, "", "the same in English"},
    {"from", date, false, "", "first day it may be chosen"},
    {"until", date, false, "", "last day it may be chosen; a code ends, it never vanishes"},
    {"into", id, false, "", "code that took its place; only with `until`"},
};

constexpr Column limits[] = {
    {"id", id, true, "", "id of the limit, as clocks name it"},
    {"n", integer, true, "", "how many"},
    {"unit", choice, true, "d|wd|h|wh|min", "calendar days, working days, hours, office hours, minutes"},
    {"from", date, true, "", "first day it is in force"},
    {"until", date, false, "", "last day it is in force; a later row of the id is the limit that followed"},
    {"law", reference, false, "law", "law it stands in"},
    {"article", text, false, "", "article of the law"},
    {"extension", integer, false, "", "by how much it may be extended, in the same unit"},
    {"extensions", integer, false, "", "how often"},
    {"own", boolean, false, "", "true: no law says so, the office sets the figure itself"},
    {"note", text, false, "", "remark"},
};

constexpr Column scheme[] = {
    {"id", id, true, "", "id of the scheme"},
};

constexpr Column roles[] = {
    {"id", id, true, "", "always `roles`"},
    {"roles", object, true, "", "roles, and what each may do (docs/access.md)"},
};

constexpr Column records[] = {
    {"id", id, true, "", "number of the record in the pack, a whole number from 1; others refer to it by that"},
    {"state", id, false, "", "state it is in, where the kind has a flow; the first when empty"},
};

constexpr Column outline[] = {
    {"code", code, true, "", "(property of a feature) code of the place"},
    {"approval", text, true, "", "(member of the collection) 审图号, printed on every map"},
};

constexpr FileLayout table[] = {
    {"programme.yaml", FileForm::settings, "programme", programme, true, "what the programme is"},
    {"places.csv", FileForm::places, "place", places_columns, true, "the tree of places, parents before children"},
    {"successors.csv", FileForm::rows, "successor", successors, false, "splits and merges of places, with shares"},
    {"sources.csv", FileForm::rows, "source", sources, true, "where figures and sentences come from"},
    {"posts.csv", FileForm::rows, "post", posts, false, "offices held in places, by title"},
    {"tiles.csv", FileForm::rows, "tile", tiles, false, "schematic map (示意图): equal tiles in rough position"},
    {"indicators.csv", FileForm::rows, "indicator", indicators, false, "what figures mean"},
    {"observations.csv", FileForm::figures, "", observations, false, "figures"},
    {"classes.csv", FileForm::rows, "class", classes, false, "groups of places compared with one another"},
    {"facts.csv", FileForm::rows, "fact", facts, false,
     "facts and rules of the programme that are no figures of a series"},
    {"plan/actions.csv", FileForm::rows, "action", actions, false, "actions and, below them, measures"},
    {"plan/tracks.csv", FileForm::rows, "track", tracks, false, "each place's own positioning"},
    {"plan/phases.csv", FileForm::rows, "phase", phases, false, "year 1, 3, 5, 10"},
    {"plan/targets.csv", FileForm::rows, "target", targets, false,
     "targets, and sentences that lack something to be one"},
    {"plan/tasks.csv", FileForm::tasks, "task", tasks, false, "the opening task ledger (任务台账)"},
    {"pairings.csv", FileForm::rows, "pairing", pairings, false, "two-sided agreements"},
    {"policies.csv", FileForm::rows, "policy", policies, false, "documents that lay down something"},
    {"law.csv", FileForm::rows, "law", laws, false, "laws in force"},
    {"calendars/*.csv", FileForm::table, "calendar", calendar, false,
     "working days; a year is published when its 1 January has a row"},
    {"schemes/*.yaml", FileForm::document, "scheme", scheme, false,
     "how places are assessed (docs/assessments.md; all fields: docs/schemes.md)"},
    {"roles.yaml", FileForm::document, "roles", roles, false,
     "who may do what; without it the standard roles hold (docs/access.md)"},
    {"kinds/*.yaml", FileForm::named, "kind", kinds, false, "registers (台账): what a record of each kind holds"},
    {"flows/*.yaml", FileForm::named, "flow", flows, false, "how a matter goes from state to state, by when"},
    {"codes/*.csv", FileForm::list, "codes", codes, false, "codes a field of a kind may have, in their order"},
    {"limits.csv", FileForm::list, "limits", limits, false, "time limits of flows, with the law they stand in"},
    {"records/*.csv", FileForm::records, "record", records, false,
     "opening records of a kind with `opening: true`, and child rows of its field (records/KIND.FIELD.csv)"},
    {"boundaries.geojson", FileForm::outlines, "", outline, false, "the user's own outlines; checked, not loaded"},
};

bool matches(std::string_view pattern, std::string_view path) {
  const auto star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == path;
  const auto head = pattern.substr(0, star), tail = pattern.substr(star + 1);
  return path.size() > head.size() + tail.size() && path.starts_with(head) && path.ends_with(tail) &&
         path.substr(head.size()).find('/') == std::string_view::npos;
}

}   // namespace

const Column* FileLayout::column(std::string_view name) const {
  const auto it = std::ranges::find(columns, name, &Column::name);
  return it == columns.end() ? nullptr : &*it;
}

bool FileLayout::versioned() const { return form == FileForm::rows && column("valid_from") != nullptr; }

std::span<const FileLayout> layouts() { return table; }

const FileLayout* layout_of(std::string_view path) {
  const auto it = std::ranges::find_if(table, [&](const FileLayout& f) { return matches(f.path, path); });
  return it == std::end(table) ? nullptr : &*it;
}

const FileLayout* layout_of_kind(std::string_view kind) {
  const auto it = std::ranges::find(table, kind, &FileLayout::kind);
  return kind.empty() || it == std::end(table) ? nullptr : &*it;
}

bool is_companion(std::string_view path) {
  return path.starts_with("common/") || path == "pack.lock" || path == "LICENSE" || path == "README.md" ||
         path == "README.zh-CN.md";
}

}   // namespace gangmu::pack
