// SPDX-License-Identifier: Apache-2.0
#include "app/programmes.hpp"

#include "app/programme_wire.hpp"
#include "app/version.hpp"

namespace gangmu::app {

Result<Reply> version(Service& service, const Call& call) {
  TRY(service.require(call, Permission::read_public));
  Reply reply;
  JsonWriter out(reply.body);
  out.begin_object()
      .key("name")
      .value("gangmu")
      .key("version")
      .value(program_version)
      .key("api")
      .value("v1")
      .end_object();
  return reply;
}

Result<Reply> health(Service& service, const Call& call) {
  TRY(service.require(call, Permission::read_public));
  Reply reply;
  JsonWriter out(reply.body);
  bool writable = true;
  for (const std::string& id : service.programmes()) {
    TRY_ASSIGN(const store::Store* store, service.store(id));
    writable = writable && store->read_only_reason().empty();
  }
  const bool whole = service.left_out().empty();
  out.begin_object()
      .key("status")
      .value(!whole     ? "incomplete"
             : writable ? "ok"
                        : "read_only")
      .key("programmes")
      .begin_array();
  for (const std::string& id : service.programmes()) {
    TRY_ASSIGN(const store::Store* store, service.store(id));
    out.begin_object().key("id").value(id).key("seq").value(store->view()->seq.value);
    out.key("engine").value(store->engine() == store::Engine::sqlite ? "sqlite" : "postgresql");
    out.key("writable").value(store->read_only_reason().empty()).key("writes_here").value(store->writes()).end_object();
  }
  out.end_array().key("left_out").begin_array();
  for (const std::string& id : service.left_out()) out.value(id);
  out.end_array().end_object();
  return reply;
}

Result<Reply> programmes(Service& service, const Call& call) {
  TRY(service.require(call, Permission::read_public));
  Reply reply;
  JsonWriter out(reply.body);
  out.begin_object().key("items").begin_array();
  for (const std::string& id : service.programmes()) {
    TRY_ASSIGN(const store::Store* store, service.store(id));
    wire::programme(out, *store->view());
  }
  out.end_array().end_object();
  return reply;
}

}   // namespace gangmu::app
