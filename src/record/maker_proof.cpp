// SPDX-License-Identifier: Apache-2.0
// What rests on what, over all kinds: computed fields must not go round.
#include "record/maker.hpp"

#include <algorithm>

namespace gangmu::record {

std::vector<KindMaker::Node> KindMaker::rests_on(const Node& node) const {
  std::vector<Node> out;
  const Field& field = *node.kind->field(node.field);
  if (field.computed) read_by(*node.kind, *field.computed, field.computed->root(), out);
  return out;
}

void KindMaker::read_by(const Kind& kind, const formula::Tree& tree, formula::NodeIndex index,
                        std::vector<Node>& out) const {
  if (index == formula::no_node) return;
  const formula::Node& part = tree.nodes()[index];
  const Kind* inner = &kind;
  if (part.op >= formula::Op::count_of) {
    if (part.symbol < roll_base) return;
    inner = out_.kinds_[static_cast<std::size_t>((part.symbol - roll_base) / 1'000'000)].get();
  } else if (part.op == formula::Op::symbol || part.op == formula::Op::in_set) {
    if (part.symbol < look_step && kind.field(FieldId{part.symbol})) out.push_back({&kind, FieldId{part.symbol}});
    if (part.symbol >= look_step && part.symbol < roll_base) {   // a field of the record referred to
      const Field* way = kind.field(FieldId{part.symbol / look_step});
      const Kind* other = way && way->type == Type::ref ? out_.find(way->spec.to) : nullptr;
      if (const FieldId seen{part.symbol % look_step}; other && other->field(seen)) out.push_back({other, seen});
    }
  }
  for (const formula::NodeIndex operand : part.parts) read_by(*inner, tree, operand, out);
}

void KindMaker::prove_no_round() {
  std::map<Node, int> colour;
  std::vector<Node> path;
  const std::function<void(const Node&)> visit = [&](const Node& node) {
    int& mine = colour[node];
    if (mine == 2) return;
    if (mine == 1) return round(node, path);
    mine = 1;
    path.push_back(node);
    for (const Node& next : rests_on(node)) visit(next);
    path.pop_back();
    colour[node] = 2;
    Kind& kind = *std::find_if(out_.kinds_.begin(), out_.kinds_.end(), [&](const auto& k) {
                    return k.get() == node.kind;
                  })->get();
    if (kind.field(node.field)->stored_computed()) kind.computed_order_.push_back(node.field);
  };
  for (const auto& kind : out_.kinds_)
    for (const Field& field : kind->fields_)
      if (field.computed) visit({kind.get(), field.id});
}

void KindMaker::round(const Node& node, const std::vector<Node>& path) {
  std::string names;
  for (auto at = std::find(path.begin(), path.end(), node); at != path.end(); ++at)
    names += at->kind->id() + "." + at->kind->field(at->field)->name + " → ";
  const auto& sources = node.kind->source_.fields;
  const auto where =
      std::find_if(sources.begin(), sources.end(), [&](const FieldSource& s) { return FieldId{s.id} == node.field; });
  fault(errors::computed_cycle, {names + node.kind->id() + "." + node.kind->field(node.field)->name},
        where->name.where);
}

}   // namespace gangmu::record
