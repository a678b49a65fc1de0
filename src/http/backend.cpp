// SPDX-License-Identifier: Apache-2.0
#include "http/backend.hpp"

#include "app/service.hpp"
#include "http/routes.hpp"
#include "store/store.hpp"

namespace gangmu::http {

Backend backend_of(app::Service& service) {
  Backend out;
  out.routes = routes();
  out.run = [&service](const Route& route, const app::Call& call) { return route.use_case(service, call); };
  out.programmes = [&service] { return service.programmes(); };
  out.seq = [&service](const std::string& programme) -> std::optional<Seq> {
    const Result<store::Store*> store = service.store(programme);
    if (!store) return std::nullopt;
    return (*store)->view()->seq;
  };
  out.subscribe = [&service](const std::string& programme, std::function<void(Seq)> on_commit) {
    return service.subscribe(programme, std::move(on_commit));
  };
  return out;
}

}  // namespace gangmu::http
