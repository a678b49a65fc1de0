// SPDX-License-Identifier: Apache-2.0
// gangmu due --calendar C.csv --start D --n N --unit wd|d|wh|h|min: when a limit ends, from a calendar's plain file.
#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/errors.hpp"
#include "cli/plain.hpp"
#include "flow/clock.hpp"
#include "pack/pack.hpp"

namespace gangmu::cli {
namespace {

struct Options {
  std::string calendar, start, unit = "wd";
  int n = 0;
  bool roll = false, json = false;
};

Result<Calendar> calendar_in(const std::string& file) {
  TRY_ASSIGN(const CsvRows csv, CsvRows::read(file, {"date", "off"}));
  Definition definition{.kind = "calendar", .id = file, .version = 1, .valid_from = {}, .retired = false, .body = {}};
  for (std::size_t i = 0; i < csv.size(); ++i) {
    Json day;
    day.set("date", csv.at(i, "date"));
    day.set("off", csv.at(i, "off") == "true");
    Json& days = definition.body.set("days", definition.body["days"]);
    days.push(std::move(day));
  }
  return pack::calendar_of(definition);
}

/// A day, or a moment at +08:00; a day begins at its first minute.
Result<Instant> moment_of(const std::string& text) {
  if (text.size() <= 10) {
    TRY_ASSIGN(const Date day, Date::parse(text));
    return flow::end_of(day.plus_days(-1));
  }
  return Instant::parse(text.find('+') == std::string::npos ? text + "+08:00" : text);
}

Status due(const Options& options) {
  TRY_ASSIGN(const Calendar calendar, calendar_in(options.calendar));
  TRY_ASSIGN(const Instant start, moment_of(options.start));
  const flow::Span span{options.n, *flow::time_unit(options.unit)};
  const auto at = flow::later(start, span.quanta(), span.unit, options.roll, {calendar, {}});
  if (!at) return fail(errors::due_unpublished, {options.start, span.text()});
  const std::string text = flow::in_days(span.unit) ? Instant{at->micros - 1}.date().text() : at->text();
  fmt::print("{}\n", options.json ? "{\"due\":\"" + text + "\"}" : text);
  return {};
}

}   // namespace

void add_due(CLI::App& app, Machine&, Run& run) {
  auto* command = app.add_subcommand("due", "时限何时届满 / when a limit ends");
  auto options = std::make_shared<Options>();
  command->add_option("--calendar", options->calendar, "calendar of a pack (csv: date, name, off)")->required();
  command->add_option("--start", options->start, "day it starts, which does not count; or a moment for hours")
      ->required();
  command->add_option("--n", options->n, "how many")->required()->check(CLI::Range(0, 100000));
  command->add_option("--unit", options->unit, "d days, wd working days, h hours, wh office hours, min minutes")
      ->check(CLI::IsMember({"d", "wd", "h", "wh", "min"}))
      ->capture_default_str();
  command->add_flag("--roll", options->roll, "a last day that is off moves to the next working day");
  command->add_flag("--json", options->json, "print JSON");
  command->callback([&run, options] {
    run = [options] {
      const Status status = due(*options);
      return status ? exit_done : report(status.error());
    };
  });
}

}   // namespace gangmu::cli
