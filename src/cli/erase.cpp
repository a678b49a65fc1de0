// SPDX-License-Identifier: Apache-2.0
// gangmu erase --task N | --account LOGIN | --import ID | --record ID: destroys the key of a person's sealed data, for
// a reason that is written down first. The server has to be stopped meanwhile (one process writes a store).
#include "app/erasure.hpp"

#include "cli/command.hpp"
#include "cli/errors.hpp"
#include "cli/say.hpp"

namespace gangmu::cli {
namespace {

struct Options {
  std::string data = "data", programme, task, account, import, record, reason;
  bool yes = false;
};

app::Subject subject_of(const Options& options) {
  if (!options.task.empty()) return app::PersonsOfTask{options.task};
  if (!options.account.empty()) return app::PersonOfAccount{options.account};
  if (!options.record.empty()) return app::PersonsOfRecord{options.record};
  return app::FileOfImport{options.import};
}

Status erase(Machine& machine, const Options& options) {
  if (!options.yes) return fail(errors::erase_unconfirmed);
  TRY_ASSIGN(const auto store, open_store(machine, options.data, options.programme));
  TRY_ASSIGN(const Seq seq, app::erase_persons(*store, {}, app::Actor::console(), subject_of(options), options.reason));
  say("密钥已销毁，记于第 {} 号；请更新密钥的副本并销毁旧副本\n",
      "the key is destroyed, noted as seq {}; renew the copies of the keys and destroy the old ones\n", seq.value);
  return {};
}

}   // namespace

void add_erase(CLI::App& app, Machine& machine, Run& run) {
  auto* command =
      app.add_subcommand("erase", "销毁个人信息的密钥，不可恢复 / destroy the key of a person's data, for good");
  auto options = std::make_shared<Options>();
  command->add_option("--data", options->data, "folder of stores")->capture_default_str();
  command->add_option("--programme", options->programme, "id of the programme")->required();
  auto* task =
      command->add_option("--task", options->task,
                          "persons of this task, also of one that is gone, and the uploaded file it was read from");
  auto* account =
      command->add_option("--account", options->account, "name and telephone of this account, which is disabled");
  auto* import = command->add_option(
      "--import", options->import,
      "the file of this import as it was uploaded; of one undone, the persons of its tasks as well");
  auto* record =
      command->add_option("--record", options->record, "persons in this record, by its address (7.project.12)");
  task->excludes(account)->excludes(import)->excludes(record);
  account->excludes(import)->excludes(record);
  import->excludes(record);
  command->add_option("--reason", options->reason, "why; kept with it")->required();
  command->add_flag("--yes", options->yes, "really");
  command->callback([&machine, &run, options] {
    if (options->task.empty() && options->account.empty() && options->import.empty() && options->record.empty())
      throw CLI::RequiredError("--task, --account, --import or --record");
    run = [&machine, options] {
      const Status status = erase(machine, *options);
      return status ? exit_done : report(status.error());
    };
  });
}

}   // namespace gangmu::cli
