// SPDX-License-Identifier: Apache-2.0
// gangmu serve --data DIR --port N: pages and API, on this machine; beyond it once every programme has accounts, over
// TLS.
#include <fmt/core.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <cstdio>

#include "app/version.hpp"
#include "base/text.hpp"
#include "cli/errors.hpp"
#include "cli/say.hpp"
#include "cli/serving.hpp"
#include "http/access_log.hpp"
#include "http/backend.hpp"
#include "http/fetch.hpp"
#include "http/network.hpp"
#include "http/server.hpp"

namespace gangmu::cli {

namespace {

Status add_store(Machine& machine, const std::string& data, const std::string& programme, const std::string& address,
                 app::Service& service) {
  TRY_ASSIGN(store::Config config, store_config(data, programme));
  config.address = address;
  config.follow = config.engine == store::Engine::postgres && !address.empty();
  TRY_ASSIGN(auto store, open_store(machine, config));
  const Status added = service.add(std::move(store));
  return added ? added : Status(fail(of_store(added.error(), config.folder)));
}

}   // namespace

Status open_all(Machine& machine, const std::string& data, const std::string& address, app::Service& service) {
  const auto programmes = stored_programmes(data);
  if (programmes.empty()) return fail(errors::no_store, {data});
  for (const std::string& programme : programmes) {
    const Status added = add_store(machine, data, programme, address, service);
    if (added) continue;
    report(added.error());
    report(Error(Diagnostic{&errors::store_left_out, {programme}, {}}));
    service.leave_out(programme);
  }
  return service.programmes().empty() ? Status(fail(errors::none_opens, {data})) : Status{};
}

namespace {

/// Programmes whose store holds no account.
std::string open_programmes(const app::Service& service) {
  std::string out;
  for (const std::string& programme : service.programmes()) {
    const auto store = service.store(programme);
    if (store && (*store)->view()->accounts.empty()) out += (out.empty() ? "" : ", ") + programme;
  }
  return out;
}

/// Where a proxy or another name leads here, "on this machine" says nothing any more of who it is.
bool reachable(const http::Config& config) {
  return config.secure || !config.names.empty() || !config.trusted_proxies.empty();
}

/// "host:port" of "http://host:port/".
std::string host_and_port(std::string_view url) {
  url.remove_prefix(url.find("://") + 3);
  return std::string(url.substr(0, url.find('/')));
}

/// Where the other servers of a store find this one: "host:port"; with TLS of its own "https://name:port", by the name
/// its certificate is for.
std::string found_at(const http::Config& config, const http::Server& server) {
  const std::string here = host_and_port(server.addresses().front());
  if (config.certificate.empty()) return here;
  return "https://" + (config.names.empty() ? here : config.names.front() + here.substr(here.rfind(':')));
}

}   // namespace

Status serve_until_stopped(Machine& machine, app::Service& service, http::Config config,
                           const std::function<Status(const std::string& address)>& open) {
  config.version = app::program_version;
  TRY(http::Networks::parse(config.trusted_proxies));
  TRY(http::Networks::parse(config.admin_networks));
  config.beyond_loopback =
      config.secure;   // nothing is answered before run(): that accounts are there is seen to below
  http::Server server(http::backend_of(service), http::embedded_assets(), config, {machine.clock, machine.secrets});
  TRY(server.listen());
  TRY(open(found_at(config, server)));
  const std::string unlocked = open_programmes(service);
  if (reachable(config) && !unlocked.empty()) return fail(errors::accounts_wanted, {unlocked});
  for (const std::string& address : server.addresses()) fmt::print("纲目 Gangmu  {}\n", address);
  if (!unlocked.empty()) {
    say("{}：没有账户，无须登录，只在本机可访问；新建账户：gangmu account create\n",
        "{}: no accounts, no sign-in, this machine only; to change that: gangmu account create\n", unlocked);
  }
  say("按 Ctrl-C 停止\n", "Ctrl-C stops\n");
  std::fflush(stdout);
  server.run();
  return {};
}

namespace {

struct Options {
  std::string data = "data", provider_secret_file;
  bool quiet = false;
  app::ProviderConfig provider;
  http::Config http;
};

/// Keys and names of people are in its memory: no core file holds them, whatever the machine does with those.
void keep_memory_to_itself() {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  prctl(PR_SET_DUMPABLE, 0);
#endif
}

Status serve(Machine& machine, const Options& options) {
  keep_memory_to_itself();
  app::Service service({machine.clock, machine.secrets, machine.executor}, {});
  if (!options.provider.issuer.empty()) {
    app::ProviderConfig provider = options.provider;
    if (!options.provider_secret_file.empty()) {
      TRY_ASSIGN(const std::string secret, machine.files.read(options.provider_secret_file));
      provider.secret = text::trim(secret);
    }
    service.sign_in_through(std::make_unique<app::Provider>(std::move(provider), http::fetch));
  }
  http::Config config = options.http;
  config.secure = config.secure || !config.certificate.empty();
  if (!config.servers_ca.empty()) TRY(machine.files.read(config.servers_ca));
  if (!options.quiet) config.log = http::log_to_stderr();
  return serve_until_stopped(machine, service, std::move(config), [&](const std::string& address) {
    return open_all(machine, options.data, address, service);
  });
}

}   // namespace

void add_serve(CLI::App& app, Machine& machine, Run& run) {
  auto* command = app.add_subcommand("serve", "提供页面和接口 / serve pages and API");
  auto options = std::make_shared<Options>();
  command->add_option("--data", options->data, "folder of stores")->capture_default_str();
  command->add_option("--port", options->http.port, "0: any free one")->capture_default_str();
  command
      ->add_option("--address", options->http.address,
                   "address to listen on; beyond this machine only with accounts and TLS")
      ->capture_default_str();
  command->add_option("--name", options->http.names, "host name browsers use; may be given several times")
      ->delimiter(',');
  command->add_option("--certificate", options->http.certificate, "PEM file of the certificate chain: TLS ends here");
  command->add_option("--certificate-key", options->http.certificate_key, "PEM file of its private key")
      ->needs("--certificate");
  command->add_option("--servers-ca", options->http.servers_ca,
                      "PEM file of those who vouch for the other servers' certificates; none: the machine's list");
  command->add_flag("--behind-tls", options->http.secure, "a proxy in front ends TLS");
  command
      ->add_option("--trusted-proxy", options->http.trusted_proxies,
                   "address or network whose X-Forwarded-For is believed")
      ->delimiter(',');
  command
      ->add_option("--admin-network", options->http.admin_networks,
                   "address or network administrators may come from; none: any")
      ->delimiter(',');
  auto* provider = command->add_option("--provider", options->provider.issuer,
                                       "issuer of an OpenID Connect provider to sign in through");
  command->add_option("--provider-client", options->provider.client, "our client_id there")->needs(provider);
  command
      ->add_option("--provider-secret-file", options->provider_secret_file,
                   "file with the client's secret; none: a public client")
      ->needs(provider);
  command->add_option("--provider-claim", options->provider.claim, "claim that names the account")
      ->capture_default_str()
      ->needs(provider);
  command
      ->add_option("--origin", options->provider.origin,
                   "address of these pages, for the way back: https://gangmu.example.gov.cn")
      ->needs(provider);
  command->add_flag("--quiet", options->quiet, "no access log");
  command->callback([&machine, &run, options] {
    run = [&machine, options] {
      const Status status = serve(machine, *options);
      return status ? exit_done : report(status.error());
    };
  });
}

}   // namespace gangmu::cli
