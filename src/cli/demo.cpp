// SPDX-License-Identifier: Apache-2.0
// gangmu demo: makes what is not there yet (Jiangmen from its pack, the example city simulated), assesses, serves.
#include <fmt/core.h>

#include "app/assessments.hpp"
#include "app/load.hpp"
#include "app/records/example.hpp"
#include "base/digest.hpp"
#include "cli/say.hpp"
#include "cli/serving.hpp"
#include "sim/simulate.hpp"
#include "store/opening.hpp"

namespace gangmu::cli {
namespace {

struct Options {
  std::string data = "data", programmes = "programmes";
  std::uint16_t port = 8080;
  bool no_serve = false;
};

constexpr std::uint64_t example_seed = 20230616;

Result<pack::Pack> example_city(const std::string& folder) {
  TRY_ASSIGN(const pack::Files input, read_folder(folder));
  return sim::simulate(input, example_seed);
}

/// A store that was loaded completely is left alone; one that was cut short is loaded again, which continues it.
Status make_store(Machine& machine, const Options& options, const std::string& programme) {
  TRY_ASSIGN(const store::Config config, store_config(options.data, programme));
  const auto folder = std::filesystem::path(options.programmes) / programme;
  const bool fresh = !store::holds_store(config.folder, machine.files);
  auto store =
      fresh ? store::Store::create(config, machine.surroundings()) : store::Store::open(config, machine.surroundings());
  if (!store) return fail(of_store(store.error(), config.folder));
  if (!fresh && !(*store)->view()->assessments.empty()) return {};
  if (!fresh && programme == "jiangmen" && (*store)->view()->tree->size() > 0) return {};
  say("{}：读入方案包\n", "{}: reading the pack\n", programme);
  TRY_ASSIGN(const pack::Pack pack,
             programme == "example-city" ? example_city(folder.string()) : read_pack_folder(folder));
  Progress progress(programme + (reader_language() == Language::en ? ": figures" : "：写入数据"));
  TRY(app::load(**store, pack, {}, [&](std::size_t done, std::size_t total) { progress.show(done, total); }));
  return {};
}

/// Five years of the example city's schemes; keys are fixed, so that running the demo again makes nothing twice.
Status assess(app::Service& service) {
  app::Call list;
  list.programme = "example-city";
  list.actor = app::Actor::console();
  TRY_ASSIGN(const app::Reply reply, app::schemes(service, list));
  TRY_ASSIGN(const Json schemes, Json::parse(reply.body));
  const Json::Array items = schemes["items"].array() ? *schemes["items"].array() : Json::Array{};
  for (const Json& scheme : items) {
    const Json::Array periods = scheme["periods"].array() ? *scheme["periods"].array() : Json::Array{};
    for (std::size_t i = periods.size() > 5 ? periods.size() - 5 : 0; i < periods.size(); ++i) {
      app::Call call = list;
      Json body;
      body.set("scheme", scheme["id"]);
      body.set("period", periods[i]);
      call.body = body.canonical();
      call.request_key =
          hex(std::string_view(reinterpret_cast<const char*>(digest("demo" + call.body).bytes.data()), 16));
      TRY(app::run_assessment(service, call));
    }
  }
  return {};
}

Status demo(Machine& machine, const Options& options) {
  for (const char* programme : {"jiangmen", "example-city"}) TRY(make_store(machine, options, programme));
  app::Service service({machine.clock, machine.secrets, machine.executor}, {});
  if (options.no_serve) {
    TRY(open_all(machine, options.data, {}, service));
    TRY(app::fill_example_registers(service, "example-city"));
    return assess(service);
  }
  const auto open = [&](const std::string& address) -> Status {
    TRY(open_all(machine, options.data, address, service));
    TRY(app::fill_example_registers(service, "example-city"));
    return assess(service);
  };
  http::Config config;
  config.port = options.port;
  return serve_until_stopped(machine, service, std::move(config), open);
}

}   // namespace

void add_demo(CLI::App& app, Machine& machine, Run& run) {
  auto* command = app.add_subcommand("demo", "装入两个方案、评价并开始服务 / load both programmes, assess and serve");
  auto options = std::make_shared<Options>();
  command->add_option("--data", options->data, "folder of stores")->capture_default_str();
  command->add_option("--programmes", options->programmes, "folder of packs")->capture_default_str();
  command->add_option("--port", options->port, "0: any free one")->capture_default_str();
  command->add_flag("--no-serve", options->no_serve, "load and assess only");
  command->callback([&machine, &run, options] {
    run = [&machine, options] {
      const Status status = demo(machine, *options);
      return status ? exit_done : report(status.error());
    };
  });
}

}   // namespace gangmu::cli
