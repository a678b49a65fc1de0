// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "record/maker.hpp"

namespace gangmu::record {
namespace {

std::pair<std::string, std::string> near_one(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string found = text::nearest(word, candidates);
  if (found.empty()) return {};
  return {"，是否指 " + found, "; did you mean " + found + "?"};
}

}   // namespace

void KindMaker::fault(const ErrorKind& kind, std::vector<std::string> arguments, const Position& where) {
  faults_.push_back({&kind, std::move(arguments), where});
}

void KindMaker::unknown(const ErrorKind& kind, const Written& name, const std::vector<std::string>& candidates) {
  auto [zh, en] = near_one(name.text, candidates);
  fault(kind, {name.text, zh, en}, name.where);
}

void KindMaker::bound(const char* zh, const char* en, std::size_t n, int most, const Position& where) {
  if (n > static_cast<std::size_t>(most)) fault(errors::limit_exceeded, {zh, std::to_string(most), en}, where);
}

void KindMaker::connect(Kind& kind) {
  std::vector<std::string> kinds;
  for (const auto& one : out_.kinds_) kinds.push_back(one->id());
  for (std::size_t i = 0; i < kind.fields_.size(); ++i)
    if (kind.fields_[i].type == Type::ref && !out_.find(kind.fields_[i].spec.to))
      unknown(errors::kind_unknown, kind.source_.fields[i].to.value_or(kind.source_.fields[i].name), kinds);
  const flow::FlowSource* flow = nullptr;
  if (kind.source_.flow) {
    const auto found = around_.flows.find(kind.source_.flow->text);
    if (found == around_.flows.end())
      unknown(errors::flow_unknown, *kind.source_.flow, keys_of(around_.flows));
    else
      flow = &found->second;
  }
  kind.names_ = std::make_shared<KindNames>(kind, out_, flow, around_.lines);
}

const formula::Names& Kind::names() const { return *names_; }

const Code* CodeList::find(std::string_view code) const {
  const auto found = std::find_if(codes.begin(), codes.end(), [&](const Code& c) { return c.code == code; });
  return found == codes.end() ? nullptr : &*found;
}

const Kind* Catalogue::find(std::string_view id) const {
  const auto found = std::find_if(kinds_.begin(), kinds_.end(), [&](const auto& kind) { return kind->id() == id; });
  return found == kinds_.end() ? nullptr : found->get();
}
const CodeList* Catalogue::list(std::string_view id) const {
  const auto found = lists_->find(id);
  return found == lists_->end() ? nullptr : &found->second;
}

Result<std::shared_ptr<const Catalogue>> Catalogue::make(std::vector<KindSource> kinds, Around around,
                                                         const KindLimits& limits) {
  const auto out = std::make_shared<Catalogue>();
  out->lists_ = std::make_shared<std::map<std::string, CodeList, std::less<>>>();
  out->limits_ = std::make_shared<flow::Limits>(around.limits);
  for (const auto& [id, codes] : around.lists) {
    CodeList& list = (*out->lists_)[id];
    list.id = id;
    for (const CodeSource& code : codes)
      list.codes.push_back({code.code.text, code.zh, code.en, code.from, code.until, code.into});
  }
  Diagnostics faults = KindMaker(*out, around, limits).run(std::move(kinds));
  if (!faults.empty()) return fail(std::move(faults));
  return std::shared_ptr<const Catalogue>(out);
}

}   // namespace gangmu::record
