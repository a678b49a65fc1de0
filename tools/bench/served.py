# SPDX-License-Identifier: Apache-2.0
"""The built program as a user meets it: how soon it is ready, what a request costs under wrk."""
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import time
import urllib.request
import uuid
from pathlib import Path

PROGRAM = "build/bench/gangmu"
CITY = "example-city"
TICK = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid):
    """User and system time of a process and all its threads so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def make_city(folder):
    """A data folder that holds the example city alone: 7 / 73 / 1,336 places, ten years, assessed."""
    data = Path(folder) / "data"
    subprocess.run([PROGRAM, "demo", "--no-serve", "--data", data], check=True, capture_output=True)
    shutil.rmtree(data / "jiangmen")
    return data


class Server:
    """gangmu serve on a free port; `ready` and `cpu_ready` are seconds from its start to the printed address."""

    def __init__(self, data, *flags):
        start = time.monotonic()
        self.process = subprocess.Popen([PROGRAM, "serve", "--data", data, "--port", "0", *flags],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        self.ready = time.monotonic() - start
        self.cpu_ready = cpu_seconds(self.process.pid)
        self.address = re.search(r"http://\S+?(?=/\s)", line).group()

    def get(self, path):
        with urllib.request.urlopen(f"{self.address}/api/v1{path}") as answer:
            return json.load(answer)

    def report_progress(self, task):
        """One acknowledged write: progress of a task, as its page sends it."""
        body = json.dumps({"text": "压测填报进展", "percent": 50}).encode()
        fields = {"Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex, "If-Match": f'"{task["seq"]}"'}
        request = urllib.request.Request(f"{self.address}/api/v1/{CITY}/tasks/{task['id']}/progress", body, fields)
        with urllib.request.urlopen(request) as answer:
            task["seq"] = json.load(answer)["task"]["seq"]

    def end(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait()


def start_clean(data, times=5):
    """Median seconds to readiness after an orderly stop: wall, CPU."""
    seen = []
    for _ in range(times):
        server = Server(data, "--quiet")
        seen.append((server.ready, server.cpu_ready))
        server.end()
    return [statistics.median(column) for column in zip(*seen)]


def start_after_kill(data, folder, times=3, writes=500):
    """The same after SIGKILL in the middle of work; each time on a copy of the folder as the kill left it."""
    killed = copy(data, Path(folder) / "killed")
    server = Server(killed, "--quiet")
    try:
        tasks = server.get(f"/{CITY}/tasks?view=open&limit=50")["items"]
        for n in range(writes):
            server.report_progress(tasks[n % len(tasks)])
    finally:
        server.end(signal.SIGKILL)
    seen = []
    for n in range(times):
        server = Server(copy(killed, Path(folder) / f"again-{n}"), "--quiet")
        seen.append((server.ready, server.cpu_ready))
        server.end()
    return [statistics.median(column) for column in zip(*seen)]


def copy(data, to):
    """Data folder and the key folder beside it."""
    shutil.copytree(data, to)
    shutil.copytree(f"{data}.keys", f"{to}.keys")
    return to


def places(server, *levels):
    """Addresses of the place pages of these levels."""
    found = []
    for level in levels:
        cursor = ""
        while cursor is not None:
            page = server.get(f"/{CITY}/places?level={level}&limit=500&cursor={cursor}")
            found += [f"/api/v1/{CITY}/places/{item['code']}" for item in page["items"]]
            cursor = page["next"]
    return found


class Load:
    """What wrk saw and what the server spent: requests, rate, p99 in seconds, CPU seconds a request, bytes an answer. Each
    address was asked once before."""

    def __init__(self, server, paths, folder, encoding="gzip", connections=64, seconds=10):
        once(server, paths, encoding)
        script = Path(folder) / "paths.lua"
        listed = ",\n".join(f'wrk.format("GET", "{path}", {{["Accept-Encoding"] = "{encoding}"}})' for path in paths)
        script.write_text("local all, n = nil, 0\n"
                          f"function init() all = {{{listed}}} end\n"
                          "function request() n = n % #all + 1 return all[n] end\n")
        before = cpu_seconds(server.process.pid)
        answer = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", script, server.address],
                                check=True, capture_output=True, text=True).stdout
        spent = cpu_seconds(server.process.pid) - before
        self.requests = int(re.search(r"(\d+) requests in", answer).group(1))
        self.rate = float(re.search(r"Requests/sec:\s+([\d.]+)", answer).group(1))
        self.p99 = seconds_of(re.search(r"99%\s+(\S+)", answer).group(1))
        self.cpu = spent / self.requests
        self.bytes = bytes_of(re.search(r"requests in \S+, (\S+) read", answer).group(1)) / self.requests
        if refused := re.search(r"Non-2xx or 3xx responses: (\d+)", answer):
            raise RuntimeError(f"{refused.group(1)} answers were refusals")


def once(server, paths, encoding="gzip"):
    """Each address once, one after the other: median wall, and CPU seconds a request."""
    waited = []
    before = cpu_seconds(server.process.pid)
    for path in paths:
        start = time.monotonic()
        urllib.request.urlopen(urllib.request.Request(server.address + path, headers={"Accept-Encoding": encoding})).read()
        waited.append(time.monotonic() - start)
    return statistics.median(waited), (cpu_seconds(server.process.pid) - before) / len(paths)


def seconds_of(text):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()
    return float(number) * {"us": 1e-6, "ms": 1e-3, "s": 1, "m": 60}[unit]


def bytes_of(text):
    number, unit = re.fullmatch(r"([\d.]+)(B|KB|MB|GB)", text).groups()
    return float(number) * {"B": 1, "KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30}[unit]
