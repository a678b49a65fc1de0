// SPDX-License-Identifier: Apache-2.0
// gangmu serve --data DIR --port N: pages and API on loopback.
#include <fmt/core.h>

#include <cstdio>

#include "app/version.hpp"
#include "cli/errors.hpp"
#include "cli/serving.hpp"
#include "http/access_log.hpp"
#include "http/backend.hpp"
#include "http/server.hpp"

namespace gangmu::cli {

Status open_all(Machine& machine, const std::string& data, const std::string& address, app::Service& service) {
  const auto programmes = stored_programmes(data);
  if (programmes.empty()) return fail(errors::no_store, {data});
  for (const std::string& programme : programmes) {
    TRY_ASSIGN(store::Config config, store_config(data, programme));
    config.address = address;
    config.follow = config.engine == store::Engine::postgres && !address.empty();
    TRY_ASSIGN(auto store, store::Store::open(config, machine.surroundings()));
    TRY(service.add(std::move(store)));
  }
  return {};
}

Status serve_until_stopped(Machine& machine, app::Service& service, std::uint16_t port, bool quiet,
                           const std::function<Status(const std::string& address)>& open) {
  http::Config config;
  config.port = port;
  config.version = app::program_version;
  if (!quiet) config.log = http::log_to_stderr();
  http::Server server(http::backend_of(service), http::embedded_assets(), config, {machine.clock, machine.secrets});
  TRY(server.listen());
  const std::string address = server.addresses().front();   // "http://127.0.0.1:8080/"
  TRY(open(address.substr(7, address.size() - 8)));
  for (const std::string& at : server.addresses()) fmt::print("纲目 Gangmu  {}\n", at);
  fmt::print("只在本机可访问；Ctrl-C 停止 / this machine only until accounts exist; Ctrl-C stops\n");
  std::fflush(stdout);
  server.run();
  return {};
}

namespace {

Status serve(Machine& machine, const std::string& data, std::uint16_t port, bool quiet) {
  app::Service service({machine.clock, machine.secrets, machine.executor}, {});
  return serve_until_stopped(machine, service, port, quiet,
                             [&](const std::string& address) { return open_all(machine, data, address, service); });
}

}  // namespace

void add_serve(CLI::App& app, Machine& machine, Run& run) {
  auto* command = app.add_subcommand("serve", "在本机提供页面和接口 / serve pages and API on this machine");
  auto data = std::make_shared<std::string>("data");
  auto port = std::make_shared<std::uint16_t>(std::uint16_t{8080});
  auto quiet = std::make_shared<bool>(false);
  command->add_option("--data", *data, "folder of stores")->capture_default_str();
  command->add_option("--port", *port, "0: any free one")->capture_default_str();
  command->add_flag("--quiet", *quiet, "no access log");
  command->callback([&machine, &run, data, port, quiet] {
    run = [&machine, data, port, quiet] {
      const Status status = serve(machine, *data, *port, *quiet);
      return status ? exit_done : report(status.error());
    };
  });
}

}  // namespace gangmu::cli
