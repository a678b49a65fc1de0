// SPDX-License-Identifier: Apache-2.0
#include "fact/indicator.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/decimal.hpp"
#include "base/text.hpp"
#include "fact/errors.hpp"

namespace gangmu::fact {

namespace {

constexpr std::array<std::string_view, 4> direction_names{"up", "down", "exact", "neutral"};
constexpr std::array<std::string_view, 4> figure_names{"flow", "ytd", "stock", "year"};
constexpr std::array<std::string_view, 8> aggregation_names{"sum", "ratio", "weighted", "mean",
                                                            "min", "max",   "count",    "reported"};
constexpr std::array<std::string_view, 6> frequency_names{"Y", "H", "Q", "M", "W", "D"};
constexpr std::string_view level_choice = "province, city, county, town, village";

template <class Enum, std::size_t n>
std::optional<Enum> named(const std::array<std::string_view, n>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

template <std::size_t n>
std::string choice(const std::array<std::string_view, n>& names) {
  return text::join(std::vector<std::string>(names.begin(), names.end()), ", ");
}

Diagnostic bad_field(const Indicator& indicator, std::string_view field, std::string_view value,
                     std::string_view wanted) {
  return {&errors::indicator_field,
          {indicator.code.value, std::string(field), std::string(value), std::string(wanted)},
          {}};
}

Status check_parts(const Indicator& indicator) {
  const bool ratio = indicator.aggregation == Aggregation::ratio;
  const std::string name(aggregation_name(indicator.aggregation));
  Diagnostics faults;
  if (ratio && !indicator.numerator)
    faults.push_back({&errors::indicator_parts, {indicator.code.value, name, "num"}, {}});
  if (ratio && !indicator.denominator)
    faults.push_back({&errors::indicator_parts, {indicator.code.value, name, "den"}, {}});
  if (indicator.aggregation == Aggregation::weighted && !indicator.denominator) {
    faults.push_back({&errors::indicator_parts, {indicator.code.value, name, "w"}, {}});
  }
  if (!faults.empty()) return fail(std::move(faults));
  return {};
}

/// Reads the members of one body and collects what is wrong with them.
class BodyReader {
 public:
  BodyReader(const Json& body, Indicator& indicator) : body_(body), indicator_(indicator) {}

  void text(std::string_view field, std::string& into, bool needed = false) {
    if (const auto* s = body_[field].string())
      into = *s;
    else if (!body_[field].is_null())
      faults.push_back(bad_field(indicator_, field, body_[field].canonical(), "\"…\""));
    if (needed && into.empty()) {
      faults.push_back({&errors::indicator_field_missing, {indicator_.code.value, std::string(field)}, {}});
    }
  }

  template <class Enum, class Names>
  void one_of(std::string_view field, const Names& names, Enum& into) {
    std::string name;
    text(field, name, true);
    if (name.empty()) return;
    if (const auto found = named<Enum>(names, name))
      into = *found;
    else
      faults.push_back(bad_field(indicator_, field, name, choice(names)));
  }

  void decimals() {
    const auto n = body_["decimals"].integer_or(-1);
    if (n >= 0 && n <= Decimal::max_scale)
      indicator_.decimals = static_cast<int>(n);
    else
      faults.push_back(bad_field(indicator_, "decimals", body_["decimals"].canonical(), "0…9"));
  }

  void frequency() {
    text("frequency", indicator_.frequency);
    if (!indicator_.frequency.empty() && !named<int>(frequency_names, indicator_.frequency)) {
      faults.push_back(bad_field(indicator_, "frequency", indicator_.frequency, choice(frequency_names)));
    }
  }

  void levels() {
    std::string entry;
    text("entry_level", entry, true);
    if (const auto level = place::level_of(entry))
      indicator_.entry_level = *level;
    else if (!entry.empty())
      faults.push_back(bad_field(indicator_, "entry_level", entry, level_choice));
    const auto* list = body_["levels"].array();
    for (const Json& item : list ? *list : Json::Array{}) {
      const auto level = place::level_of(item.string_or(""));
      if (level)
        indicator_.levels.push_back(*level);
      else
        faults.push_back(bad_field(indicator_, "levels", item.canonical(), level_choice));
    }
  }

  void aggregation() {
    one_of("aggregation", aggregation_names, indicator_.aggregation);
    std::string args;
    text("agg_args", args);
    if (auto status = read_agg_args(args, indicator_); !status) {
      faults.insert(faults.end(), status.error().all().begin(), status.error().all().end());
    }
  }

  Diagnostics faults;

 private:
  const Json& body_;
  Indicator& indicator_;
};

}   // namespace

void publish(IndicatorVersions& versions, DatedIndicator next) {
  while (!versions.empty() && versions.back().valid_from >= next.valid_from) versions.pop_back();
  versions.push_back(std::move(next));
}

const Indicator& on_day(const IndicatorVersions& versions, Date day) {
  const auto after = std::ranges::upper_bound(versions, day, {}, &DatedIndicator::valid_from);
  return (after == versions.begin() ? after : after - 1)->indicator;
}

std::string_view direction_name(Direction direction) { return direction_names[static_cast<std::size_t>(direction)]; }
std::string_view figure_name(FigureKind figure) { return figure_names[static_cast<std::size_t>(figure)]; }
std::string_view aggregation_name(Aggregation aggregation) {
  return aggregation_names[static_cast<std::size_t>(aggregation)];
}
std::optional<Direction> direction_of(std::string_view name) { return named<Direction>(direction_names, name); }
std::optional<FigureKind> figure_of(std::string_view name) { return named<FigureKind>(figure_names, name); }
std::optional<Aggregation> aggregation_of(std::string_view name) { return named<Aggregation>(aggregation_names, name); }

Status read_agg_args(std::string_view agg_args, Indicator& indicator) {
  std::vector<std::string> rest;
  for (const auto& piece : text::split(agg_args, ';')) {
    const std::string_view part = text::trim(piece);
    if (part.starts_with("num=")) {
      indicator.numerator = {std::string(part.substr(4))};
    } else if (part.starts_with("den=")) {
      indicator.denominator = {std::string(part.substr(4))};
    } else if (part.starts_with("w=")) {
      indicator.denominator = {std::string(part.substr(2))};
    } else if (part.starts_with("factor=")) {
      const auto digits = part.substr(7);
      const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), indicator.factor);
      if (fault != std::errc{} || end != digits.data() + digits.size() || indicator.factor < 1) {
        return fail(Diagnostics{bad_field(indicator, "factor", digits, "1, 100, 10000 …")});
      }
    } else if (!part.empty()) {
      rest.emplace_back(part);
    }
  }
  indicator.check = text::join(rest, ";");
  return check_parts(indicator);
}

