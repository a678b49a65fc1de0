// SPDX-License-Identifier: Apache-2.0
#include "http/backend.hpp"

#include "app/carry_tasks.hpp"
#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/operations.hpp"
#include "app/records/clocks.hpp"
#include "app/service.hpp"
#include "http/routes.hpp"
#include "store/store.hpp"

namespace gangmu::http {

Backend backend_of(app::Service& service) {
  Backend out;
  out.routes = routes();
  // Asked twice: before the body is read, and again when the use case runs, since rights may have changed meanwhile.
  out.identify = [&service](const Route& route, app::Call& call) -> Status {
    const bool open = access::facts_of(route.permission).duty == access::Duty::anyone;
    const Status known = app::identify(service, call);
    if (!known && !(open && known.error().is(app::errors::not_signed_in))) return known;
    return service.require(call, route.permission);
  };
  out.still = [&service](const Route& route, const app::Call& call) {
    app::Call now = call;
    return app::still_there(service, now) && service.require(now, route.permission);
  };
  out.run = [&service, identify = out.identify](const Route& route, app::Call& call) -> Result<app::Reply> {
    if (call.programme.empty())
      call.actor.rights = access::Rights::of_the_machine();   // tells nothing of any programme's inside
    else
      TRY(identify(route, call));
    return route.use_case(service, call);
  };
  out.programmes = [&service] { return service.programmes(); };
  out.seq = [&service](const std::string& programme) -> std::optional<Seq> {
    const Result<store::Store*> store = service.store(programme);
    if (!store) return std::nullopt;
    return (*store)->view()->seq;
  };
  out.writable = [&service](const std::string& programme) {
    const Result<store::Store*> store = service.store(programme);
    return store && (*store)->read_only_reason().empty();
  };
  out.subscribe = [&service](const std::string& programme, std::function<void(Seq)> on_commit) {
    return service.subscribe(programme, std::move(on_commit));
  };
  out.seat = [&service](const std::string& programme) -> std::optional<Seat> {
    const Result<store::Store*> store = service.store(programme);
    if (!store || !(*store)->follows()) return std::nullopt;
    return Seat{.writes = (*store)->writes(), .writer = (*store)->writer_address()};
  };
  out.look = [&service](const std::string& programme) {
    if (const Result<store::Store*> store = service.store(programme)) (*store)->look();
  };
  out.upkeep = [&service, kept = Date{}]() mutable {            // one at a time: the server sees to that
    for (const std::string& programme : service.programmes())   // a follower that has begun to write
      if (const Result<store::Store*> store = service.store(programme))
        if (const auto carried = app::carry_tasks(**store); !carried) break;   // tried again at the next look
    app::run_clocks(service);
    if (const Date today = service.today(); today != kept) app::daily_upkeep(service);
    kept = service.today();
  };
  return out;
}

}   // namespace gangmu::http
