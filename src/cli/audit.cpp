// SPDX-License-Identifier: Apache-2.0
// gangmu audit verify | head: proves a store, beside the running server; writes its head out, to be kept or signed
// elsewhere.
//
//   gangmu audit head --data DIR > heads.txt        one line of JSON a programme
//   gangmu audit verify --data DIR --head heads.txt
#include <fmt/core.h>

#include <fstream>
#include <iterator>

#include "base/text.hpp"
#include "cli/errors.hpp"
#include "cli/say.hpp"
#include "cli/serving.hpp"
#include "store/notes.hpp"
#include "store/opening.hpp"
#include "store/verification.hpp"

namespace gangmu::cli {
namespace {

struct Options {
  std::string data = "data", heads;
};

Result<std::vector<store::Head>> heads_in(const std::string& file) {
  std::vector<store::Head> out;
  if (file.empty()) return out;
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail(errors::folder_missing, {file});
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  for (const std::string_view line : text::split(bytes, '\n')) {
    if (line.empty()) continue;
    TRY_ASSIGN(store::Head head, store::parse_head(line));
    out.push_back(std::move(head));
  }
  return out;
}

Status print_head(Machine& machine, const std::string& data, const std::string& programme) {
  TRY_ASSIGN(const store::Config config, store_config(data, programme));
  TRY_ASSIGN(const store::Beside store, store::open_beside(config, machine.files));
  fmt::print("{}\n", store::head_text(store.head, machine.clock.now()));
  return {};
}

Status verify(Machine& machine, const Options& options, const std::string& programme) {
  TRY_ASSIGN(std::vector<store::Head> known, heads_in(options.heads));
  TRY_ASSIGN(const store::Config config, store_config(options.data, programme));
  TRY_ASSIGN(const store::Beside store, store::open_beside(config, machine.files));
  std::erase_if(known, [&](const store::Head& head) { return head.store != store.head.store; });
  const std::size_t heads = known.size();
  known.push_back(store.head);
  TRY(store.database->begin_read());
  const auto found = store::verify_database(*store.database, *store.batches, std::move(known), store.evidence.get());
  store.database->rollback();
  note_check(machine, config, store, found);
  if (!found) return fail(found.error());
  say("{}：可信；{} 笔记录相连，{} 张表与重放一致，HEAD 与 {} 个已知的日志头相符，序号 {}\n",
      "{}: proven; {} entries in one chain, {} tables equal to their replay, HEAD and {} known heads met, seq {}\n",
      programme, found->entries, found->tables, heads, found->seq.value);
  for (const Seq seq : found->left_behind)
    say("{}：第 {} 号处的日志头属于恢复之前的旧时期\n",
        "{}: the known head at {} is of an epoch that a restore left behind\n", programme, seq.value);
  return {};
}

int for_all(const std::string& data, const std::function<Status(const std::string&)>& act) {
  const auto programmes = stored_programmes(data);
  if (programmes.empty()) return report(Error(Diagnostic{&errors::no_store, {data}, {}}));
  int code = exit_done;
  for (const std::string& programme : programmes)
    if (const Status done = act(programme); !done) {
      code = report(of_store(done.error(), std::filesystem::path(data) / programme));
    }
  return code;
}

}   // namespace

Json fault_note(Machine& machine, const Error* fault) {
  Json note;
  note.set("at", machine.clock.now().micros);
  note.set("fault_zh", fault ? fault->text(Language::zh) : std::string());
  note.set("fault_en", fault ? fault->text(Language::en) : std::string());
  return note;
}

void keep_note(Machine& machine, const store::Config& config, const store::Beside& store, std::string_view name,
               const Json& note) {
  if (const Status kept = store::keep_note(*store.database, config.folder, machine.files, name, note); !kept)
    report(kept.error());
}

void note_check(Machine& machine, const store::Config& config, const store::Beside& store,
                const Result<store::Verification>& found) {
  Json note = fault_note(machine, found ? nullptr : &found.error());
  note.set("seq", found ? found->seq.value : store.head.seq.value);
  note.set("entries", found ? found->entries : 0);
  note.set("tables", found ? found->tables : 0);
  keep_note(machine, config, store, store::check_note, note);
}

void add_audit(CLI::App& app, Machine& machine, Run& run) {
  auto* audit = app.add_subcommand("audit", "审计：验证日志链，导出日志头 / verify the journal, export its head");
  audit->require_subcommand(1);
  auto options = std::make_shared<Options>();
  auto* verifying =
      audit->add_subcommand("verify", "验证：链、HEAD、各表与重放 / the chain, HEAD, every table against a replay");
  verifying->add_option("--data", options->data, "folder of stores")->capture_default_str();
  verifying->add_option("--head", options->heads, "heads exported before, one a line");
  verifying->callback([&machine, &run, options] {
    run = [&machine, options] {
      return for_all(options->data, [&](const std::string& programme) { return verify(machine, *options, programme); });
    };
  });
  auto* head = audit->add_subcommand("head", "导出日志头，供异地保存或签名 / the head, to be kept or signed elsewhere");
  head->add_option("--data", options->data, "folder of stores")->capture_default_str();
  head->callback([&machine, &run, options] {
    run = [&machine, options] {
      return for_all(options->data,
                     [&](const std::string& programme) { return print_head(machine, options->data, programme); });
    };
  });
}

}   // namespace gangmu::cli
