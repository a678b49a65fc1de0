// SPDX-License-Identifier: Apache-2.0
// The only file of the kernels where threads are made. Tasks are handed out in index order through one counter.
#include "base/parallel.hpp"

#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>

namespace gangmu {
namespace {

/// One call of run(). Task indexes only grow, so whoever throws, every lower index was started and finishes: the
/// exception kept is that of the lowest throwing task, whatever the width.
struct Job {
  Job(std::size_t n, const std::function<void(std::size_t)>& f) : tasks(n), task(f) {}

  const std::size_t tasks;
  const std::function<void(std::size_t)>& task;
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::size_t failed = 0;
  std::exception_ptr error;

  void keep(std::size_t index, std::exception_ptr e) {
    const std::scoped_lock lock(mutex);
    if (!error || index < failed) {
      error = std::move(e);
      failed = index;
    }
    next = tasks;
  }

  void work() {
    for (std::size_t i = next++; i < tasks; i = next++) {
      try {
        task(i);
      } catch (...) { keep(i, std::current_exception()); }
    }
  }
};

}   // namespace

struct ThreadExecutor::Pool {
  std::mutex mutex;
  std::condition_variable wake;
  std::condition_variable done;
  std::size_t round = 0;     ///< grows with each job, so that a worker takes part in each once
  std::size_t running = 0;   ///< workers that have not finished the job
  Job* job = nullptr;
  bool stop = false;
  std::atomic<bool> busy{false};
  std::vector<std::thread> workers;

  explicit Pool(std::size_t width) {
    workers.reserve(width);
    try {
      while (workers.size() + 1 < width) workers.emplace_back([this] { serve(); });
    } catch (const std::system_error&) {
      // The system grants no more threads: fewer do the same work, with the same results.
    }
  }

  ~Pool() {
    {
      const std::scoped_lock lock(mutex);
      stop = true;
    }
    wake.notify_all();
    for (std::thread& worker : workers) worker.join();
  }

  void serve() {
    std::size_t seen = 0;
    std::unique_lock lock(mutex);
    while (true) {
      wake.wait(lock, [&] { return stop || round != seen; });
      if (stop) return;
      seen = round;
      Job* const mine = job;
      lock.unlock();
      mine->work();
      lock.lock();
      if (--running == 0) done.notify_one();
    }
  }

  void run(Job& mine) {
    {
      const std::scoped_lock lock(mutex);
      job = &mine;
      running = workers.size();
      ++round;
    }
    wake.notify_all();
    mine.work();
    std::unique_lock lock(mutex);
    done.wait(lock, [&] { return running == 0; });
  }
};

ThreadExecutor::ThreadExecutor(std::size_t width) : pool_(std::make_unique<Pool>(width)) {}
ThreadExecutor::~ThreadExecutor() = default;

void ThreadExecutor::run(std::size_t tasks, const std::function<void(std::size_t)>& task) {
  if (tasks < 2 || pool_->workers.empty() || pool_->busy.exchange(true)) {
    SerialExecutor().run(tasks, task);
    return;
  }
  Job job(tasks, task);
  pool_->run(job);
  pool_->busy = false;
  if (job.error) std::rethrow_exception(job.error);
}

std::size_t ThreadExecutor::width() const { return pool_->workers.size() + 1; }

}   // namespace gangmu
