// SPDX-License-Identifier: Apache-2.0
#include "score/plain_words.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "score/amount_text.hpp"
#include "score/method_text.hpp"

namespace gangmu::score {

namespace {

/// Among Chinese words a number or a Latin word stands between spaces, a Chinese one does not: "由 3 到 5", "由否到是".
bool ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
std::string behind(const std::string& word) { return (!word.empty() && ascii(word.front()) ? " " : "") + word; }
std::string between(const std::string& word) { return behind(word) + (!word.empty() && ascii(word.back()) ? " " : ""); }

class Writer {
 public:
  Writer(const Scheme& scheme, const Inputs& inputs, const Assessment& assessment, std::size_t place,
         const Sentence& name, const Explanation& e)
      : scheme_(scheme), inputs_(inputs), a_(assessment), place_(place), name_(name), e_(e) {}

  PlainWords run(std::size_t most) {
    PlainWords out;
    out.score = score();
    std::vector<const Line*> lost;
    for (const auto& line : e_.lines) {
      if (line.lost > 0) lost.push_back(&line);
    }
    std::stable_sort(lost.begin(), lost.end(), [](const Line* a, const Line* b) { return a->lost > b->lost; });
    if (lost.size() > most) lost.resize(most);
    for (const Line* line : lost) {
      out.lost.push_back(loss(*line));
      out.gaps.push_back(gap(*line));
      out.owners.push_back(owner(*line));
      out.next.push_back(next(*line));
      out.items.push_back(static_cast<std::size_t>(line - e_.lines.data()));
    }
    notes(out.notes);
    return out;
  }

 private:
  [[nodiscard]] std::string points(std::int64_t printed) const {
    return Decimal(printed, scheme_.score_decimals).text();
  }

  [[nodiscard]] Sentence score() const {
    if (e_.class_index == no_class)
      return {name_.zh + "未列入本方案的分类，不计分。",
              name_.en + " is in no class of this scheme and is not scored."};
    if (!a_.scored(place_)) return {name_.zh + "没有可计分的数据，无得分。", name_.en + " has nothing to score yet."};
    const Class& c = scheme_.classes[e_.class_index];
    if (a_.provisional[place_]) {
      return {fmt::format("{}暂定得 {} 分，缺数据补齐前不排名、不评等次。", name_.zh, e_.total),
              fmt::format("{} has {} points provisionally; it is ranked and graded once the missing figures are in.",
                          name_.en, e_.total)};
    }
    Sentence out{
        fmt::format("{}得 {} 分，在{} {} 个单位中列第 {} 位", name_.zh, e_.total, c.name_zh, e_.class_size, e_.rank),
        fmt::format("{} has {} points, rank {} of {} in {}", name_.en, e_.total, e_.rank, e_.class_size, c.name_en)};
    if (a_.grade[place_] != Assessment::no_grade) {
      out.zh += "，等次为" + scheme_.grades[a_.grade[place_]].name_zh;
      out.en += ", grade " + scheme_.grades[a_.grade[place_]].name_en;
    }
    return {out.zh + "。", out.en + "."};
  }

  [[nodiscard]] Sentence loss(const Line& line) const {
    return {fmt::format("“{}”得 {} 分，满分 {} 分，失 {} 分。", inner_quotes(line.name.zh), points(line.contribution),
                        points(line.full), points(line.lost)),
            fmt::format("{}: {} of {} points, {} lost.", line.name.en, points(line.contribution), points(line.full),
                        points(line.lost))};
  }

