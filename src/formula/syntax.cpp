// SPDX-License-Identifier: Apache-2.0
#include "formula/syntax.hpp"

#include <array>

#include "base/text.hpp"
#include "formula/errors.hpp"
#include "formula/lexer.hpp"

namespace gangmu::formula {
namespace {

class Parser {
 public:
  Parser(std::vector<Token> tokens, Position where, const Limits& limits)
      : tokens_(std::move(tokens)), where_(std::move(where)), limits_(limits) {}

  Result<Syntax> run() {
    TRY_ASSIGN(Syntax all, disjunction());
    if (now().is("?")) return gangmu::fail(errors::question_mark, {}, here());
    if (now().is("where")) return gangmu::fail(errors::where_misplaced, {}, here());
    if (now().kind != TokenKind::end) return expected("运算符或结尾", "an operator or the end");
    return all;
  }

 private:
  using Rule = Result<Syntax> (Parser::*)();

  [[nodiscard]] const Token& now() const { return tokens_[at_]; }
  [[nodiscard]] Position here() const { return at(now().column); }
  [[nodiscard]] Position at(int column) const {
    Position out = where_;
    out.column = (out.column > 0 ? out.column - 1 : 0) + column;
    return out;
  }
  bool take(std::string_view text) {
    if (!now().is(text)) return false;
    ++at_;
    return true;
  }
  tl::unexpected<Error> expected(std::string zh, std::string en) {
    std::string found = now().kind == TokenKind::end ? "结尾 / the end" : now().text;
    return gangmu::fail(errors::expected, {std::move(zh), std::move(en), std::move(found)}, here());
  }
  Result<Syntax> made(Syntax syntax) {
    if (++parts_ > limits_.parts) return gangmu::fail(errors::too_large, {std::to_string(limits_.parts)}, here());
    return syntax;
  }
  Result<Syntax> binary(std::string op, int column, Syntax left, Syntax right) {
    Syntax out{.kind = SyntaxKind::binary, .text = std::move(op), .column = column};
    out.parts.push_back(std::move(left));
    out.parts.push_back(std::move(right));
    return made(std::move(out));
  }

  Result<Syntax> chain(std::initializer_list<std::string_view> operators, Rule below) {
    TRY_ASSIGN(Syntax left, (this->*below)());
    for (;;) {
      const Token op = now();
      bool found = false;
      for (const std::string_view one : operators) found = found || op.is(one);
      if (!found) return left;
      ++at_;
      TRY_ASSIGN(Syntax right, (this->*below)());
      TRY_ASSIGN(left, binary(op.text, op.column, std::move(left), std::move(right)));
    }
  }

  Result<Syntax> disjunction() {
    if (++depth_ > limits_.depth) return gangmu::fail(errors::too_deep, {std::to_string(limits_.depth)}, here());
    auto out = chain({"or"}, &Parser::conjunction);
    --depth_;
    return out;
  }
  Result<Syntax> conjunction() { return chain({"and"}, &Parser::negation); }

  Result<Syntax> negation() {
    const int column = now().column;
    int times = 0;
    while (take("not"))
      if (++times > limits_.depth) return gangmu::fail(errors::too_deep, {std::to_string(limits_.depth)}, here());
    TRY_ASSIGN(Syntax out, comparison());
    for (; times > 0; --times) { TRY_ASSIGN(out, unary("not", column, std::move(out))); }
    return out;
  }
  Result<Syntax> unary(std::string op, int column, Syntax operand) {
    Syntax out{.kind = SyntaxKind::unary, .text = std::move(op), .column = column};
    out.parts.push_back(std::move(operand));
    return made(std::move(out));
  }

  static bool compares(const Token& token) {
    for (const std::string_view op : {"==", "!=", "<", "<=", ">", ">=", "in"})
      if (token.is(op)) return true;
    return false;
  }

