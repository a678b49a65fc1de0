// SPDX-License-Identifier: Apache-2.0
#include "http/client.hpp"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <optional>

#include "base/text.hpp"
#include "http/errors.hpp"

namespace gangmu::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::uint64_t answer_bytes = 512u << 20;

}   // namespace

struct Client::Parts {
  /// Starts an operation with the timeout running and waits for its end.
  template <class Start>
  error_code run(const Start& start) {
    error_code out;
    stream->expires_after(timeout);
    start([&out](const error_code& code, const auto&...) { out = code; });
    loop.restart();
    loop.run();
    return out;
  }

  [[nodiscard]] std::string name() const { return fmt::format("{}:{}", host, port); }

  Status connect() {
    tcp::resolver resolver(loop);
    error_code code;
    const auto endpoints = resolver.resolve(host, std::to_string(port), code);
    if (!code) {
      stream.emplace(loop);
      code = run([&](auto done) { stream->async_connect(endpoints, done); });
    }
    if (!code) return {};
    stream.reset();
    return fail(errors::connect_failed, {name(), code.message()});
  }

  Result<Answer> exchange(const beast::http::request<beast::http::string_body>& request) {
    const bool head = request.method() == beast::http::verb::head;
    error_code code = run([&](auto done) { beast::http::async_write(*stream, request, done); });
    beast::http::response_parser<beast::http::string_body> parser;
    parser.body_limit(answer_bytes);
    parser.skip(head);
    // A server that refuses early may answer before it took the whole request.
    const error_code read = run([&](auto done) { beast::http::async_read(*stream, buffer, parser, done); });
    if (!parser.is_done()) code = read;
    if (!parser.is_done() || !parser.keep_alive()) {
      stream.reset();
      buffer.clear();
    }
    if (!parser.is_done()) return fail(errors::answer_failed, {name(), code.message()});
    Answer out;
    out.status = static_cast<int>(parser.get().result_int());
    for (const auto& field : parser.get())
      add_field(out, {field.name_string().data(), field.name_string().size()},
                {field.value().data(), field.value().size()});
    out.body = std::move(parser.get().body());
    return out;
  }

  std::string host;
  std::uint16_t port;
  std::chrono::milliseconds timeout;
  asio::io_context loop{1};
  std::optional<beast::tcp_stream> stream{};
  beast::flat_buffer buffer{};
};

void add_field(Answer& answer, std::string_view name, std::string_view value) {
  const auto [field, fresh] = answer.headers.try_emplace(text::lower_ascii(name), value);
  if (!fresh) field->second += "\n" + std::string(value);
}

Client::Client(std::string host, std::uint16_t port, std::chrono::milliseconds timeout)
    : parts_(new Parts{.host = std::move(host), .port = port, .timeout = timeout}) {}
Client::~Client() = default;

Result<Answer> Client::send(std::string_view method, std::string_view target, std::string body,
                            const Headers& headers) {
  if (!parts_->stream) TRY(parts_->connect());
  beast::http::request<beast::http::string_body> request;
  request.method_string({method.data(), method.size()});
  request.target({target.data(), target.size()});
  const bool ipv6 = parts_->host.find(':') != std::string::npos;
  request.set("Host", ipv6 ? fmt::format("[{}]:{}", parts_->host, parts_->port) : parts_->name());
  for (const auto& [name, value] : headers) request.set(name, value);
  if (!body.empty() || method == "POST") {
    request.body() = std::move(body);
    request.prepare_payload();
  }
  return parts_->exchange(request);
}

}   // namespace gangmu::http
