#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""crowds.py PROGRAM [--short] [--only NAME]: nobody is refused because another misbehaves. Crowds of eleven kinds, one after the other,
against the served program, each beside four people who read and report as usual: those must not be refused once, and 99 of 100 of
their requests must be answered within the limit. Everything is on this machine's own addresses (127.0.0.0/8): people come from
127.0.0.1, the crowd from 127.0.0.2 in one round and from the people's own address in another. Each crowd is bounded and leaves by
itself. Prints a row a crowd. Where the machine is so busy that people wait long without any crowd, a crowd may double that."""
import argparse
import contextlib
import http.client
import json
import pathlib
import resource
import secrets
import signal
import socket
import statistics
import sys
import tempfile
import threading
import time

from house import House

limit_ms = 100
descriptors = 1024


class Person(threading.Thread):
    """Reads a page, the ledger and a task, and reports on one, each request a connection of its own or a kept one in turn."""

    def __init__(self, house, n, until):
        super().__init__(daemon=True)
        self.who = {"Cookie": house.cookies["city_office"]} if house.cookies else {}
        self.house, self.n, self.until = house, n, until
        self.took, self.refused, self.writes = [], [], 0

    def ask(self, connection, method, path, body=None, headers=None):
        began = time.monotonic()
        try:
            connection.request(method, path, body, {**self.who, **(headers or {})})
            answer = connection.getresponse()
            data = answer.read()
            if answer.status >= 429 and answer.status != 507:
                self.refused.append(f"{answer.status} {json.loads(data)['code']}")
        except (OSError, http.client.HTTPException) as error:
            self.refused.append(type(error).__name__)
            connection.close()
            return None
        finally:
            self.took.append((time.monotonic() - began) * 1000)
        return answer.status, data

    def run(self):
        kept = http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=20)
        turn = 0
        while time.monotonic() < self.until:
            turn += 1
            fresh = http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=20)
            connection = kept if turn % 2 else fresh
            task = f"/api/v1/tutorial/tasks/{self.n}"
            self.ask(connection, "GET", "/api/v1/tutorial/home")
            self.ask(connection, "GET", f"/api/v1/tutorial/tasks?limit=20&q={secrets.token_hex(2)}")
            seen = self.ask(connection, "GET", task)
            if seen and seen[0] == 200:
                told = self.ask(connection, "POST", f"{task}/progress", json.dumps({"text": f"report {turn}"}), {
                    "Origin": f"http://127.0.0.1:{self.house.port}", "Idempotency-Key": secrets.token_hex(16),
                    "Content-Type": "application/json", "If-Match": f'"{json.loads(seen[1])["task"]["seq"]}"'})
                self.writes += bool(told and told[0] == 200)
            fresh.close()
            time.sleep(0.02)


class Crowd:
    """`n` connections from `address` that send `bytes` and then do what `after` says."""

    def __init__(self, house, address, n, sent=lambda i: b"", paced=False):
        self.house, self.address, self.n, self.sent, self.paced = house, address, n, sent, paced
        self.sockets, self.over = [], threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)

    def connect(self, i):
        one = socket.socket()
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)   # an answer nobody reads soon has no place to go
        one.settimeout(2)
        try:
            one.bind((self.address, 0))
            one.connect(("127.0.0.1", self.house.port))
            data = self.sent(i)
            one.setblocking(False)
            while data:
                n = one.send(data[:65536])
                data = data[n:]
        except BlockingIOError:
            pass
        except OSError:
            one.close()
            return
        self.sockets.append(one)

    def run(self):
        for i in range(self.n):
            if self.over.is_set():
                return
            self.connect(i)
            if self.paced:
                time.sleep(0.005)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()
        for one in self.sockets:
            one.close()


def head(house, method, path, *more):
    lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{house.port}", *more, "", ""]
    return "\r\n".join(lines).encode()


def upload(house, length):
    return head(house, "POST", "/api/v1/tutorial/imports?name=a.csv", f"Origin: http://127.0.0.1:{house.port}", f"Idempotency-Key: {secrets.token_hex(16)}",
                "Content-Type: application/octet-stream", f"Content-Length: {length}")


def crowds(house, assessment):
    """(name, how many, what each sends)"""
    seq = house.read("/health")["programmes"][0]["seq"]
    report = head(house, "POST", "/api/v1/tutorial/tasks/1/progress", f"Origin: http://127.0.0.1:{house.port}", f"Idempotency-Key: {'0' * 32}", 'If-Match: "1"',
                  "Content-Type: application/json", "Content-Length: 40000")
    api = "/api/v1/tutorial"
    yield "idle connections", 1100, lambda i: b""
    yield "half heads", 1100, lambda i: b"GET / HTTP/1.1\r\nHost: loc"
    yield "bodies that don't come", 256, lambda i: report
    yield "large bodies that don't come", 256, lambda i: upload(house, 30 << 20)
    yield "stalled uploads", 24, lambda i: upload(house, 30 << 20) + bytes(12 << 20)
    yield "readers that don't read", 300, lambda i: head(house, "GET", "/api/v1/openapi.json") * 20
    yield "exports nobody reads", 256, lambda i: head(house, "GET", f"{api}/tasks.xlsx?lead={i}") + head(house, "GET", f"{api}/tasks.xlsx") * 4
    yield "waits for an entry", 256, lambda i: head(house, "GET", f"{api}/home?min_seq={seq + 9000 + i}") * 4
    yield "waits for an entry far ahead", 256, lambda i: head(house, "GET", f"{api}/home?min_seq={2**62}") * 4
    yield "change streams", 400, lambda i: head(house, "GET", f"{api}/changes")
    if assessment:
        yield "dear reads", 64, lambda i: head(house, "GET", f"{api}/assessments/{assessment}/" + (f"robustness?runs=10000&seed={i + 1}" if i % 2 else f"sensitivity?base=1024&seed={i + 1}"))


def state_of(house):
    try:
        status, _, data = house.ask("GET", "/api/v1/health", timeout=10)
        return json.loads(data)["status"] if status == 200 else str(status)
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__


def row(house, name, n, sent, address, seconds):
    until = time.monotonic() + seconds
    people = [Person(house, k + 1, until) for k in range(4)]
    with Crowd(house, address, n, sent):
        for one in people:
            one.start()
        for one in people:
            one.join(seconds + 60)
    took = sorted(ms for one in people for ms in one.took)
    refused = [why for one in people for why in one.refused]
    p99 = took[int(len(took) * 0.99) - 1] if len(took) > 1 else float("inf")
    writes = sum(one.writes for one in people)
    health = state_of(house)
    first = max(set(refused), key=refused.count) if refused else "none"
    print(f"  {name}, {n} from {address}: {len(took)} requests of others, {len(refused)} refused ({first}), median {statistics.median(took):.0f} ms, p99 {p99:.0f} ms, "
          f"{writes} reports written, then {health}", flush=True)
    return not refused and p99 <= max(limit_ms, 2 * house.calm) and writes > 0 and health == "ok"


def calm(house, seconds):
    """What people wait without a crowd, 99 of 100."""
    until = time.monotonic() + seconds
    people = [Person(house, k + 1, until) for k in range(4)]
    for one in people:
        one.start()
    for one in people:
        one.join(seconds + 60)
    took = sorted(ms for one in people for ms in one.took)
    print(f"  without a crowd: {len(took)} requests, p99 {took[int(len(took) * 0.99) - 1]:.0f} ms", flush=True)
    return took[int(len(took) * 0.99) - 1]


@contextlib.contextmanager
def silent_provider():
    """Listens, and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listener:
        yield listener.getsockname()[1]