std::string agg_args(const Indicator& indicator) {
  std::vector<std::string> parts;
  if (indicator.numerator) parts.push_back("num=" + indicator.numerator.value);
  if (indicator.denominator) {
    parts.push_back((indicator.aggregation == Aggregation::weighted ? "w=" : "den=") + indicator.denominator.value);
  }
  if (indicator.factor != 1) parts.push_back("factor=" + std::to_string(indicator.factor));
  if (!indicator.check.empty()) parts.push_back(indicator.check);
  return text::join(parts, ";");
}

Json to_json(const Indicator& indicator) {
  Json levels{Json::Array{}};
  for (const auto level : indicator.levels) levels.push(place::level_name(level));
  return Json::Object{{"code", indicator.code.value},
                      {"name_zh", indicator.name_zh},
                      {"name_en", indicator.name_en},
                      {"unit_zh", indicator.unit_zh},
                      {"unit_en", indicator.unit_en},
                      {"decimals", indicator.decimals},
                      {"direction", direction_name(indicator.direction)},
                      {"period_kind", figure_name(indicator.figure)},
                      {"frequency", indicator.frequency},
                      {"aggregation", aggregation_name(indicator.aggregation)},
                      {"agg_args", agg_args(indicator)},
                      {"entry_level", place::level_name(indicator.entry_level)},
                      {"levels", std::move(levels)},
                      {"domain", indicator.domain},
                      {"owner_zh", indicator.owner_zh},
                      {"owner_en", indicator.owner_en},
                      {"note", indicator.note},
                      {"public", indicator.public_figure}};
}

Result<Indicator> indicator_from_json(const Json& body, int version) {
  Indicator indicator;
  indicator.version = version;
  BodyReader read(body, indicator);
  read.text("code", indicator.code.value, true);
  read.text("name_zh", indicator.name_zh, true);
  read.text("name_en", indicator.name_en);
  read.text("unit_zh", indicator.unit_zh);
  read.text("unit_en", indicator.unit_en);
  read.decimals();
  read.one_of("direction", direction_names, indicator.direction);
  read.one_of("period_kind", figure_names, indicator.figure);
  read.frequency();
  read.aggregation();
  read.levels();
  read.text("domain", indicator.domain);
  read.text("owner_zh", indicator.owner_zh);
  read.text("owner_en", indicator.owner_en);
  read.text("note", indicator.note);
  indicator.public_figure = body["public"].boolean_or(true);
  if (!read.faults.empty()) return fail(std::move(read.faults));
  return indicator;
}

}   // namespace gangmu::fact
