// SPDX-License-Identifier: Apache-2.0
#include "score/eigen.hpp"

#include "base/math.hpp"

namespace gangmu::score {

namespace {

struct Rotation {
  double cosine, sine;
};

/// The rotation that makes entry (p, q) zero.
Rotation rotation_for(double pp, double qq, double pq) {
  const double tau = (qq - pp) / (2 * pq);
  const double root = math::sqrt(1 + tau * tau);
  const double t = tau >= 0 ? 1 / (tau + root) : 1 / (tau - root);
  const double cosine = 1 / math::sqrt(1 + t * t);
  return {cosine, t * cosine};
}

void rotate(std::vector<double>& m, std::size_t n, std::size_t p, std::size_t q, Rotation r, bool both_sides) {
  for (std::size_t k = 0; k < n; ++k) {   // columns p and q
    const double a = m[p * n + k], b = m[q * n + k];
    m[p * n + k] = r.cosine * a - r.sine * b;
    m[q * n + k] = r.sine * a + r.cosine * b;
  }
  if (!both_sides) return;
  for (std::size_t k = 0; k < n; ++k) {   // rows p and q
    const double a = m[k * n + p], b = m[k * n + q];
    m[k * n + p] = r.cosine * a - r.sine * b;
    m[k * n + q] = r.sine * a + r.cosine * b;
  }
}

}   // namespace

Eigen largest_eigen(Matrix symmetric) {
  const std::size_t n = symmetric.rows;
  auto& m = symmetric.values;
  std::vector<double> vectors(n * n, 0);
  for (std::size_t i = 0; i < n; ++i) vectors[i * n + i] = 1;
  for (int sweep = 0; sweep < 60; ++sweep) {
    double off = 0;
    for (std::size_t p = 0; p < n; ++p) {
      for (std::size_t q = p + 1; q < n; ++q) off += m[p * n + q] * m[p * n + q];
    }
    if (off < 1e-28) break;
    for (std::size_t p = 0; p < n; ++p) {
      for (std::size_t q = p + 1; q < n; ++q) {
        if (m[p * n + q] == 0) continue;
        const Rotation r = rotation_for(m[p * n + p], m[q * n + q], m[p * n + q]);
        rotate(m, n, p, q, r, true);
        rotate(vectors, n, p, q, r, false);
      }
    }
  }
  std::size_t best = 0;
  for (std::size_t i = 1; i < n; ++i) {
    if (m[i * n + i] > m[best * n + best]) best = i;
  }
  return {m[best * n + best],
          {vectors.begin() + static_cast<std::ptrdiff_t>(best * n),
           vectors.begin() + static_cast<std::ptrdiff_t>((best + 1) * n)}};
}

}   // namespace gangmu::score
