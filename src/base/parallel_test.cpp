// SPDX-License-Identifier: Apache-2.0
#include "base/parallel.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <numeric>
#include <stdexcept>
#include <thread>

namespace gangmu {
namespace {

TEST(ThreadExecutor, RunsEveryTaskOnce) {
  for (const std::size_t width : {1, 2, 3, 8}) {
    ThreadExecutor executor(width);
    EXPECT_EQ(executor.width(), width);
    for (const std::size_t tasks : {0, 1, 2, 7, 1000}) {
      std::vector<std::atomic<int>> seen(tasks);
      executor.run(tasks, [&](std::size_t i) { ++seen[i]; });
      for (const auto& n : seen) ASSERT_EQ(n, 1);
    }
  }
}

TEST(ThreadExecutor, TheLowestFailureComesOutAtEveryWidth) {
  for (const std::size_t width : {1, 2, 8}) {
    ThreadExecutor executor(width);
    for (int round = 0; round < 50; ++round) {
      try {
        executor.run(100, [](std::size_t i) {
          if (i % 10 == 3) throw std::runtime_error(std::to_string(i));
        });
        FAIL() << "nothing thrown";
      } catch (const std::runtime_error& e) { ASSERT_STREQ(e.what(), "3"); }
      std::atomic<int> done{0};
      executor.run(10, [&](std::size_t) { ++done; });
      ASSERT_EQ(done, 10);   // still of use
    }
  }
}

TEST(ThreadExecutor, ARunInsideARunIsSerial) {
  ThreadExecutor executor(4);
  std::atomic<int> done{0};
  executor.run(
      8, [&](std::size_t) { executor.run(8, [&](std::size_t) { executor.run(2, [&](std::size_t) { ++done; }); }); });
  EXPECT_EQ(done, 128);
}

TEST(ThreadExecutor, TwoExecutorsInsideOneAnotherDoNotWaitForEachOther) {
  ThreadExecutor a(2), b(2);
  std::atomic<int> done{0};
  a.run(4, [&](std::size_t) { b.run(4, [&](std::size_t) { a.run(4, [&](std::size_t) { ++done; }); }); });
  EXPECT_EQ(done, 64);
}

TEST(ThreadExecutor, MayBeUsedFromSeveralThreads) {
  ThreadExecutor executor(3);
  std::atomic<int> done{0};
  std::vector<std::thread> callers;
  for (int t = 0; t < 4; ++t)
    callers.emplace_back([&] {
      for (int i = 0; i < 50; ++i) executor.run(20, [&](std::size_t) { ++done; });
    });
  for (std::thread& t : callers) t.join();
  EXPECT_EQ(done, 4 * 50 * 20);
}

TEST(Parallel, ASumOfRealsIsTheSameBitsAtEveryWidth) {
  std::vector<double> values(10'007);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = 1.0 / static_cast<double>(i + 1);
  const auto sum = [&](Executor& executor) {
    return parallel_reduce(
        executor, values.size(), 100, 0.0,
        [&](std::size_t begin, std::size_t end) {
          return std::accumulate(values.begin() + static_cast<long>(begin), values.begin() + static_cast<long>(end),
                                 0.0);
        },
        [](double total, double part) { return total + part; });
  };
  SerialExecutor serial;
  const double expected = sum(serial);
  for (const std::size_t width : {1, 2, 8}) {
    ThreadExecutor executor(width);
    EXPECT_EQ(sum(executor), expected);
  }
}

TEST(Parallel, ForCoversTheWholeRangeInChunks) {
  ThreadExecutor executor(2);
  std::vector<int> seen(1'003);
  parallel_for(executor, seen.size(), 10, [&](std::size_t begin, std::size_t end) {
    EXPECT_LE(end - begin, 10U);
    for (std::size_t i = begin; i < end; ++i) ++seen[i];
  });
  EXPECT_EQ(std::accumulate(seen.begin(), seen.end(), 0), 1'003);
}

}   // namespace
}   // namespace gangmu
