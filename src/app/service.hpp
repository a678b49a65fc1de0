// SPDX-License-Identifier: Apache-2.0
// The running platform: one store a programme, the clock, the threads and the limits. Use cases (programmes.hpp,
// home.hpp, places.hpp, observations.hpp, tasks.hpp, imports.hpp, assessments.hpp, sources.hpp) take it first.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "access/password.hpp"
#include "app/call.hpp"
#include "app/doorkeeper.hpp"
#include "app/presence.hpp"
#include "app/provider.hpp"
#include "app/recall.hpp"
#include "base/date.hpp"
#include "base/parallel.hpp"
#include "base/random.hpp"
#include "base/result.hpp"

namespace gangmu::store {
class Store;
class View;
}   // namespace gangmu::store

namespace gangmu::app {

class ImportReadings;

/// What a request may cost at most. A refusal names the limit and its value.
struct Limits {
  std::size_t page_rows = 500;                     ///< `limit` of a paged read
  std::size_t export_rows = 200'000;               ///< rows of one exported sheet
  std::size_t import_bytes = 32u << 20;            ///< an uploaded workbook
  std::size_t import_rows = 20'000;                ///< rows of one ledger
  std::size_t import_cells = 1'000'000;            ///< cells of an uploaded workbook
  std::size_t import_text_bytes = 64u << 20;       ///< its text; a blank cell of a ledger counts as the text above it
  std::size_t import_page_bytes = 256u << 10;      ///< after which a page of an import's rows, questions or notes ends
  std::size_t import_kept_bytes = 192u << 20;      ///< readings of ledgers kept in memory for the next reader
  std::size_t import_pending = 100;                ///< ledgers of one county (or the city) read and not yet confirmed
  std::size_t import_pending_bytes = 128u << 20;   ///< and the bytes of their files
  std::size_t file_bytes = 20u << 20;              ///< an uploaded file of a record
  std::size_t file_waiting_bytes = 512u << 20;     ///< of a county (or the city) that no record names yet
  std::size_t record_conditions = 20;              ///< conditions of one list of records
  std::size_t record_rows = 2'000;                 ///< rows of one field in one act on a record
  std::size_t tasks_at_once = 500;                 ///< handed out in one request
  std::size_t record_history_page = 20;            ///< events of a record told at once
  std::size_t record_export_at_once = 1'000;       ///< records read in one go for an exported sheet
  std::size_t record_clocks_at_once = 500;         ///< acts of clocks in one look at the time
  std::size_t record_doubles = 500;                ///< records told at once as perhaps the same
  std::size_t kind_records = 100'000;              ///< records a kind that narrows may write anew in one entry
  std::size_t view_each = 20;                      ///< views of one register a person keeps
  std::size_t view_name_most = 40;                 ///< characters of the name of a view
  std::size_t view_bytes = 4'000;                  ///< conditions, columns and order of a view
  std::size_t register_owner_most = 60;            ///< characters of the owner of a register
  std::size_t register_number_most = 40;           ///< and of its number in the list of registers
  std::size_t sheet_rows = 100'000;                ///< rows of one sheet imported into a register
  std::size_t sheet_columns = 200;                 ///< and its columns
  std::size_t sheet_shown = 1'000;                 ///< rows, faults and absent records told one by one of such a sheet
  std::size_t text_code_points = 4'000;            ///< a progress report, a reason
  std::size_t nudge_code_points = 200;             ///< the words of a nudge
  int todo_days = 30;                              ///< how far ahead the last day of a task brings it into the to-do
  std::size_t persons_reason_least = 4;            ///< the reason for looking at persons, erasing them, or a way out
  std::size_t persons_reason_most = 200;           ///< and at most
  std::size_t kept_answers = 512;                  ///< assessments kept in memory for the next reader
  std::size_t robustness_runs = 10'000;            ///< runs of a stress test while the reader waits
  std::size_t robustness_cells = 4'000'000;        ///< and runs × places
  std::size_t lift_cells = 4'000'000;   ///< places × indicators × assessments made while the reader waits: one an
                                        ///< indicator for a lift, one for weights tried
  std::int64_t journal_entries =
      100'000;   ///< newest entries looked through for large acts: a long journal takes more than one read
  std::size_t known_rows = 2'000'000;     ///< observations read for one answer of what was known on an earlier day
  std::size_t known_bytes = 256u << 20;   ///< such pictures of the past kept in memory, all together
  int session_idle_minutes = 30;          ///< without a request
  int session_hours = 12;                 ///< at the longest, however busy
  std::size_t sessions_each = 10;         ///< of one account at once; the oldest gives way
  int code_hours = 72;                    ///< a one-time code for the first sign-in
  int backup_hours = 26;         ///< since the last backup, before it is called late: a nightly one, and some patience
  int proof_hours = 8 * 24;      ///< the same since the last drill and the last check of the whole chain: weekly ones
  access::HashCost password{};   ///< a password is hashed with
};

struct System {
  const Clock& clock;
  SecretSource& secrets;
  Executor& executor;
};

class Service {
 public:
  Service(System system, Limits limits);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  /// A programme whose store can't be opened: asked for, it is told as that and not as one that is not there.
  void leave_out(const std::string& programme) { left_out_.push_back(programme); }
  [[nodiscard]] const std::vector<std::string>& left_out() const { return left_out_; }
  /// Adds an open store; its programme definition gives the id. Error: programme_twice, programme_undefined.
  Status add(std::unique_ptr<store::Store> store);

  [[nodiscard]] Result<store::Store*> store(
      const std::string& programme) const;                     ///< errors: unknown_programme, programme_closed
  [[nodiscard]] std::vector<std::string> programmes() const;   ///< ids, in the order added
  [[nodiscard]] const Limits& limits() const { return limits_; }
  [[nodiscard]] const System& system() const { return system_; }
  [[nodiscard]] Recall& recall() { return recall_; }
  [[nodiscard]] Recall& known() { return known_; }   ///< by bytes
  [[nodiscard]] ImportReadings& import_readings() { return *import_readings_; }
  [[nodiscard]] Doorkeeper& doorkeeper() { return doorkeeper_; }
  [[nodiscard]] Presence& presence() { return presence_; }
  /// nullptr: nobody signs in through a provider.
  [[nodiscard]] Provider* provider() { return provider_.get(); }
  void sign_in_through(std::unique_ptr<Provider> provider) { provider_ = std::move(provider); }
  [[nodiscard]] Date today() const { return system_.clock.now().date(); }

  /// Calls back (on the writer's thread, must be quick) with the seq of each commit of the programme, until the
  /// returned handle is destroyed.
  [[nodiscard]] std::shared_ptr<void> subscribe(const std::string& programme, std::function<void(Seq)> on_commit);

  /// Whether the actor holds the right anywhere; the object at hand is asked about beside it. Errors: not_signed_in,
  /// forbidden.
  [[nodiscard]] Status require(const Call& call, Permission permission) const;

 private:
  struct Entry;
  System system_;
  Limits limits_;
  Recall recall_{limits_.kept_answers};
  Recall known_{limits_.known_bytes};
  std::unique_ptr<ImportReadings> import_readings_;
  Doorkeeper doorkeeper_;
  Presence presence_;
  std::unique_ptr<Provider> provider_;
  std::vector<std::unique_ptr<Entry>> entries_;
  std::vector<std::string> left_out_;
};

}   // namespace gangmu::app