  [[nodiscard]] Sentence gap(const Line& line) const {
    if (line.state != ScoreState::scored) return no_figure(line);
    if (line.imputed) {
      return {fmt::format("“{}”没有数据，按推算数得 {} 分（百分制）。", inner_quotes(line.name.zh), line.score),
              fmt::format("{} has no figure; on an estimate it has {} of 100.", line.name.en, line.score)};
    }
    const Sentence now = amount_text(line.value, line.unit);
    Sentence out{fmt::format("“{}”本期为{}，按百分制得 {} 分", inner_quotes(line.name.zh), behind(now.zh), line.score),
                 fmt::format("{} stands at {}, {} of 100", line.name.en, now.en, line.score)};
    const std::int64_t off = line.to_median.value_or(0);
    if (off > 0) {
      out.zh += fmt::format("；比同类中位数多得 {} 分", points(off));
      out.en += fmt::format("; {} points above the class median", points(off));
    } else if (off < 0) {
      out.zh += fmt::format("；比同类中位数少得 {} 分", points(-off));
      out.en += fmt::format("; {} points below the class median", points(-off));
    } else {
      out.zh += "；与同类中位数持平";
      out.en += "; level with the class median";
    }
    return {out.zh + "。", out.en + "."};
  }

  [[nodiscard]] static Sentence no_figure(const Line& line) {
    using fact::CellState;
    switch (line.cell) {
      case CellState::above:
      case CellState::below:
        return {fmt::format("“{}”只报了“大于/小于”，不是确数，不能计分。", inner_quotes(line.name.zh)),
                fmt::format("{} was given only as a threshold, which can't be scored.", line.name.en)};
      case CellState::withheld:
        return {fmt::format("“{}”的数据不公开，不能计分。", inner_quotes(line.name.zh)),
                fmt::format("{} is withheld and can't be scored.", line.name.en)};
      case CellState::value:
        return {fmt::format("“{}”有本期数，但缺基期数、目标值或可比数，不能计分。", inner_quotes(line.name.zh)),
                fmt::format("{} has a figure, but no base, target or comparison to score it by.", line.name.en)};
      default:
        return {fmt::format("“{}”没有数据。", inner_quotes(line.name.zh)),
                fmt::format("{} has no figure.", line.name.en)};
    }
  }

  [[nodiscard]] static Sentence owner(const Line& line) {
    if (line.owner.zh.empty())
      return {fmt::format("“{}”没有登记归口单位，请在指标目录中补写。", inner_quotes(line.name.zh)),
              fmt::format("{} has no owner in the catalogue; add one.", line.name.en)};
    return {fmt::format("“{}”的数据由{}归口。", inner_quotes(line.name.zh), line.owner.zh),
            fmt::format("{}: {}.", line.name.en, line.owner.en.empty() ? line.owner.zh : line.owner.en)};
  }

  [[nodiscard]] Sentence next(const Line& line) const {
    if (line.imputed) {
      return {fmt::format("先补报“{}”的数据。", inner_quotes(line.name.zh)),
              fmt::format("Report {} first.", line.name.en)};
    }
    if (line.state != ScoreState::scored) {
      if (line.cell == fact::CellState::value) {
        return {fmt::format("先补齐“{}”的基期数或目标值，再计分。", inner_quotes(line.name.zh)),
                fmt::format("Supply the base or target of {} first.", line.name.en)};
      }
      return {fmt::format("先补报“{}”的数据，最多可得 {} 分。", inner_quotes(line.name.zh), points(line.full)),
              fmt::format("Report {} first: up to {} points.", line.name.en, points(line.full))};
    }
    if (line.value_for_full.empty()) {
      return {
          fmt::format("“{}”按“{}”计分，改进后最多可再得 {} 分。", inner_quotes(line.name.zh), line.method.zh,
                      points(line.lost)),
          fmt::format("{} is scored by '{}': up to {} points more.", line.name.en, line.method.en, points(line.lost))};
    }
    if (!line.limit.empty()) return out_of_reach(line);
    const auto [now, then] = amounts_apart(line.value, line.value_for_full, line.unit);
    return {fmt::format("“{}”由{}到{}，可再得 {} 分。", inner_quotes(line.name.zh), between(now.zh), behind(then.zh),
                        points(line.lost)),
            fmt::format("Bring {} from {} to {}: {} points more.", line.name.en, now.en, then.en, points(line.lost))};
  }

