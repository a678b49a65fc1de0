// SPDX-License-Identifier: Apache-2.0
// How a tree is printed: with the fewest brackets that parse back to the same tree.
#include "formula/tree.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "formula/builtins.hpp"
#include "formula/lexer.hpp"

namespace gangmu::formula {
namespace {

enum Binding : std::uint8_t { disjunction, conjunction, negation, comparison, sum, product, sign, whole };

struct Operator {
  std::string_view sign;
  Binding binding;
};

Operator operator_of(Op op) {
  switch (op) {
    case Op::or_: return {"or", disjunction};
    case Op::and_: return {"and", conjunction};
    case Op::equal: return {"==", comparison};
    case Op::not_equal: return {"!=", comparison};
    case Op::less: return {"<", comparison};
    case Op::less_equal: return {"<=", comparison};
    case Op::greater: return {">", comparison};
    case Op::greater_equal: return {">=", comparison};
    case Op::in_list:
    case Op::in_set: return {"in", comparison};
    case Op::add:
    case Op::add_workdays: return {"+", sum};
    case Op::subtract: return {"-", sum};
    case Op::multiply: return {"*", product};
    case Op::divide: return {"/", product};
    default: return {{}, whole};
  }
}

std::string quoted(std::string_view text, char quote) {
  std::string out(1, quote);
  for (const char c : text) {
    if (c == quote) out += quote;
    out += c;
  }
  return out + quote;
}

std::string path_text(const std::vector<std::string>& path) {
  std::string out;
  for (const std::string& part : path) out += (out.empty() ? "" : ".") + (plain_name(part) ? part : quoted(part, '`'));
  return out;
}

class Printer {
 public:
  Printer(std::span<const Node> nodes, const Names& names) : nodes_(nodes), names_(&names) {}

  std::string at(NodeIndex index, Binding outside = disjunction) {
    const Node& node = nodes_[index];
    if (node.op == Op::convert) return at(node.parts[0], outside);   // units are converted again when it is read
    const auto [text, binding] = of(node);
    return binding < outside ? "(" + text + ")" : text;
  }

 private:
  std::pair<std::string, Binding> of(const Node& node) {
    switch (node.op) {
      case Op::literal: return literal(node);
      case Op::symbol: return {path_text(names_->path(node.symbol)), whole};
      case Op::negate: return {"-" + at(node.parts[0], sign), sign};
      case Op::not_: return {"not " + at(node.parts[0], negation), negation};
      case Op::in_list: return {at(node.parts[0], sum) + " in (" + list(node, 1) + ")", comparison};
      case Op::call: return {names_->function_name(node.symbol) + "(" + list(node, 0) + ")", whole};
      default: break;
    }
    if (aggregates(node.op)) return {aggregate(node), whole};
    const Operator op = operator_of(node.op);
    if (op.sign.empty()) return {std::string(builtin_name(node.op)) + "(" + list(node, 0) + ")", whole};
    // Comparisons don't chain, so both their sides bind closer; all others lean to the left.
    const auto closer = static_cast<Binding>(op.binding + 1);
    return {at(node.parts[0], op.binding == comparison ? sum : op.binding) + " " + std::string(op.sign) + " " +
                at(node.parts[1], op.binding == comparison ? sum : closer),
            op.binding};
  }

  std::pair<std::string, Binding> literal(const Node& node) {
    if (const auto* number = std::get_if<Decimal>(&node.literal)) {
      return {number->text() + (node.united ? node.type.unit.text() : ""), number->units() < 0 ? sign : whole};
    }
    if (const auto* typed = std::get_if<std::string>(&node.literal)) return {quoted(*typed, '\''), whole};
    if (const auto* code = std::get_if<Code>(&node.literal))
      return {quoted(names_->code_text(node.type.domain, *code), '\''), whole};
    if (absent(node.literal)) return {"missing", whole};
    return {text_of(node.literal), whole};
  }

  std::string list(const Node& node, std::size_t from) {
    std::string out;
    for (std::size_t i = from; i < node.parts.size(); ++i)
      out += (i > from ? ", " : "") + at(node.parts[i], from > 0 ? sum : disjunction);
    return out;
  }

  std::string aggregate(const Node& node) {
    std::string out = std::string(builtin_name(node.op)) + "(" + path_text(names_->path(node.symbol));
    const auto set = names_->find(names_->path(node.symbol));
    const Names* outer = std::exchange(names_, set && set->item ? set->item : names_);
    if (node.parts[0] != no_node) out += "." + at(node.parts[0]);
    if (node.parts[1] != no_node) out += " where " + at(node.parts[1]);
    names_ = outer;
    return out + ")";
  }

  std::span<const Node> nodes_;
  const Names* names_;
};

std::string number_of(const Ratio& ratio) { return std::to_string(ratio.over) + "/" + std::to_string(ratio.under); }

}   // namespace

bool Node::operator==(const Node& other) const {
  return op == other.op && type == other.type && literal == other.literal && united == other.united &&
         symbol == other.symbol && ratio == other.ratio && parts == other.parts;
}

std::string Tree::text(const Names& names) const { return Printer(nodes_, names).at(root()); }

std::string Tree::canonical() const {
  std::string out;
  for (const Node& node : nodes_) {
    out += "(" + std::to_string(static_cast<int>(node.op));
    if (node.op == Op::literal)
      out += " " + std::to_string(node.literal.index()) + " " + text_of(node.literal) + " " + node.type.domain + " " +
             node.type.unit.text();
    if (node.symbol != 0) out += " #" + std::to_string(node.symbol);
    if (node.op == Op::convert) out += " " + number_of(node.ratio);
    for (const NodeIndex part : node.parts) out += part == no_node ? " -" : " " + std::to_string(part);
    out += ")";
  }
  return out;
}

std::vector<std::int64_t> Tree::symbols() const {
  std::vector<bool> inside(nodes_.size());
  for (NodeIndex i = root() + 1; i-- > 0;) {
    const bool within = inside[i] || aggregates(nodes_[i].op);
    for (const NodeIndex part : nodes_[i].parts)
      if (part != no_node && within) inside[part] = true;
  }
  std::vector<std::int64_t> out;
  for (NodeIndex i = 0; i < nodes_.size(); ++i) {
    const bool read = nodes_[i].op == Op::symbol || nodes_[i].op == Op::in_set || aggregates(nodes_[i].op);
    if (read && !inside[i]) out.push_back(nodes_[i].symbol);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}   // namespace gangmu::formula
