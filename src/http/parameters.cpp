// SPDX-License-Identifier: Apache-2.0
#include "http/parameters.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/control.hpp"
#include "base/date.hpp"
#include "base/period.hpp"
#include "base/text.hpp"
#include "http/errors.hpp"

namespace gangmu::http {
namespace {

using Fault = std::optional<Diagnostic>;

Fault fault(const ErrorKind& kind, std::vector<std::string> arguments) {
  return Diagnostic{&kind, std::move(arguments), {}};
}

std::string joined(const std::vector<std::string_view>& words) {
  return text::join({words.begin(), words.end()}, ", ");
}

bool is_integer_within(const std::string& value, std::int64_t least, std::int64_t most) {
  std::int64_t n = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), n);
  return error == std::errc() && end == value.data() + value.size() && n >= least && n <= most;
}

bool is_code(const std::string& value) {
  return value.size() == 12 && std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Fault wrong_type(const Parameter& parameter, const std::string& value) {
  const std::string name(parameter.name);
  switch (parameter.type) {
    case ParameterType::text: return {};
    case ParameterType::integer:
      if (is_integer_within(value, parameter.least, parameter.most)) return {};
      return fault(errors::parameter_integer,
                   {name, value, std::to_string(parameter.least), std::to_string(parameter.most)});
    case ParameterType::choice:
      if (std::find(parameter.choices.begin(), parameter.choices.end(), value) != parameter.choices.end()) return {};
      return fault(errors::parameter_choice, {name, value, joined(parameter.choices)});
    case ParameterType::code: return is_code(value) ? Fault{} : fault(errors::parameter_code, {name, value});
    case ParameterType::period: return Period::parse(value) ? Fault{} : fault(errors::parameter_period, {name, value});
    case ParameterType::date: return Date::parse(value) ? Fault{} : fault(errors::parameter_date, {name, value});
  }
  return {};
}

/// A text may say how long it can be.
std::size_t bytes_most(const Parameter& parameter, std::size_t otherwise) {
  const bool own = parameter.type == ParameterType::text && parameter.most > 0;
  return own ? static_cast<std::size_t>(parameter.most) : otherwise;
}

Diagnostic unknown(const std::string& name, std::span<const Parameter> declared) {
  std::vector<std::string> names;
  for (const Parameter& parameter : declared) names.emplace_back(parameter.name);
  const std::string near = text::nearest(name, names);
  if (!near.empty()) return {&errors::parameter_unknown_near, {name.substr(0, 60), near}, {}};
  return {&errors::parameter_unknown, {name.substr(0, 60), names.empty() ? "–" : text::join(names, ", ")}, {}};
}

}   // namespace

Result<Query> check_query(std::span<const Parameter> declared,
                          const std::vector<std::pair<std::string, std::string>>& sent, std::size_t value_bytes) {
  Query out;
  Diagnostics faults;
  for (const auto& [name, value] : sent) {
    const auto parameter =
        std::find_if(declared.begin(), declared.end(), [&](const Parameter& p) { return p.name == name; });
    if (parameter == declared.end()) {
      faults.push_back(unknown(name, declared));
    } else if (const std::size_t most = bytes_most(*parameter, value_bytes); value.size() > most) {
      faults.push_back({&errors::parameter_too_long, {name, std::to_string(most)}, {}});
    } else if (const auto control = text::first_control(value)) {
      faults.push_back({&errors::parameter_control, {name, control->name()}, {}});
    } else if (value.empty()) {
      continue;
    } else if (Fault wrong = wrong_type(*parameter, value)) {
      faults.push_back(*std::move(wrong));
    } else if (!out.emplace(name, value).second) {
      faults.push_back({&errors::parameter_twice, {name}, {}});
    }
  }
  for (const Parameter& parameter : declared)
    if (parameter.required && !out.contains(parameter.name) && faults.empty())
      faults.push_back({&errors::parameter_missing, {std::string(parameter.name)}, {}});
  if (!faults.empty()) return fail(std::move(faults));
  return out;
}

}   // namespace gangmu::http
