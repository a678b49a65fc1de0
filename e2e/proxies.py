#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""proxies.py PROGRAM: real proxies in front of the served program, HAProxy and nginx, each as its manual sets it up, and one behind the
other. Whoever asks is known by the address the nearest trusted proxy saw, however many lines of X-Forwarded-For it took and whatever the
client wrote there itself; behind a proxy nobody passes for one at the machine; a body no two parties agree on never reaches the program."""
import http.client
import json
import pathlib
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

from house import House, password

city = "990900000000"
forged = "198.51.100.7"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def haproxy(folder, port, to):
    """forwardfor adds a line of its own below those of the client."""
    (folder / "haproxy.cfg").write_text(f"""
defaults
  mode http
  timeout connect 5s
  timeout client 20s
  timeout server 20s
  option forwardfor
frontend in
  bind 127.0.0.1:{port}
  default_backend gangmu
backend gangmu
  server one 127.0.0.1:{to}
""")
    return ["haproxy", "-db", "-f", str(folder / "haproxy.cfg")]


def nginx(folder, port, to):
    """$proxy_add_x_forwarded_for lengthens the client's line."""
    (folder / "nginx").mkdir(exist_ok=True)
    temporary = "\n".join(f"  {kind}_temp_path {folder}/nginx;" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (folder / "nginx.conf").write_text(f"""
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{}}
http {{
  access_log off;
{temporary}
  server {{
    listen 127.0.0.1:{port};
    client_max_body_size 40m;
    location / {{
      proxy_pass http://127.0.0.1:{to};
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    }}
  }}
}}
""")
    return ["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)]


def started(words, port):
    process = subprocess.Popen([shutil.which(words[0], path="/usr/sbin:/usr/bin:/bin:/usr/local/sbin:/usr/local/bin"), *words[1:]],
                               stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)
    for _ in range(200):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return process
        time.sleep(0.05)
    raise RuntimeError(f"{words[0]} does not listen: {process.poll()}")


def ask(port, path, source, *forwarded, method="GET", body=None, headers=()):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20, source_address=(source, 0))
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", "gangmu.example.test")
    for line in forwarded:
        connection.putheader("X-Forwarded-For", line)
    for name, value in headers:
        connection.putheader(name, value)
    connection.endheaders(body)
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    return answer.status, data


def raw(port, text):
    with socket.create_connection(("127.0.0.1", port), timeout=20) as one:
        one.sendall(text.encode())
        out = b""
        while chunk := one.recv(65536):
            out += chunk
        return out.decode(errors="replace")


def peers_seen(house, mark):
    """Of refusals, whose line in the log names the client."""
    lines = [json.loads(line) for line in house.log.read_text().splitlines() if line.startswith("{")]
    return [line["peer"] for line in lines if line.get("code") == mark and line.get("peer")]


def each(house, name, port):
    before = len(peers_seen(house, "app.not_signed_in"))
    path = "/api/v1/tutorial/tasks"   # a stranger is refused; the log says who it was
    tries = [((), "127.0.0.9"), ((forged,), "127.0.0.9"), ((forged, "127.0.0.1"), "127.0.0.9"), ((f"{forged}, 127.0.0.1",), "127.0.0.9"),
             (("not an address", ""), "127.0.0.9"), (("127.0.0.1, " * 40 + "127.0.0.1",), "127.0.0.9")]
    for forwarded, _ in tries:
        status, data = ask(port, path, "127.0.0.9", *forwarded)
        assert status == 401, (name, forwarded, status, data)
    for _ in range(100):
        seen = peers_seen(house, "app.not_signed_in")[before:]
        if len(seen) >= len(tries):
            break
        time.sleep(0.05)
    assert seen == [who for _, who in tries], (name, seen)
    status, data = ask(port, "/metrics", "127.0.0.1")
    assert status == 403 and json.loads(data)["code"] == "http.network_refused", (name, status, data)
    body = json.dumps({"login": "leader", "password": password}).encode()
    status, data = ask(port, "/api/v1/tutorial/session", "127.0.0.9", method="POST", body=body,
                       headers=(("Content-Type", "application/json"), ("Content-Length", str(len(body))), ("Origin", "https://gangmu.example.test"), ("Idempotency-Key", secrets.token_hex(16))))
    assert status == 200, (name, status, data)
    print(f"  {name}: {len(tries)} ways to forge an address, none taken; the proxy is not the machine; a person signs in")


def codings(house):
    """What a proxy lets through as it came must not be read two ways."""
    head = f"POST /api/v1/tutorial/session HTTP/1.1\r\nHost: localhost:{house.port}\r\nContent-Type: application/json\r\nConnection: keep-alive\r\n"
    smuggled = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"
    for coding in ("gzip", "gzip, chunked", "chunked, identity", "identity", "xchunked", "chunked\r\nTransfer-Encoding: gzip", '"chunked"', ""):
        for length in ("", "Content-Length: 5\r\n"):
            answer = raw(house.port, f"{head}{length}Transfer-Encoding: {coding}\r\n\r\n0\r\n\r\n{smuggled}")
            assert answer.startswith("HTTP/1.1 400 ") and answer.count("HTTP/1.1 ") == 1 and "Connection: close" in answer, (coding, length, answer)
    print("  16 codings nobody agrees on: 400, and the connection ends")


def main():
    with tempfile.TemporaryDirectory(prefix="gangmu-proxies-", dir="/tmp") as name:
        folder, proxies = pathlib.Path(name), []
        house = House(sys.argv[1], folder, None, {"leader": city})
        try:
            house.serve("--behind-tls", "--trusted-proxy", "127.0.0.1", "--name", "gangmu.example.test")
            house.write("/session/first", {"login": "leader", "code": house.codes["leader"], "password": password}, headers={"Origin": f"https://127.0.0.1:{house.port}", "X-Forwarded-For": "127.0.0.9"})
            for kind, make in (("HAProxy", haproxy), ("nginx", nginx)):
                port = free_port()
                proxies.append(started(make(folder, port, house.port), port))
                each(house, kind, port)
                inner = port
            outer = free_port()
            (folder / "outer").mkdir()
            proxies.append(started(haproxy(folder / "outer", outer, inner), outer))
            each(house, "HAProxy before nginx", outer)
            codings(house)
            assert house.end(signal.SIGTERM) == 0
        finally:
            for process in [*proxies, house.process]:
                process.kill()
                process.wait()
    print("proxies: who asks is known through each of them")


main()
