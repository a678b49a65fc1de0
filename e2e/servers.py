#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""servers.py PROGRAM [KILLS] [WHAT]: clients that write while something is killed (SIGKILL) again and again. Every act a client saw
acknowledged must be there, once, and what was answered must be shown by whoever answered.

  writer     two servers on one private PostgreSQL, the one that writes is killed; the other takes over, the killed one comes back and follows
  stopped    the same servers, the one that writes is stopped (SIGSTOP) with its lock; the other ends its connection and takes over
  database   the same servers, PostgreSQL is killed and started again
  sqlite     one server on a folder, killed and started again
"""
import http.client
import json
import os
import pathlib
import random
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time

from private_postgres import Postgres

program = os.path.abspath(sys.argv[1])
kills = int(sys.argv[2]) if len(sys.argv) > 2 else 3
what = sys.argv[3] if len(sys.argv) > 3 else "writer"
acts_between = 50
clients = 8
root = pathlib.Path(__file__).resolve().parent.parent
work = pathlib.Path(tempfile.mkdtemp(prefix="gangmu-e2e-", dir="/tmp"))


class Server:
    all = []

    def __init__(self, name):
        Server.all.append(self)
        self.data = work / name
        self.process = None
        self.port = None

    def start(self):
        self.process = subprocess.Popen([program, "serve", "--data", self.data, "--port", "0", "--quiet"], stdout=subprocess.PIPE, text=True)
        self.port = int(re.search(r":(\d+)/", self.process.stdout.readline()).group(1))

    def kill(self):
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def ask(self, method, path, body=None, headers=None, timeout=20):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, "/api/v1" + path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    def events(self, task, query=""):
        """All its history, page by page."""
        out, page = [], {"next": ""}
        while page["next"] is not None:
            page = self.task(task, f"?limit=500&cursor={page['next']}{query}")
            out += page["events"]
        return out

    def task(self, task, query=""):
        status, answer = self.ask("GET", f"/tutorial/tasks/{task}{query}")
        if status != 200:
            raise ValueError(answer)
        return answer

    def state(self):
        """For the report of a failure."""
        try:
            return f"{self.data.name}: ended {self.process.poll()}, {self.ask('GET', '/health')[1]}"
        except (OSError, http.client.HTTPException, ValueError) as error:
            return f"{self.data.name}: ended {self.process.poll()}, {error!r}"

    def writes(self):
        return self.ask("GET", "/health")[1]["programmes"][0]["writes_here"]


def gangmu(*arguments):
    done = subprocess.run([program, *arguments], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        sys.exit(f"gangmu {' '.join(map(str, arguments))}: {done.stdout}")
    return done.stdout


def text_of(key):
    """In letters: digits in a row might be a telephone number, which the program hides."""
    return key.translate(str.maketrans("0123456789", "ghijklmnop"))


class Client(threading.Thread):
    """Reports progress, each report with a text of its own; repeats it with its key until a server answers."""

    def __init__(self, servers, tasks, seed):
        super().__init__(daemon=True)
        self.servers, self.tasks, self.random = servers, tasks, random.Random(seed)
        self.acknowledged, self.stale, self.over = [], 0, False
        self.fault = None   # an answer that should not be

    def run(self):
        while not self.over and not self.fault:
            self.report(self.random.choice(self.tasks))

    def report(self, task):
        key = secrets.token_hex(16)
        seq = None
        for _ in range(1000):
            server = self.random.choice(self.servers)
            try:
                if seq is None:
                    seq = server.task(task)["task"]["seq"]
                headers = {"Idempotency-Key": key, "If-Match": f'"{seq}"', "Content-Type": "application/json"}
                status, answer = server.ask("POST", f"/tutorial/tasks/{task}/progress", json.dumps({"text": text_of(key)}), headers)
            except (OSError, http.client.HTTPException, ValueError):
                time.sleep(0.02)
                continue
            if status == 200:
                self.acknowledged.append((text_of(key), time.monotonic(), answer["seq"]))
                self.look_back(server, task, answer["seq"])
                return
            if status == 412:   # somebody else was first: begin anew
                return
            if status not in (503, 500, 504):
                self.fault = f"unexpected answer {status}: {answer}"
                return
        self.fault = f"a report on task {task} was never answered"


    def look_back(self, server, task, seq):
        """Whoever was answered sees it at the same server."""
        try:
            self.stale += server.task(task)["task"]["seq"] < seq
        except (OSError, http.client.HTTPException, ValueError):
            pass   # killed meanwhile


def wait_until(true_at_last, what, seconds=300):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if true_at_last():
                return
        except (OSError, http.client.HTTPException, ValueError):
            pass
        time.sleep(0.02)
    sys.exit(f"in vain: {what}; {'; '.join(server.state() for server in Server.all)}")


def one_writes(servers):
    return sorted(server.writes() for server in servers) == [False, True]


def kill_writer(servers, _):
    writer, other = servers if servers[0].writes() else reversed(servers)
    writer.kill()
    wait_until(other.writes, "the other takes over")
    writer.start()
    wait_until(lambda: one_writes(servers), "one writes and the other follows")


def stop_writer(servers, _):
    """A process that is merely stopped holds its lock: the other ends its connection after half a minute."""
    writer, other = servers if servers[0].writes() else reversed(servers)
    writer.process.send_signal(signal.SIGSTOP)
    wait_until(other.writes, "the other takes over")
    writer.process.send_signal(signal.SIGCONT)
    wait_until(lambda: one_writes(servers), "one writes and the other follows")


def kill_database(servers, postgres):
    postgres.kill()
    postgres.start()
    wait_until(lambda: one_writes(servers), "one of two writes")


def kill_only(servers, _):
    servers[0].kill()
    servers[0].start()


def make_servers(postgres):
    one, two = Server("one"), Server("two")
    where = ["--postgres", postgres.connection] if postgres else []
    gangmu("init", "--data", one.data, *where, "programmes/tutorial")
    gangmu("load", "--data", one.data, "--yes", "programmes/tutorial")
    if not postgres:
        return [one]
    gangmu("join", "--data", two.data, "--postgres", postgres.connection, "--keys", f"{one.data}.keys/tutorial", "tutorial")
    return [one, two]


def main():
    postgres = None if what == "sqlite" else Postgres()
    servers = make_servers(postgres)
    try:
        play(servers, postgres)
    finally:
        for server in servers:
            server.kill()
        if postgres:
            postgres.remove()
        subprocess.run(["rm", "-rf", work], check=True)


def play(servers, postgres):
    for server in servers:
        server.start()
    wait_until(lambda: sum(server.writes() for server in servers) == 1, "one of them writes")
    one = servers[0]
    tasks = [task["id"] for task in one.ask("GET", "/tutorial/tasks?view=open")[1]["items"]]
    crowd = [Client(servers, tasks, seed) for seed in range(clients)]
    for client in crowd:
        client.start()

    def acknowledged():
        for client in crowd:
            if client.fault:
                sys.exit(client.fault)
        return sum(len(client.acknowledged) for client in crowd)

    pauses = []
    for _ in range(kills):
        goal = acknowledged() + acts_between
        wait_until(lambda: acknowledged() >= goal, f"{acts_between} more acts")
        began = time.monotonic()
        {"writer": kill_writer, "stopped": stop_writer, "database": kill_database, "sqlite": kill_only}[what](servers, postgres)
        goal = acknowledged() + 1
        wait_until(lambda: acknowledged() >= goal, "an act after the kill")
        answers = sorted(at for client in crowd for _, at, _ in client.acknowledged if at > began - 1)
        pauses.append(max(b - a for a, b in zip(answers, answers[1:])))
    for client in crowd:
        client.over = True
    for client in crowd:
        client.join(30)

    keys = [key for client in crowd for key, _, _ in client.acknowledged]
    last = max(seq for client in crowd for _, _, seq in client.acknowledged)
    texts = [event["text"] for task in tasks for event in one.events(task, f"&min_seq={last}") if event.get("text")]
    lost = [key for key in keys if key not in texts]
    doubled = [text for text in set(texts) if texts.count(text) > 1]
    for server in servers:
        server.process.terminate()
        server.process.wait()
    stale = sum(client.stale for client in crowd)
    checked = gangmu("doctor", "--data", one.data)
    print(f"{len(keys)} acts acknowledged, {kills} times {what}: {len(lost)} lost, {len(doubled)} doubled, {stale} answered but not yet shown; "
          f"pause around it: median {sorted(pauses)[len(pauses) // 2]:.2f} s, longest {max(pauses):.2f} s")
    print(checked.strip())
    if lost or doubled or stale or ("well" not in checked and "完好" not in checked):
        sys.exit(1)


main()
