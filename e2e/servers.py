#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""servers.py PROGRAM [KILLS]: two servers on one private PostgreSQL, clients that write to either, and the writer killed again and
again. Every act a client saw acknowledged must be there, once; each killed server comes back and follows."""
import glob
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

program = os.path.abspath(sys.argv[1])
kills = int(sys.argv[2]) if len(sys.argv) > 2 else 3
acts_between = 40
clients = 6
root = pathlib.Path(__file__).resolve().parent.parent
work = pathlib.Path(tempfile.mkdtemp(prefix="gangmu-e2e-", dir="/tmp"))


class Postgres:
    """A cluster of its own, without TCP; PostgreSQL refuses to run as root."""

    def __init__(self):
        self.bin = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
        self.home = tempfile.mkdtemp(prefix="gangmu-pg-", dir="/tmp")
        if os.geteuid() == 0:
            subprocess.run(["chown", "postgres", self.home], check=True)
        self.run("initdb", "-D", f"{self.home}/data", "-U", "gangmu", "-A", "trust", "-E", "UTF8", "--locale=C", "--data-checksums")
        self.run("pg_ctl", "-D", f"{self.home}/data", "-w", "-l", f"{self.home}/data/log", "-o", f"-k {self.home} -c listen_addresses=", "start")
        self.connection = f"host={self.home} user=gangmu dbname=postgres"

    def run(self, tool, *arguments):
        user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run([*user, f"{self.bin}/{tool}", *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/")

    def stop(self):
        self.run("pg_ctl", "-D", f"{self.home}/data", "-m", "immediate", "stop")
        subprocess.run(["rm", "-rf", self.home], check=True)


class Server:
    def __init__(self, name):
        self.data = work / name
        self.process = None
        self.port = None

    def start(self):
        self.process = subprocess.Popen([program, "serve", "--data", self.data, "--port", "0", "--quiet"], stdout=subprocess.PIPE, text=True)
        self.port = int(re.search(r":(\d+)/", self.process.stdout.readline()).group(1))

    def kill(self):
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

    def writes(self):
        return self.ask("GET", "/health")[1]["programmes"][0]["writes_here"]


def gangmu(*arguments):
    done = subprocess.run([program, *arguments], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        sys.exit(f"gangmu {' '.join(map(str, arguments))}: {done.stdout}")
    return done.stdout


class Client(threading.Thread):
    """Reports progress, each report with a text of its own; repeats it with its key until a server answers."""

    def __init__(self, servers, tasks, seed):
        super().__init__(daemon=True)
        self.servers, self.tasks, self.random = servers, tasks, random.Random(seed)
        self.acknowledged, self.stale, self.over = [], 0, False

    def run(self):
        while not self.over:
            self.report(self.random.choice(self.tasks))

    def report(self, task):
        key = secrets.token_hex(16)
        seq = None
        for _ in range(1000):
            server = self.random.choice(self.servers)
            try:
                if seq is None:
                    seq = server.ask("GET", f"/tutorial/tasks/{task}")[1]["task"]["seq"]
                headers = {"Idempotency-Key": key, "If-Match": f'"{seq}"', "Content-Type": "application/json"}
                status, answer = server.ask("POST", f"/tutorial/tasks/{task}/progress", json.dumps({"text": key}), headers)
            except (OSError, http.client.HTTPException, ValueError):
                time.sleep(0.02)
                continue
            if status == 200:
                self.acknowledged.append((key, time.monotonic()))
                self.look_back(server, task, answer["seq"])
                return
            if status == 412:   # somebody else was first: begin anew
                return
            if status not in (503, 500, 504):
                sys.exit(f"unexpected answer {status}: {answer}")
        sys.exit(f"a report on task {task} was never answered")


    def look_back(self, server, task, seq):
        """Whoever was answered sees it at the same server."""
        try:
            self.stale += server.ask("GET", f"/tutorial/tasks/{task}")[1]["task"]["seq"] < seq
        except (OSError, http.client.HTTPException, ValueError):
            pass   # killed meanwhile


def wait_until(true_at_last, what, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if true_at_last():
                return
        except (OSError, http.client.HTTPException, ValueError):
            pass
        time.sleep(0.02)
    sys.exit(f"in vain: {what}")


def main():
    postgres = Postgres()
    try:
        play(postgres)
    finally:
        postgres.stop()
        subprocess.run(["rm", "-rf", work], check=True)


def play(postgres):
    one, two = Server("one"), Server("two")
    gangmu("init", "--data", one.data, "--postgres", postgres.connection, "programmes/tutorial")
    gangmu("load", "--data", one.data, "--yes", "programmes/tutorial")
    gangmu("join", "--data", two.data, "--postgres", postgres.connection, "--keys", f"{one.data}.keys/tutorial", "tutorial")
    one.start()
    two.start()
    wait_until(lambda: one.writes() != two.writes(), "one of two writes")
    tasks = [task["id"] for task in one.ask("GET", "/tutorial/tasks?view=open")[1]["items"]]
    crowd = [Client([one, two], tasks, seed) for seed in range(clients)]
    for client in crowd:
        client.start()

    def acknowledged():
        return sum(len(client.acknowledged) for client in crowd)

    gaps = []
    for _ in range(kills):
        goal = acknowledged() + acts_between
        wait_until(lambda: acknowledged() >= goal, f"{acts_between} more acts")
        writer, other = (one, two) if one.writes() else (two, one)
        died = time.monotonic()
        writer.kill()
        wait_until(other.writes, "the other takes over")
        wait_until(lambda: any(at > died + 0.001 for client in crowd for _, at in client.acknowledged[-1:]), "an act after the kill")
        answers = sorted(at for client in crowd for _, at in client.acknowledged if at > died - 1)
        gaps.append(max(b - a for a, b in zip(answers, answers[1:])))
        writer.start()
        wait_until(lambda: not writer.writes(), "the killed server follows")
    for client in crowd:
        client.over = True
    for client in crowd:
        client.join(30)

    texts = [event["text"] for task in tasks for event in two.ask("GET", f"/tutorial/tasks/{task}")[1]["events"] if event.get("text")]
    keys = [key for client in crowd for key, _ in client.acknowledged]
    lost = [key for key in keys if key not in texts]
    doubled = [text for text in set(texts) if texts.count(text) > 1]
    for server in (one, two):
        server.process.terminate()
        server.process.wait()
    stale = sum(client.stale for client in crowd)
    checked = gangmu("doctor", "--data", one.data)
    print(f"{len(keys)} acts acknowledged, {kills} writers killed, {len(lost)} lost, {len(doubled)} doubled, "
          f"{stale} answered but not yet shown; longest pause around each kill: {' '.join(f'{gap:.2f}' for gap in gaps)} s")
    print(checked.strip())
    if lost or doubled or stale or "well" not in checked:
        sys.exit(1)


main()
