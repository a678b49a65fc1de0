// SPDX-License-Identifier: Apache-2.0
#include "score/plain_stress.hpp"

#include "base/decimal.hpp"
#include "score/errors.hpp"
#include "score/lift.hpp"
#include "score/variation_json.hpp"

namespace gangmu::score {

namespace {

constexpr std::size_t all_duels = 60;        // places of a class whose duels are all listed; above it only neighbours
constexpr std::size_t watched_places = 60;   // ranked places up to which each is an output of its own
constexpr std::size_t removed_places = 50;
constexpr std::size_t lifted_places = 2000;

std::string number(double x, int decimals = 4) { return x == x ? round_half_up(x, decimals) : std::string(); }

class Tables {
 public:
  Tables(const Scheme& scheme, const Gathered& gathered, const Assessment& assessment)
      : scheme_(scheme), g_(gathered), a_(assessment) {}

  std::vector<Table> of(const Uncertainty& u, Executor& executor) const {
    return {design(u), intervals(u), histograms(u), duels_of(u, executor)};
  }

  Result<std::vector<Table>> of_the_scheme(Executor& executor) const {
    const Inputs inputs = g_.inputs();
    Table removal{"removal", {"node", "mean_shift", "max_shift", "place"}, {}};
    TRY_ASSIGN(const auto removals, remove_one(scheme_, inputs, executor));
    for (const auto& r : removals) {
      removal.rows.push_back(
          {node(r.node), number(r.mean_shift), std::to_string(r.max_shift), r.max_shift > 0 ? g_.places[r.place] : ""});
    }
    Table reversal{"reversals", {"without", "turned_pairs"}, {}};
    TRY_ASSIGN(const auto turned, reversals(scheme_, inputs, removed_places, executor));
    for (const auto& r : turned) reversal.rows.push_back({g_.places[r.place], std::to_string(r.pairs)});
    return std::vector<Table>{std::move(removal), std::move(reversal)};
  }

  [[nodiscard]] Table of(const Sensitivity& s) const {
    Table t{"sensitivity",
            {"output", "mean", "deviation", "factor", "first", "first_lo", "first_hi", "total", "total_lo", "total_hi"},
            {}};
    for (const auto& o : s.outputs) {
      const std::string output = o.place ? g_.places[*o.place] : "mean_rank_shift";
      for (const auto& f : o.factors) {
        t.rows.push_back({output, number(o.mean), number(o.deviation), std::string(factor_name(f.factor)),
                          number(f.first.value), number(f.first.lo), number(f.first.hi), number(f.total.value),
                          number(f.total.lo), number(f.total.hi)});
      }
    }
    return t;
  }

 private:
  [[nodiscard]] std::string node(NodeIndex n) const { return scheme_.nodes[n].id; }
  [[nodiscard]] const std::string& place(const Uncertainty& u, std::size_t index) const {
    return g_.places[u.places[index].place];
  }

  static Table design(const Uncertainty& u) {
    std::string factors;
    for (const Factor f : u.factors) factors += (factors.empty() ? "" : " ") + std::string(factor_name(f));
    return {"robustness",
            {"what", "value"},
            {{"variation", to_json(u.variation).canonical()},
             {"factors", factors},
             {"runs", std::to_string(u.runs)},
             {"seed", std::to_string(u.seed)},
             {"sequence", "sobol, random digital shift"},
             {"coordinates", std::to_string(u.coordinates)},
             {"quasi_random", std::to_string(u.quasi_random)},
             {"digest", u.digest.text()}}};
  }

  [[nodiscard]] Table intervals(const Uncertainty& u) const {
    Table t{"intervals", {"place", "class", "rank", "lo", "median", "hi", "mean", "band"}, {}};
    for (const auto& p : u.places) {
      t.rows.push_back({g_.places[p.place], scheme_.classes[p.class_index].id, std::to_string(p.rank),
                        std::to_string(p.lo), std::to_string(p.median), std::to_string(p.hi), number(p.mean, 2),
                        std::to_string(p.band)});
    }
    return t;
  }