  Result<Syntax> comparison() {
    TRY_ASSIGN(Syntax left, sum());
    const int column = now().column;
    const bool negated = now().is("not") && tokens_[at_ + 1].is("in");
    if (negated) ++at_;
    if (!compares(now())) return left;
    const std::string op = now().text;
    ++at_;
    TRY_ASSIGN(Syntax right, op == "in" && now().is("(") ? list() : sum());
    TRY_ASSIGN(Syntax out, binary(op, column, std::move(left), std::move(right)));
    if (compares(now())) return gangmu::fail(errors::comparison_chained, {}, here());
    if (negated) return unary("not", column, std::move(out));
    return out;
  }

  Result<Syntax> list() {
    Syntax out{.kind = SyntaxKind::list, .column = now().column};
    ++at_;
    do {
      TRY_ASSIGN(Syntax item, sum());
      out.parts.push_back(std::move(item));
    } while (take(","));
    if (!take(")")) return expected("“,”或“)”", "',' or ')'");
    return made(std::move(out));
  }

  Result<Syntax> sum() { return chain({"+", "-"}, &Parser::product); }
  Result<Syntax> product() { return chain({"*", "/"}, &Parser::signed_part); }

  Result<Syntax> signed_part() {
    const int column = now().column;
    int times = 0;
    while (take("-"))
      if (++times > limits_.depth) return gangmu::fail(errors::too_deep, {std::to_string(limits_.depth)}, here());
    TRY_ASSIGN(Syntax out, primary());
    for (; times > 0; --times) { TRY_ASSIGN(out, unary("-", column, std::move(out))); }
    return out;
  }

  Result<Syntax> primary() {
    const Token token = now();
    Syntax out{.text = token.text, .unit = token.unit, .column = token.column};
    switch (token.kind) {
      case TokenKind::number: out.kind = SyntaxKind::number; break;
      case TokenKind::text: out.kind = SyntaxKind::text; break;
      case TokenKind::date: out.kind = SyntaxKind::date; break;
      case TokenKind::name: return name_or_call();
      default:
        if (take("(")) {
          TRY_ASSIGN(Syntax inside, disjunction());
          if (now().is("?")) return gangmu::fail(errors::question_mark, {}, here());
          if (!take(")")) return expected("“)”", "')'");
          return inside;
        }
        if (token.is("missing"))
          out.kind = SyntaxKind::missing;
        else if (token.is("yes") || token.is("no"))
          out.kind = SyntaxKind::flag;
        else
          return expected("名称、数、日期、文字或“(”", "a name, number, date, text or '('");
    }
    ++at_;
    return made(std::move(out));
  }

  Result<Syntax> name_or_call() {
    Syntax out{.kind = SyntaxKind::name, .column = now().column};
    do {
      // Behind a dot a word of the language is a name as well: a field may be called `no`.
      if (now().kind != TokenKind::name && (out.path.empty() || now().kind != TokenKind::word))
        return expected("名称", "a name");
      out.path.push_back(now().text);
      ++at_;
    } while (take("."));
    if (!now().is("(") || out.path.size() != 1) return made(std::move(out));
    ++at_;
    out.kind = SyntaxKind::call;
    out.text = std::move(out.path.front());
    out.path.clear();
    return arguments(std::move(out));
  }

  Result<Syntax> arguments(Syntax call) {
    if (take(")")) return made(std::move(call));
    do {
      TRY_ASSIGN(Syntax argument, disjunction());
      call.parts.push_back(std::move(argument));
    } while (take(","));
    if (take("where")) {
      TRY_ASSIGN(Syntax condition, disjunction());
      call.where.push_back(std::move(condition));
    }
    if (!take(")")) return expected("“,”或“)”", "',' or ')'");
    return made(std::move(call));
  }

  std::vector<Token> tokens_;
  Position where_;
  const Limits& limits_;
  std::size_t at_ = 0;
  int depth_ = 0, parts_ = 0;
};

}   // namespace

Result<Syntax> parse_syntax(std::string_view text, const Position& where, const Limits& limits) {
  if (text::length(text) > static_cast<std::size_t>(limits.characters))
    return gangmu::fail(errors::too_long, {std::to_string(limits.characters)}, where);
  TRY_ASSIGN(auto read, tokens(text, where));
  return Parser(std::move(read), where, limits).run();
}

}   // namespace gangmu::formula