  [[nodiscard]] Sentence out_of_reach(const Line& line) const {
    const Sentence limit = amount_text(line.limit, line.unit), wanted = amount_text(line.value_for_full, line.unit);
    return {fmt::format("“{}”得满分要到 {}，超出上限 {}，做不到；越接近 {}，得分越高，但这 {} 分得不全。",
                        inner_quotes(line.name.zh), wanted.zh, limit.zh, limit.zh, points(line.lost)),
            fmt::format("{} would have to reach {} for full marks, beyond its limit of {}: that can't be done. The "
                        "nearer to {}, the more of the {} points.",
                        line.name.en, wanted.en, limit.en, limit.en, points(line.lost))};
  }

  void notes(std::vector<Sentence>& out) const {
    if (e_.class_index == no_class) return;
    const auto members = static_cast<int>(std::count(inputs_.classes.begin(), inputs_.classes.end(), e_.class_index));
    if (members < scheme_.min_class_size) {
      out.push_back({fmt::format("本类只有 {} 个单位，不足 {} 个：同类比较改为与自己比，名次仅供参考。", members,
                                 scheme_.min_class_size),
                     fmt::format("This class has {} places, fewer than {}: comparisons within it gave way to own "
                                 "progress, and the rank says little.",
                                 members, scheme_.min_class_size)});
    }
    const auto missing =
        std::count_if(e_.lines.begin(), e_.lines.end(), [](const Line& l) { return l.state == ScoreState::missing; });
    if (missing > 0) {
      out.push_back({fmt::format("有 {} 项缺数据，其处理办法见计分明细。", missing),
                     fmt::format("{} items have no figure; the line table shows how they were treated.", missing)});
    }
    for (NodeIndex n = 0; n < scheme_.nodes.size(); ++n) {
      const Node& node = scheme_.nodes[n];
      if (node.is_leaf() || a_.shares[e_.class_index * scheme_.nodes.size() + n] <= 0) continue;
      const Sentence how = decomposition_text(node.aggregation);
      if (!how.zh.empty())
        out.push_back({fmt::format("“{}”{}。", node.name_zh, how.zh), fmt::format("{} {}.", node.name_en, how.en)});
    }
    if (e_.moved) {
      out.push_back(
          {"按上述办法分摊，有的项失分会多于它的满分：这样的项记 0 "
           "分，多出的失分由同一方面的其他项分担，先由有失分的项按"
           "失分比例担，合计不变。",
           "Shared out so, an item would lose more than it can earn: it stands at 0, and the rest is borne by the "
           "other items of its branch, those that lost first, in proportion to their loss; the sum stays."});
    }
    const auto imputed = std::count_if(e_.lines.begin(), e_.lines.end(), [](const Line& l) { return l.imputed; });
    if (imputed > 0) {
      out.push_back({fmt::format("有 {} 项没有数据，按方案规定的办法推算计分，补报后重算。", imputed),
                     fmt::format("{} items have no figure and are scored on an estimate, as the scheme says; they are "
                                 "scored anew once reported.",
                                 imputed)});
    }
    for (const auto& [place, line] : a_.red_lines) {
      if (place != place_) continue;
      const RedLine& red = scheme_.red_lines[line];
      const bool limited = a_.grade[place_] != a_.grade_without_red_lines[place_];
      out.push_back({fmt::format("触及红线“{}”：得分不变，等次{}。", red.name_zh, limited ? "受限" : "未受影响"),
                     fmt::format("Red line '{}' crossed: points stay, the grade is {}.", red.name_en,
                                 limited ? "limited" : "not affected")});
    }
  }

  const Scheme& scheme_;
  const Inputs& inputs_;
  const Assessment& a_;
  std::size_t place_;
  const Sentence& name_;
  const Explanation& e_;
};

}   // namespace

PlainWords plain_words(const Scheme& scheme, const Inputs& inputs, const Assessment& assessment, std::size_t place,
                       const Sentence& name, const Explanation& e, std::size_t most) {
  return Writer(scheme, inputs, assessment, place, name, e).run(most);
}

}   // namespace gangmu::score
