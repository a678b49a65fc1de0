// SPDX-License-Identifier: Apache-2.0
#include "score/weight_draw.hpp"

#include <algorithm>

#include "base/math.hpp"

namespace gangmu::score {

namespace {

void to_one(std::span<double> w) {
  double sum = 0;
  for (const double v : w) sum += v;
  for (double& v : w) v /= sum;
}

/// The greatest draw to the greatest given weight, and so on; among equal ones as they were drawn.
void keep_order(std::span<const double> given, std::span<double> drawn) {
  std::vector<std::size_t> order;
  std::vector<double> sizes;
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (given[i] <= 0) continue;
    order.push_back(i);
    sizes.push_back(drawn[i]);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return given[a] != given[b] ? given[a] > given[b] : drawn[a] != drawn[b] ? drawn[a] > drawn[b] : a < b;
  });
  std::sort(sizes.begin(), sizes.end(), std::greater<>());
  for (std::size_t i = 0; i < order.size(); ++i) drawn[order[i]] = sizes[i];
}

}   // namespace

void draw_weights(const Variation& variation, std::span<const double> given, std::span<const double> u, Random random,
                  std::span<double> out) {
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (given[i] <= 0) {
      out[i] = 0;
    } else if (variation.weights == WeightDraw::noise) {
      out[i] = given[i] * (1 + variation.spread / 100 * (2 * u[i] - 1));
    } else if (variation.weights == WeightDraw::dirichlet && variation.concentration > 0) {
      out[i] = draw_gamma(variation.concentration * given[i], random);
    } else {
      out[i] = -math::log(u[i]);   // exponential: scaled to a sum of 1 these are uniform on the simplex
    }
  }
  if (variation.weights == WeightDraw::ordered) keep_order(given, out);
  to_one(out);
}

double draw_gamma(double shape, Random& random) {
  if (shape < 1) {
    const double larger = draw_gamma(shape + 1, random);
    const double u = random.uniform();
    return std::max(larger * math::pow(1 - u, 1 / shape), 1e-300);
  }
  const double d = shape - 1.0 / 3, c = 1 / math::sqrt(9 * d);
  while (true) {
    const double x = random.normal();
    const double root = 1 + c * x;
    if (root <= 0) continue;
    const double v = root * root * root;
    const double u = 1 - random.uniform();
    if (math::log(u) < 0.5 * x * x + d - d * v + d * math::log(v)) return d * v;
  }
}

}   // namespace gangmu::score
