// SPDX-License-Identifier: Apache-2.0
#include "store/writer.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "store/commit.hpp"
#include "store/errors.hpp"

namespace gangmu::store {

struct Writer::Queue {
  Committer& committer;
  Limits limits;
  std::mutex mutex;   ///< of what waits
  std::condition_variable more;
  std::deque<std::pair<Command, Done>> waiting;
  bool stopping = false;
  std::mutex turn;   ///< one caller at a time when there is no thread
  const bool own_thread;
  std::thread thread;

  Queue(Committer& c, const Limits& l, bool own) : committer(c), limits(l), own_thread(own) {}

  /// Waits a while for work; false when there is none left and the store closes.
  bool take(std::vector<Command>& commands, std::vector<Done>& done) {
    std::unique_lock lock(mutex);
    more.wait_for(lock, std::chrono::milliseconds(limits.look_milliseconds),
                  [&] { return stopping || !waiting.empty(); });
    while (!waiting.empty() && commands.size() < limits.group_commands) {
      commands.push_back(std::move(waiting.front().first));
      done.push_back(std::move(waiting.front().second));
      waiting.pop_front();
    }
    return !stopping || !commands.empty();
  }

  void run() {
    std::vector<Command> commands;
    std::vector<Done> done;
    while (take(commands, done)) {
      if (commands.empty()) {
        committer.look();
        continue;
      }
      auto outcomes = committer.commit(commands);
      for (std::size_t i = 0; i < done.size(); ++i) done[i](std::move(outcomes[i]));
      commands.clear();
      done.clear();
      committer.rest();
    }
  }
};

Writer::Writer(Committer& committer, const Limits& limits, bool own_thread)
    : queue_(std::make_unique<Queue>(committer, limits, own_thread)) {
  if (own_thread) queue_->thread = std::thread([this] { queue_->run(); });
}

Writer::~Writer() { close(); }

void Writer::close() {
  {
    const std::lock_guard lock(queue_->mutex);
    queue_->stopping = true;
  }
  queue_->more.notify_all();
  if (queue_->thread.joinable()) queue_->thread.join();
}

void Writer::submit(Command command, Done done) {
  if (!queue_->own_thread) {
    const std::lock_guard lock(queue_->turn);
    auto outcomes = queue_->committer.commit(std::span(&command, 1));
    done(std::move(outcomes.front()));
    queue_->committer.rest();
    return;
  }
  const ErrorKind* refusal = nullptr;
  {
    const std::lock_guard lock(queue_->mutex);
    if (queue_->stopping)
      refusal = &errors::writer_stopped;
    else if (queue_->waiting.size() >= queue_->limits.queue_commands)
      refusal = &errors::writer_busy;
    else
      queue_->waiting.emplace_back(std::move(command), std::move(done));
  }
  if (refusal)
    done(fail(*refusal, {std::to_string(queue_->limits.queue_commands)}));
  else
    queue_->more.notify_one();
}

std::future<Result<Answer>> Writer::submit(Command command) {
  auto promise = std::make_shared<std::promise<Result<Answer>>>();
  auto future = promise->get_future();
  submit(std::move(command), [promise](Result<Answer> answer) { promise->set_value(std::move(answer)); });
  return future;
}

Result<Answer> Writer::write(Command command) { return submit(std::move(command)).get(); }

}   // namespace gangmu::store
