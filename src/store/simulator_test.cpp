// SPDX-License-Identifier: Apache-2.0
// A seeded simulator: a writer, readers, crashes and faults in one thread against a model in memory. A failure prints
// the seed and the step; GANGMU_SIM_SEED, GANGMU_SIM_SEEDS and GANGMU_SIM_STEPS run it again, with more seeds (a
// store's length makes each opening dearer, so rather these than steps) or for longer. Later nouns add their acts to
// `acts`.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <optional>

#include "store/errors.hpp"
#include "store/test_disk.hpp"
#include "store/test_world.hpp"

namespace gangmu::store::test {
namespace {

std::uint64_t from_environment(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

const Precedence precedence{{"bureau", 0}, {"press", 1}};

struct Reported {
  std::int64_t seq;
  std::string source, cell;
};
using Cell = std::tuple<std::int64_t, std::string, std::string>;   ///< place, indicator, period

/// What the store should hold.
struct Model {
  std::int64_t seq = 0;
  std::map<Cell, std::vector<Reported>> cells;
  std::map<std::string, std::string> tasks;

  /// Written apart from the store's own rule: the best source, of it the newest.
  [[nodiscard]] static const Reported& current(const std::vector<Reported>& all) {
    for (const char* source : {"bureau", "press"}) {
      const Reported* best = nullptr;
      for (const Reported& r : all)
        if (r.source == source) best = &r;   // they stand in order of seq
      if (best) return *best;
    }
    return all.back();
  }
};

struct Figure {
  Cell cell;
  std::string source, text;
};

/// A write with what it does to the model.
struct Write {
  Command command;
  std::function<void(Model&)> apply;
};

struct Sent {
  Command command;
  Answer answer;
};

class Simulator {
 public:
  Simulator(Engine engine, std::uint64_t seed) : random_(seed), world_(engine, seed) {
    next_folder();
    store_ = must(world_.create());
    load_little_programme(*store_);
    model_.seq = 1;
    if (engine == Engine::sqlite) start_recording_anew();
  }
  ~Simulator() { set_page_faults(world_.config.folder, nullptr); }

  void run(std::uint64_t steps) {
    for (step_ = 0; step_ < steps && !::testing::Test::HasFailure(); ++step_) {
      SCOPED_TRACE("step " + std::to_string(step_));
      one_step();
    }
    look();
    must(store_->verify());
  }

  std::map<std::string, int> done;   ///< how often each act came to something

 private:
  void one_step() {
    const std::pair<int, void (Simulator::*)()> acts[] = {
        {30, &Simulator::report},  {4, &Simulator::load_batch}, {20, &Simulator::edit_task},
        {8, &Simulator::repeat},   {5, &Simulator::misuse_key}, {5, &Simulator::be_refused},
        {12, &Simulator::look},    {5, &Simulator::keep_view},  {3, &Simulator::reopen},
        {3, &Simulator::crash},    {2, &Simulator::fail_sync},  {2, &Simulator::fail_write},
        {2, &Simulator::fill_disk}};
    int total = 0;
    for (const auto& act : acts) total += act.first;
    auto at = static_cast<int>(random_.below(static_cast<std::uint64_t>(total)));
    for (const auto& [weight, act] : acts) {
      if ((at -= weight) >= 0) continue;
      (this->*act)();
      return;
    }
  }

  // -- writes
  // ----------------------------------------------------------------------------------------------------------

  Figure some_figure() {
    static const char* const sources[] = {"bureau", "press", "village"};
    return {{4 + static_cast<std::int64_t>(random_.below(2)), random_.chance(0.5) ? "A" : "B",
             std::to_string(2015 + random_.below(8))},
            sources[random_.below(3)],
            std::to_string(random_.below(1000))};
  }

  Write write_of(std::vector<Figure> figures, std::string act) {
    std::vector<observations::Homed> rows;
    Json body;
    for (const Figure& f : figures) {
      const auto& [place, indicator, period] = f.cell;
      rows.push_back({county, figure(place, indicator, period, f.source, f.text)});
      body.set(std::to_string(place) + indicator + period + f.source, f.text);
    }
    const auto apply = [figures](Model& m) {
      for (const Figure& f : figures) m.cells[f.cell].push_back({m.seq, f.source, f.text});
    };
    return {command(
                std::move(act),
                [rows](Tx& tx) -> Result<Json> {
                  TRY(observations::append_all(tx, rows, precedence));
                  return Json(tx.seq().value);
                },
                some_key(), std::move(body)),
            apply};
  }

  Write some_task() {
    const std::string id = "T-" + std::to_string(random_.below(30)), state = std::to_string(random_.below(100));
    Json body;
    body.set("id", id);
    body.set("state", state);
    return {command(
                "edit_task",
                [id, state](Tx& tx) -> Result<Json> {
                  TRY(tasks::put(tx, {county, id, Json("x"), {}, state, {}}));
                  TRY(tasks::append_event(tx, county, id, Json(state)));
                  return Json(tx.seq().value);
                },
                some_key(), std::move(body)),
            [id, state](Model& m) { m.tasks[id] = state; }};
  }

  std::string some_key() { return random_.chance(0.5) ? "key " + std::to_string(++keys_) : std::string(); }

  void report() { send(write_of({some_figure()}, "report")); }
  void edit_task() { send(some_task()); }
  void load_batch() {
    std::map<std::pair<Cell, std::string>, Figure> distinct;
    for (std::uint64_t n = 5 + random_.below(60); n > 0; --n) {
      const Figure f = some_figure();
      distinct.try_emplace({f.cell, f.source}, f);
    }
    std::vector<Figure> figures;
    for (auto& [key, f] : distinct) figures.push_back(f);
    send(write_of(std::move(figures), "load_batch"));
  }

  void send(Write write) {
    const Command kept = write.command;
    const auto answer = store_->write(std::move(write.command));
    Model after = model_;
    ++after.seq;
    write.apply(after);
    if (answer) {
      EXPECT_FALSE(answer->replayed);
      EXPECT_EQ(answer->seq.value, after.seq);
      model_ = std::move(after);
      if (!kept.request_key.empty()) sent_.push_back({kept, *answer});
      ++done[kept.act];
      return;
    }
    ++done[std::string("refused: ") + std::string(answer.error().first().kind->name)];
    if (store_->read_only_reason().empty()) {
      EXPECT_TRUE(answer.error().is(errors::disk_full)) << answer.error().text(Language::en);
      return;   // refused in order; nothing changed, as the next look proves
    }
    EXPECT_TRUE(store_->write(some_task().command).error().is(errors::store_read_only))
        << "after a failure nothing is acknowledged";
    look();
    crash_with(std::move(after));
  }

  void repeat() {
    if (sent_.empty()) return;
    const Sent& sent = sent_[random_.below(sent_.size())];
    const auto again = store_->write(sent.command);
    ASSERT_TRUE(again) << again.error().text(Language::en);
    EXPECT_TRUE(again->replayed);
    EXPECT_EQ(again->seq, sent.answer.seq);
    EXPECT_EQ(again->body, sent.answer.body);
    ++done["repeated"];
  }

  void misuse_key() {
    if (sent_.empty()) return;
    Command other = sent_[random_.below(sent_.size())].command;
    other.command.set("other", "x");
    const auto refused = store_->write(std::move(other));
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().is(errors::request_key_reused));
    ++done["misused"];
  }

  void be_refused() {
    const Figure f = some_figure();
    const auto refused = store_->write(command("refused", [f](Tx& tx) -> Result<Json> {
      const auto& [place, indicator, period] = f.cell;
      TRY(observations::append(tx, county, figure(place, indicator, period, f.source, "77"), precedence));
      TRY(tasks::put(tx, {county, "never", Json(), {}, "x", {}}));
      return fail(errors::limit_exceeded, {"patience", "0"});
    }));
    EXPECT_TRUE(refused.error().is(errors::limit_exceeded));
    ++done["refused"];
  }

  // -- readers
  // ---------------------------------------------------------------------------------------------------------

  static void compare(const View& view, const Model& model) {
    ASSERT_EQ(view.seq.value, model.seq);
    for (const auto& [cell, all] : model.cells) {
      const auto& [place, indicator, period] = cell;
      const auto shown = view.cube->cell(view.tree->find(PlaceId{place}), view.cube->find(IndicatorCode{indicator}),
                                         must(Period::parse(period)));
      ASSERT_TRUE(shown) << place << indicator << period;
      const Reported& expected = Model::current(all);
      EXPECT_EQ(shown->seq.value, expected.seq) << place << indicator << period;
      EXPECT_EQ(view.source_of(*shown), expected.source);
      EXPECT_EQ(shown->value, must(fact::CellValue::parse(expected.cell, indicator == "B" ? 0 : 2)));
    }
    std::map<std::string, std::string> tasks;
    view.tasks.for_each([&](const Task& t) { tasks[t.id] = t.state; });
    EXPECT_EQ(tasks, model.tasks);
  }

  void look() {
    compare(*store_->view(), model_);
    for (const auto& [view, model] : kept_) compare(*view, model);
    if (model_.cells.empty()) return;
    auto cell = model_.cells.begin();
    std::advance(cell, static_cast<std::ptrdiff_t>(random_.below(model_.cells.size())));
    const auto& [place, indicator, period] = cell->first;
    const CellKey key{county, IndicatorCode{indicator}, PlaceId{place}, must(Period::parse(period))};
    const auto history =
        must(store_->read([&](Database& db) { return observations::history(db, key, Seq{model_.seq}); }));
    EXPECT_EQ(history.size(), cell->second.size());
    ++done["looked"];
  }

  /// A reader that holds on to a View sees the same for as long as it likes.
  void keep_view() {
    if (kept_.size() >= 5) kept_.erase(kept_.begin());
    kept_.emplace_back(store_->view(), model_);
  }

  // -- crashes and faults
  // ----------------------------------------------------------------------------------------------

  [[nodiscard]] bool faulty() const { return world_.config.engine == Engine::sqlite; }

  void next_folder() { world_.config.folder = world_.folder.path() / ("data" + std::to_string(++folders_)); }

  /// Everything on disk now counts as synced; from here on it is recorded.
  void start_recording_anew() {
    store_.reset();
    set_page_faults(world_.config.folder, &world_.faults);
    disk_ = TestDisk();
    disk_.load(world_.config.folder);
    world_.faults.record(world_.config.folder);
    store_ = must(world_.open());
  }

  void reopen() {
    store_.reset();
    store_ = must(world_.open());
    ++done["reopened"];
    look();
  }

  void crash() {
    if (faulty()) crash_with(std::nullopt);
  }

  /// The power goes. `maybe`: what the last write, whose outcome nobody knows, would have made of the model.
  void crash_with(std::optional<Model> maybe) {
    const auto events = world_.faults.recorded();
    world_.faults.clear();
    store_.reset();
    set_page_faults(world_.config.folder, nullptr);
    const auto old = world_.config.folder;
    for (const DiskEvent& event : events) disk_.apply(event);
    disk_.cut(random_, std::vector<double>{0.0, 0.5, 1.0}[random_.below(3)]);
    next_folder();
    disk_.write_to(world_.config.folder);
    std::filesystem::remove_all(old);
    set_page_faults(world_.config.folder, &world_.faults);
    world_.faults.record(world_.config.folder);
    store_ = must(world_.open());
    if (maybe && store_->view()->seq.value == maybe->seq) model_ = *std::move(maybe);
    ++done["crashed"];
    look();
    disk_ = TestDisk();
    start_recording_anew();
  }

  void with_fault(const char* name) {
    ++done[name];
    for (int i = 0; i < 3; ++i) random_.chance(0.3) ? load_batch() : report();
    world_.faults.clear();
  }
  void fail_sync() {
    if (!faulty()) return;
    world_.faults.fail_sync_after(static_cast<std::int64_t>(random_.below(4)));
    with_fault("sync failed");
  }
  void fail_write() {
    if (!faulty()) return;
    world_.faults.fail_write_after(static_cast<std::int64_t>(random_.below(20)));
    with_fault("write failed");
  }
  void fill_disk() {
    if (!faulty()) return;
    world_.faults.fill_disk_after(static_cast<std::int64_t>(random_.below(60'000)));
    with_fault("disk filled");
    look();
  }

  Random random_;
  World world_;
  int folders_ = 0;
  TestDisk disk_;
  std::unique_ptr<Store> store_;
  Model model_;
  std::vector<Sent> sent_;
  std::vector<std::pair<std::shared_ptr<const View>, Model>> kept_;
  std::uint64_t keys_ = 0, step_ = 0;
};

TEST(Simulator, TheStoreDoesWhatTheModelDoes) {
  const std::uint64_t first = from_environment("GANGMU_SIM_SEED", 1), steps = from_environment("GANGMU_SIM_STEPS", 250),
                      seeds = from_environment("GANGMU_SIM_SEEDS", 5);
  std::map<std::string, int> done;
  for (std::uint64_t seed = first; seed < first + seeds && !HasFailure(); ++seed) {
    SCOPED_TRACE("GANGMU_SIM_SEED=" + std::to_string(seed) + " GANGMU_SIM_STEPS=" + std::to_string(steps));
    Simulator simulator(Engine::sqlite, seed);
    simulator.run(steps);
    for (const auto& [act, n] : simulator.done) done[act] += n;
  }
  std::printf("simulator: %d seeds × %d steps, %d crashes, %d failed syncs, %d full disks\n", static_cast<int>(seeds),
              static_cast<int>(steps), done["crashed"], done["sync failed"], done["disk filled"]);
  for (const char* act :
       {"report", "load_batch", "edit_task", "repeated", "misused", "refused", "looked", "reopened", "crashed",
        "sync failed", "write failed", "disk filled", "refused: disk_full", "refused: outcome_unknown"})
    EXPECT_GT(done[act], 0) << act << " never happened: the simulator does not reach it";
}

TEST(Simulator, SoItDoesOnPostgres) {
  const std::uint64_t first = from_environment("GANGMU_SIM_SEED", 1);
  SCOPED_TRACE("GANGMU_SIM_SEED=" + std::to_string(first));
  Simulator(Engine::postgres, first).run(150);
}

}   // namespace
}   // namespace gangmu::store::test
