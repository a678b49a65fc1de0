// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.hpp"

#define GANGMU_HTTP_ERRORS(X) \
  X(request_malformed, 400, "请求不符合 HTTP/1.1：{0}", "the request is no HTTP/1.1: {0}") \
  X(request_truncated, 400, "请求没有发完：声明的正文长度与收到的不符", \
    "the request ended early: less body came than was declared") \
  X(request_timeout, 408, "{0} 秒内没有收完请求，请重新发送", \
    "the request did not arrive within {0} s; send it again") \
  X(target_malformed, 400, "请求地址“{0}”有误，应以 / 开头，不含 . 和 .. 段", \
    "the address '{0}' is malformed; start with / and leave out . and .. segments") \
  X(target_too_long, 414, "请求地址有 {0} 字节，上限 {1}", "the address has {0} bytes, the limit is {1}") \
  X(percent_malformed, 400, "地址中的“{0}”不是合法的百分号编码（UTF-8，不含控制字符）", \
    "'{0}' in the address is no percent-encoded UTF-8 without control characters") \
  X(path_unknown, 404, "没有这个地址：{0}。全部地址见 /api/v1/openapi.json", \
    "there is no {0}; /api/v1/openapi.json lists what is") \
  X(method_not_allowed, 405, "{1} 不接受 {0}，可用：{2}", "{1} does not take {0}; it takes {2}") \
  X(method_unknown, 501, "不认识的请求方法 {0}", "unknown method {0}") \
  X(header_too_large, 431, "请求头超过上限 {0} 字节", "the header is over the limit of {0} bytes") \
  X(header_too_many, 431, "请求头有 {0} 行，上限 {1}", "the header has {0} fields, the limit is {1}") \
  X(transfer_coding, 400, "传送编码“{0}”无法识别，只接受 chunked（HTTP/1.1）", \
    "the transfer coding '{0}' is not known here; only chunked is, in HTTP/1.1") \
  X(body_too_large, 413, "请求正文超过上限 {0} 字节", "the body is over the limit of {0} bytes") \
  X(body_type, 415, "正文类型应为 {0}，收到的是“{1}”", "the body must be {0}, not '{1}'") \
  X(body_encoding, 415, "正文不能压缩传送（Content-Encoding: {0}）", \
    "the body must not be encoded (Content-Encoding: {0})") \
  X(parameter_unknown, 400, "没有参数“{0}”，可用的参数：{1}", "there is no parameter '{0}'; there are: {1}") \
  X(parameter_unknown_near, 400, "没有参数“{0}”，是否想写“{1}”？", "there is no parameter '{0}'; did you mean '{1}'?") \
  X(parameter_twice, 400, "参数“{0}”写了两次，请只写一次", "the parameter '{0}' stands twice; write it once") \
  X(parameter_missing, 400, "缺少参数“{0}”", "the parameter '{0}' is missing") \
  X(parameter_integer, 400, "参数 {0} 应为 {2} 到 {3} 的整数，收到“{1}”", \
    "the parameter {0} must be an integer from {2} to {3}, not '{1}'") \
  X(parameter_choice, 400, "参数 {0} 不能是“{1}”，可选：{2}", "the parameter {0} can't be '{1}'; choose from: {2}") \
  X(parameter_period, 400, "参数 {0} 应为时期（2023、2023H1、2023Q1、202301、202301-02 等），收到“{1}”", \
    "the parameter {0} must be a period (2023, 2023H1, 2023Q1, 202301, 202301-02 …), not '{1}'") \
  X(parameter_date, 400, "参数 {0} 应为日期，如 2023-06-30，收到“{1}”", \
    "the parameter {0} must be a date such as 2023-06-30, not '{1}'") \
  X(parameter_code, 400, "参数 {0} 应为十二位数字的地区代码，收到“{1}”", \
    "the parameter {0} must be a place code of 12 digits, not '{1}'") \
  X(parameter_too_long, 400, "参数 {0} 最多 {1} 字节", "the parameter {0} may have {1} bytes at most") \
  X(parameter_control, 400, "参数 {0} 中有不可见的控制字符 {1}，请删去", \
    "the parameter {0} holds the invisible control character {1}; delete it") \
  X(host_missing, 400, "请求必须恰有一个 Host 头", "a request has exactly one Host header") \
  X(host_refused, 421, "本服务只认本机和 --name 所列的名称，不认“{0}”", \
    "this server answers to this machine's names and those of --name, not to '{0}'") \
  X(cross_site, 403, "来自其他网站（{0}）的写入被拒绝，请在本系统页面中操作", \
    "a write from another site ({0}) was refused; use this system's own pages") \
  X(network_refused, 403, "管理功能只对指定网段开放，{0} 不在其中", \
    "administration is open to named networks only; {0} is not in them") \
  X(network_malformed, 422, "“{0}”不是地址或网段，可写 10.1.0.0/16、192.168.1.7 或 fd00::/8", \
    "'{0}' is no address or network; write 10.1.0.0/16, 192.168.1.7 or fd00::/8") \
  X(request_key_missing, 400, "写入须带请求号：Idempotency-Key 头，32 位十六进制或 UUID", \
    "a write carries a request key: the header Idempotency-Key, 32 hex digits or a UUID") \
  X(request_key_malformed, 400, "请求号“{0}”应为 32 位十六进制或 UUID", \
    "the request key '{0}' must be 32 hex digits or a UUID") \
  X(if_match_missing, 428, "修改须带 If-Match 头，写明所依据的版本号（seq）", \
    "an edit carries the header If-Match with the seq it started from") \
  X(if_match_malformed, 400, "If-Match 应形如 \"123\"，收到“{0}”", "If-Match looks like \"123\", not '{0}'") \
  X(too_busy, 503, "正在处理的请求已达上限 {0}，请稍后重试", \
    "{0} requests are under way, which is the limit; try again shortly") \
  X(too_many_connections, 503, "连接数已达上限 {0}，请稍后重试", \
    "{0} connections are open, which is the limit; try again shortly") \
  X(too_many_streams, 503, "变更订阅数已达上限 {0}，请稍后重试", \
    "{0} change streams are open, which is the limit; try again shortly") \
  X(share_used, 429, "您的账户（或所在地址）的{1}已达上限 {3}，请 {0} 秒后重试", \
    "your account, or your address, has {2} up to its limit of {3}; try again in {0} s") \
  X(seq_ahead, 400, "要等的第 {0} 号比最新的第 {1} 号超前过多（最多 {2}）", \
    "entry {0} is too far ahead of {1}, the newest; {2} is the most one may wait for") \
  X(too_much_unread, 503, "等待读取的答复合计已达上限 {0} 字节，请稍后重试", \
    "{0} bytes of answers wait to be read, which is the limit; try again shortly") \
  X(too_many_bytes, 503, "正在上传的内容合计已达上限 {0} 字节，请稍后重试", \
    "{0} bytes are being uploaded, which is the limit; try again shortly") \
  X(internal, 500, "系统内部出错，请把请求编号 {0} 告诉管理员", \
    "something failed inside; tell your administrator the request id {0}") \
  X(certificate_unusable, 422, "证书 {0} 与私钥 {1} 无法使用：{2}", \
    "the certificate {0} with the key {1} can't be used: {2}") \
  X(address_malformed, 422, "监听地址“{0}”有误，可写 localhost、127.0.0.1 或 ::1", \
    "'{0}' is no address to listen on; write localhost, 127.0.0.1 or ::1") \
  X(address_not_loopback, 422, \
    "只能在本机（127.0.0.1、::1）提供服务，不能监听 {0}：每个方案先要有账户（gangmu account create），并有 " \
    "TLS（--certificate，或 --behind-tls）", \
    "the server listens on this machine only (127.0.0.1, ::1), not on {0}: every programme needs accounts first " \
    "(gangmu account create), and TLS (--certificate, or --behind-tls)") \
  X(address_unusable, 409, "无法监听 {0} 端口 {1}：{2}", "can't listen on {0} port {1}: {2}") \
  X(not_shown, 503, "已写入（第 {0} 号），但本服务器还读不到，请稍后重试；带请求号的，用同一请求号", \
    "it is written, as seq {0}, but this server can't show it yet; repeat shortly, with the same request key where " \
    "there was one") \
  X(no_writer, 503, "目前没有服务器接受写入，请稍后重试；带请求号的，用同一请求号", \
    "no server takes writes at the moment; repeat shortly, with the same request key where there was one") \
  X(writer_unreachable, 503, "写入由 {0} 负责，但无法与它通信：{1}。请稍后重试；带请求号的，用同一请求号", \
    "{0} writes, but can't be spoken to: {1}; repeat shortly, with the same request key where there was one") \
  X(connect_failed, 502, "无法连接 {0}：{1}", "can't reach {0}: {1}") \
  X(answer_failed, 502, "{0} 的回答无法读取：{1}", "the answer of {0} can't be read: {1}")

namespace gangmu::http {
GANGMU_DEFINE_ERRORS(http, GANGMU_HTTP_ERRORS)
}   // namespace gangmu::http