@contextlib.contextmanager
def served(program, *words, roles=None):
    """With so few descriptors that the crowd could take them all."""
    with tempfile.TemporaryDirectory(prefix="gangmu-crowds-", dir="/tmp") as folder:
        house = House(program, pathlib.Path(folder), None, roles)
        own = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, own[1]))
        try:
            house.serve("--quiet", *words, before=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors)))
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (own[1], own[1]))
        try:
            yield house
            assert house.end(signal.SIGTERM) == 0, "it did not end well"
        finally:
            house.process.kill()
            house.process.wait()


def main():
    options = argparse.ArgumentParser()
    options.add_argument("program")
    options.add_argument("--short", action="store_true")
    options.add_argument("--only")
    options.add_argument("--tell", action="store_true", help="only tell, without a verdict")
    options = options.parse_args()
    failed = []
    with served(options.program) as house:
        scheme = house.read("/tutorial/schemes")["items"]
        assessment = None
        if scheme and scheme[0]["periods"]:
            assessment = house.write("/assessments", {"scheme": scheme[0]["id"], "period": scheme[0]["periods"][-1]})["id"]
        house.calm = quiet = calm(house, 2 if options.short else 8)
        for name, n, sent in crowds(house, assessment):
            if options.only and options.only not in name:
                continue
            for address in ("127.0.0.2",) if options.short else ("127.0.0.2", "127.0.0.1"):
                if not row(house, name, n, sent, address, 2 if options.short else 8):
                    failed.append(f"{name} from {address}")
    name = "sign-ins through a silent provider"
    if not options.only or options.only in name:
        with silent_provider() as port, served(options.program, "--provider", f"http://127.0.0.1:{port}", "--provider-client", "gangmu", "--origin",
                                               "http://localhost", roles={"city_office": "990900000000"}) as house:
            house.sign_all_in()
            house.calm = quiet
            wish = lambda i: head(house, "POST", "/api/v1/tutorial/session/provider", f"Origin: http://127.0.0.1:{house.port}", f"Idempotency-Key: {secrets.token_hex(16)}",
                                  "Content-Type: application/json", "Content-Length: 2") + b"{}"
            if not row(house, name, 64, wish, "127.0.0.2", 2 if options.short else 8):
                failed.append(name)
    assert options.tell or not failed, failed
    print("crowds: nobody else was refused" if not failed else f"crowds: others suffered from {', '.join(failed)}")


if __name__ == "__main__":
    main()
