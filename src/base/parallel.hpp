// SPDX-License-Identifier: Apache-2.0
// Loops over many things. Work is cut by data size, never by thread count, so results do not depend on the width.
// Reductions run in chunk order. The caller passes the Executor; kernels own no threads.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

namespace gangmu {

/// Runs n independent tasks, returns when all are done. When tasks throw, the exception of the lowest-numbered one that
/// did comes out of run() and later tasks may not have started: the same at every width.
class Executor {
 public:
  virtual ~Executor() = default;
  virtual void run(std::size_t tasks, const std::function<void(std::size_t)>& task) = 0;
  [[nodiscard]] virtual std::size_t width() const = 0;
};

class SerialExecutor final : public Executor {
 public:
  void run(std::size_t tasks, const std::function<void(std::size_t)>& task) override {
    for (std::size_t i = 0; i < tasks; ++i) task(i);
  }
  [[nodiscard]] std::size_t width() const override { return 1; }
};

/// Threads are wrapped here and nowhere else. Shape: width ≥ 1; the calling thread works too. While one run is under
/// way any other run on the same executor, from inside a task or from another thread, is done serially by its caller:
/// no deadlock.
class ThreadExecutor final : public Executor {
 public:
  explicit ThreadExecutor(std::size_t width);
  ~ThreadExecutor() override;
  ThreadExecutor(const ThreadExecutor&) = delete;
  ThreadExecutor& operator=(const ThreadExecutor&) = delete;
  void run(std::size_t tasks, const std::function<void(std::size_t)>& task) override;
  [[nodiscard]] std::size_t width() const override;

 private:
  struct Pool;
  std::unique_ptr<Pool> pool_;
};

/// body(begin, end) over [0, n) in chunks of `grain` (the last may be shorter).
template <class Body>
void parallel_for(Executor& executor, std::size_t n, std::size_t grain, const Body& body) {
  if (n == 0) return;
  const std::size_t chunks = (n + grain - 1) / grain;
  executor.run(chunks, [&](std::size_t c) { body(c * grain, std::min(n, (c + 1) * grain)); });
}

/// part(begin, end) for each chunk in parallel, then join(total, part) in chunk order.
template <class T, class Part, class Join>
T parallel_reduce(Executor& executor, std::size_t n, std::size_t grain, T total, const Part& part, const Join& join) {
  if (n == 0) return total;
  std::vector<T> parts((n + grain - 1) / grain);
  executor.run(parts.size(), [&](std::size_t c) { parts[c] = part(c * grain, std::min(n, (c + 1) * grain)); });
  for (auto& p : parts) total = join(std::move(total), std::move(p));
  return total;
}

}   // namespace gangmu