  [[nodiscard]] Table histograms(const Uncertainty& u) const {
    Table t{"rank_histogram", {"place", "from", "to", "runs"}, {}};
    for (std::size_t i = 0; i < u.places.size(); ++i) {
      const RankHistogram h = histogram(u, i);
      for (std::uint32_t bin = 0; bin < h.runs.size(); ++bin) {
        if (h.runs[bin] == 0) continue;
        t.rows.push_back({place(u, i), std::to_string(bin * h.width + 1), std::to_string((bin + 1) * h.width),
                          std::to_string(h.runs[bin])});
      }
    }
    return t;
  }

  [[nodiscard]] Table duels_of(const Uncertainty& u, Executor& executor) const {
    Table t{"duels", {"place", "other", "before"}, {}};
    for (ClassIndex c = 0; c + 1U < u.class_begin.size(); ++c) {
      const std::size_t begin = u.class_begin[c], n = u.class_begin[c + 1U] - begin;
      if (n > all_duels) {
        for (std::size_t i = begin; i + 1 < begin + n; ++i)
          t.rows.push_back({place(u, i), place(u, i + 1), number(u.beats(i, i + 1))});
        continue;
      }
      const auto shares = duels(u, c, executor).value();
      for (std::size_t a = 0; a < n; ++a) {
        for (std::size_t b = a + 1; b < n; ++b)
          t.rows.push_back({place(u, begin + a), place(u, begin + b), number(static_cast<double>(shares[a * n + b]))});
      }
    }
    return t;
  }

  const Scheme& scheme_;
  const Gathered& g_;
  const Assessment& a_;
};

Result<Table> lift_table(const Scheme& scheme, const Gathered& g, const Assessment& a, std::size_t ranks,
                         Executor& executor) {
  Table t{"lift", {"place", "rank", "wanted", "gap", "way", "node", "from", "to", "effort", "gain", "reached"}, {}};
  std::vector<std::size_t> places;
  for (std::size_t p = 0; p < a.places; ++p) {
    if (a.ranked[p]) places.push_back(p);
  }
  if (places.size() > lifted_places)
    return fail(errors::robustness_limit,
                {"--lift: places ranked", std::to_string(places.size()), std::to_string(lifted_places)});
  std::vector<Lift> lifts(places.size());
  executor.run(places.size(), [&](std::size_t i) {
    lifts[i] = lift(scheme, g.inputs(), a, places[i], static_cast<std::uint32_t>(ranks), executor);
  });
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Lift& l = lifts[i];
    for (const auto* way : {&l.alone, &l.together}) {
      for (const auto& step : *way) {
        const int decimals = scheme.leaves[scheme.nodes[step.node].leaf].decimals;
        t.rows.push_back({g.places[places[i]], std::to_string(l.rank), std::to_string(l.wanted),
                          points_text(l.gap, scheme.score_decimals), way == &l.alone ? "alone" : "together",
                          scheme.nodes[step.node].id, number(step.from, decimals), number(step.to, decimals),
                          number(step.effort, 2), points_text(step.gain, scheme.score_decimals),
                          std::to_string(step.rank)});
      }
    }
  }
  return t;
}

}   // namespace

Result<std::vector<Table>> stress_tables(const Scheme& scheme, const Gathered& gathered, const Assessment& assessment,
                                         const StressRequest& request, Executor& executor) {
  const Tables make(scheme, gathered, assessment);
  std::vector<Table> out;
  const auto add = [&](std::vector<Table> tables) {
    for (auto& t : tables) out.push_back(std::move(t));
  };
  if (request.uncertainty > 0) {
    TRY_ASSIGN(const Uncertainty u,
               uncertainty(scheme, gathered.inputs(), request.variation, request.uncertainty, request.seed, executor));
    add(make.of(u, executor));
    TRY_ASSIGN(auto tables, make.of_the_scheme(executor));
    add(std::move(tables));
  }
  if (request.sensitivity > 0) {
    std::vector<std::uint32_t> watch;
    for (std::uint32_t p = 0; p < assessment.places; ++p) {
      if (assessment.ranked[p]) watch.push_back(p);
    }
    if (watch.size() > watched_places) watch.clear();
    TRY_ASSIGN(const Sensitivity s, sensitivity(scheme, gathered.inputs(), request.variation, request.sensitivity,
                                                request.seed, watch, executor));
    add({make.of(s)});
  }
  if (request.lift > 0) {
    TRY_ASSIGN(Table t, lift_table(scheme, gathered, assessment, request.lift, executor));
    out.push_back(std::move(t));
  }
  return out;
}

}   // namespace gangmu::score
