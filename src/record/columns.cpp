// SPDX-License-Identifier: Apache-2.0
#include "record/columns.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "record/errors.hpp"
#include "record/notices.hpp"

namespace gangmu::record {
namespace {

bool in_text_column(const Kind& kind, const Field& field) {
  if (field.personal || !field.stored() || (field.type != Type::text && field.type != Type::code)) return false;
  const auto stands = [&](const std::vector<FieldId>& all) {
    return std::find(all.begin(), all.end(), field.id) != all.end();
  };
  return field.type == Type::code || stands(kind.title()) || stands(kind.key());
}

std::size_t position(const std::vector<FieldId>& all, FieldId field) {
  const auto found = std::find(all.begin(), all.end(), field);
  return found == all.end() ? Columns::no_column : static_cast<std::size_t>(found - all.begin());
}

/// A record referred to is one number: its home before these bits, its own number in them (its kind is the field's).
constexpr int number_bits = 34;

std::int64_t units_of(const Field& field, const Decimal& value) {
  const auto whole = value.rescaled(field.spec.decimals);
  return whole ? std::max(whole->units(), least_value) : no_value;
}

}   // namespace

std::string folded(std::string_view text) {
  std::string out = text::narrow(text);
  std::ranges::transform(out, out.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

Columns::Columns(std::shared_ptr<const Catalogue> catalogue, const Kind& kind, std::shared_ptr<const place::Tree> tree)
    : catalogue_(std::move(catalogue)), kind_(&kind), tree_(std::move(tree)) {
  for (const Field& field : kind.fields()) {
    if (in_list(field)) numbers_.push_back(field.id);
    if (in_text_column(kind, field)) texts_.push_back(field.id);
    if (!place_ && field.type == Type::place && field.stored() && !field.personal) place_ = field.id;
    if (field.name == "place" && field.type == Type::place) place_ = field.id;
  }
}

std::size_t Columns::number_column(FieldId field) const { return position(numbers_, field); }
std::size_t Columns::text_column(FieldId field) const {
  const std::size_t at = position(texts_, field);
  return at == no_column ? no_column : at + 1;
}

std::int64_t Columns::number_of(std::string_view name) const {
  const auto found = known_->find(name);
  return found == known_->end() ? -1 : found->second;
}

const Chunk* Columns::find(const RecordId& id, std::size_t& row) const {
  const auto home = std::ranges::lower_bound(homes_, id.home, {}, &Home::home);
  if (home == homes_.end() || home->home != id.home || id.number < 1) return nullptr;
  const auto at = static_cast<std::size_t>(id.number - 1);
  if (at / Chunk::rows >= home->chunks.size()) return nullptr;
  const Chunk* chunk = home->chunks[at / Chunk::rows].get();
  row = at % Chunk::rows;
  return row < chunk->size() && chunk->seq[row] != 0 ? chunk : nullptr;
}

std::int64_t Columns::number_for(const Field& field, const Value& value) const {
  if (const auto* gap = std::get_if<Gap>(&value))
    return *gap == Gap::not_applicable ? not_applicable_value : *gap == Gap::withheld ? withheld_value : no_value;
  if (std::holds_alternative<Threshold>(value)) return threshold_value;
  if (const auto* number = std::get_if<Decimal>(&value)) return units_of(field, *number);
  if (const auto* date = std::get_if<Date>(&value)) return date->days;
  if (const auto* at = std::get_if<Instant>(&value)) return at->micros;
  if (const auto* period = std::get_if<Period>(&value)) return period->key();
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? 1 : 0;
  if (const auto* place = std::get_if<PlaceId>(&value)) return place->value;
  if (const auto* codes = std::get_if<Codes>(&value)) {
    const CodeList* list = catalogue_->list(field.spec.list);
    const Code* code = list && codes->all.size() == 1 ? list->find(codes->all.front()) : nullptr;
    return code ? code - list->codes.data() : no_value;
  }
  if (std::holds_alternative<Who>(value)) return number_of(key_text(field, value));
  if (const auto* id = std::get_if<RecordId>(&value)) return (id->home.value << number_bits) | id->number;
  return no_value;
}

std::optional<Value> Columns::value_at(const Field& field, std::int64_t number) const {
  if (number == no_value) return std::nullopt;
  if (number == not_applicable_value) return Value(Gap::not_applicable);
  if (number < least_value) return Value(Gap::withheld);
  switch (field.type) {
    case Type::number:
    case Type::money: return Value(Decimal(number, field.spec.decimals));
    case Type::date: return Value(Date{static_cast<std::int32_t>(number)});
    case Type::time: return Value(Instant{number});
    case Type::flag: return Value(number != 0);
    case Type::place: return Value(PlaceId{number});
    case Type::who: {
      const auto who = number < 0 ? Result<Who>(Who{}) : who_of(name_of(number));
      return who && !who->id.empty() ? std::optional(Value(*who)) : std::nullopt;
    }
    case Type::ref: {
      const PlaceId home{number >> number_bits};
      return Value(RecordId{home, field.spec.to, number & ((std::int64_t{1} << number_bits) - 1)});
    }
    case Type::period: {
      const auto period = Period::from_key(number);
      return period ? std::optional(Value(*period)) : std::nullopt;
    }
    case Type::choice: {
      const CodeList* list = catalogue_->list(field.spec.list);
      const auto at = static_cast<std::size_t>(number);
      return list && at < list->codes.size() ? std::optional(Value(Codes{{list->codes[at].code}})) : std::nullopt;
    }
    default: return std::nullopt;
  }
}

/// One set of changes on its way into new chunks.
class Columns::Writer {
 public:
  explicit Writer(const Columns& before) : out_(before) {
    if (before.kind_->flow()) rungs_ = telling_rungs(*before.kind_->flow());
  }

  Result<Columns> run(std::span<const Change> changes) {
    std::map<RecordId, const Json*> last;
    for (const Change& change : changes) last[change.id] = &change.document;
    for (auto it = last.cbegin(); it != last.cend();) it = chunk(it, last.cend());
    if (names_) {
      out_.names_ = std::move(names_);
      out_.known_ = std::move(known_);
    }
    return std::move(out_);
  }

 private:
  using Changed = std::map<RecordId, const Json*>::const_iterator;

  /// All changes of one chunk at once.
  Changed chunk(Changed it, Changed end) {
    const RecordId& first = it->first;
    const auto index = static_cast<std::size_t>((first.number - 1) / static_cast<std::int64_t>(Chunk::rows));
    Home& home = home_of(first.home);
    while (home.chunks.size() <= index) home.chunks.push_back(std::make_shared<const Chunk>(empty()));
    Chunk next = *home.chunks[index];
    std::map<std::size_t, std::vector<std::string>> words;
    for (; it != end && it->first.home == first.home &&
           static_cast<std::size_t>((it->first.number - 1) / static_cast<std::int64_t>(Chunk::rows)) == index;
         ++it) {
      const auto row = static_cast<std::size_t>((it->first.number - 1) % static_cast<std::int64_t>(Chunk::rows));
      widen(next, row + 1);
      put(next, row, it->first.home, *it->second, words[row]);
    }
    rewrite(next, words);
    home.chunks[index] = std::make_shared<const Chunk>(std::move(next));
    return it;
  }

  Home& home_of(PlaceId id) {
    auto found = std::ranges::lower_bound(out_.homes_, id, {}, &Home::home);
    if (found == out_.homes_.end() || found->home != id) found = out_.homes_.insert(found, {.home = id});
    return *found;
  }

  [[nodiscard]] Chunk empty() const {
    Chunk out;
    out.numbers.resize(out_.numbers_.size());
    out.texts.resize(out_.texts_.size() + 1);
    return out;
  }

  static void widen(Chunk& chunk, std::size_t rows) {
    if (chunk.size() >= rows) return;
    chunk.seq.resize(rows, 0);
    chunk.node.resize(rows, place::no_node);
    chunk.state.resize(rows, flow::none);
    chunk.due.resize(rows, never_due);
    chunk.next.resize(rows, never_due);
    chunk.unsure.resize(rows, 0);
    chunk.told.resize(rows, 0);
    chunk.raiser.resize(rows, -1);
    for (auto& column : chunk.numbers) column.resize(rows, no_value);
    for (auto& column : chunk.texts) column.ends.resize(rows, static_cast<std::uint32_t>(column.bytes.size()));
  }

  void put(Chunk& chunk, std::size_t row, PlaceId home, const Json& document, std::vector<std::string>& words) {
    const bool there = chunk.seq[row] != 0, stays = !document.is_null() && document["void"].is_null();
    out_.size_ = out_.size_ + (stays && !there ? 1 : 0) - (there && !stays ? 1 : 0);
    words.assign(chunk.texts.size(), {});
    chunk.seq[row] = stays ? document["seq"].integer_or(1) : 0;
    chunk.node[row] = out_.tree_->find(home);   // one without a place lies where it was entered
    chunk.state[row] = out_.kind_->flow() ? out_.kind_->flow()->state(document["s"].string_or("")) : flow::none;
    chunk.due[row] = due_of(document);
    chunk.unsure[row] = unsure(document) ? 1 : 0;
    chunk.told[row] = out_.kind_->flow() ? told_rungs(*out_.kind_->flow(), rungs_, document) : 0;
    chunk.next[row] = document["next"].integer_or(never_due);
    chunk.raiser[row] = static_cast<std::int32_t>(name(document["by"]));
    for (std::size_t c = 0; c < out_.numbers_.size(); ++c)
      chunk.numbers[c][row] = number(*out_.kind_->field(out_.numbers_[c]), document["f"]);
    if (const std::size_t at = out_.place_ ? position(out_.numbers_, out_.place_) : no_column; at != no_column)
      if (const std::int64_t place = chunk.numbers[at][row]; place >= least_value)
        chunk.node[row] = out_.tree_->find(PlaceId{place});
    words[0] = folded(document["no"].string_or(""));
    for (std::size_t c = 0; c < out_.texts_.size(); ++c)
      words[c + 1] = folded(document["f"][std::to_string(out_.texts_[c].value)].string_or(""));
  }

  static std::int64_t due_of(const Json& document) {
    std::int64_t out = never_due;
    if (const auto* clocks = document["c"].object())
      for (const auto& [id, clock] : *clocks)
        if (const auto due = Instant::parse(clock["due"].string_or(""))) out = std::min(out, due->micros);
    return out;
  }

  static bool unsure(const Json& document) {
    if (const auto* clocks = document["c"].object())
      for (const auto& [id, clock] : *clocks)
        if (clock["since"].string() && clock["due"].is_null()) return true;
    return false;
  }

  std::int64_t name(const Json& json) {
    const std::string* text = json.string();
    if (!text) return -1;
    const auto& known = known_ ? *known_ : *out_.known_;
    if (const auto found = known.find(*text); found != known.end()) return found->second;
    if (!names_) {
      names_ = std::make_shared<std::vector<std::string>>(*out_.names_);
      known_ = std::make_shared<std::map<std::string, std::int64_t, std::less<>>>(*out_.known_);
    }
    names_->push_back(*text);
    return (*known_)[*text] = static_cast<std::int64_t>(names_->size()) - 1;
  }

  std::int64_t number(const Field& field, const Json& values) {
    const Json& json = values[std::to_string(field.id.value)];
    if (json.is_null()) return no_value;
    if (field.type == Type::who) return json.string() ? name(json) : no_value;
    const auto value = value_of(field, json);
    return value ? out_.number_for(field, *value) : no_value;
  }

  /// Text columns lie end to end, so a row that changed moves those behind it.
  static void rewrite(Chunk& chunk, const std::map<std::size_t, std::vector<std::string>>& words) {
    for (std::size_t c = 0; c < chunk.texts.size(); ++c) {
      TextColumn next;
      next.bytes.reserve(chunk.texts[c].bytes.size());
      for (std::size_t row = 0; row < chunk.size(); ++row) {
        const auto changed = words.find(row);
        next.bytes += changed == words.end() ? chunk.texts[c].at(row) : std::string_view(changed->second[c]);
        next.ends.push_back(static_cast<std::uint32_t>(next.bytes.size()));
      }
      chunk.texts[c] = std::move(next);
    }
  }

  Columns out_;
  std::vector<TellingRung> rungs_;
  std::shared_ptr<std::vector<std::string>> names_;
  std::shared_ptr<std::map<std::string, std::int64_t, std::less<>>> known_;
};

Result<Columns> Columns::with(std::span<const Change> changes) const { return Writer(*this).run(changes); }

}   // namespace gangmu::record
