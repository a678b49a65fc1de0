#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""faults.py PROGRAM [disk] [sync] [memory] [--rounds N]: the served program on a disk that is really full, over a sync that really fails,
and with memory that really runs out, while clients write and read.

  disk     a small volume filled to the last byte: writes are refused with their reason, reads and exports go on; with room again
           writing resumes. On ext4 when the machine lets us mount one, else on tmpfs.
  sync     fsync gives EIO once: nothing is acknowledged after it, /health, /metrics and doctor raise the alarm, a restart is clean
  memory   the address space is cut down under load, again and again: a request fails alone, or the process dies and loses nothing
"""
import argparse
import ctypes.util
import json
import os
import pathlib
import random
import resource
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

from house import House

options = argparse.ArgumentParser()
options.add_argument("program")
options.add_argument("what", nargs="*")
options.add_argument("--rounds", type=int, default=6)
options = options.parse_args()
here = pathlib.Path(__file__).resolve().parent


def word():
    """In letters: digits in a row might be a telephone number, which the program hides."""
    return secrets.token_hex(8).translate(str.maketrans("0123456789", "ghijklmnop"))


class Clerk(threading.Thread):
    """Reports progress on a task of their own; remembers what was acknowledged, and the codes of refusals."""

    def __init__(self, house, task):
        super().__init__(daemon=True)
        self.house, self.task, self.over = house, task, False
        self.mark = word()
        self.acknowledged, self.open, self.refusals = [], [], {}

    def run(self):
        while not self.over:
            text = f"{self.mark}/{word()}"
            try:
                seq = self.house.read(f"/tutorial/tasks/{self.task}")["task"]["seq"]
                status, _, data = self.house.ask("POST", f"/api/v1/tutorial/tasks/{self.task}/progress", {"text": text, "percent": 1}, headers={"If-Match": f'"{seq}"'}, timeout=20)
            except (OSError, AssertionError, ValueError):   # cut off, or no memory to read: not acknowledged
                self.open.append(text)
                time.sleep(0.02)
                continue
            if status == 200:
                self.acknowledged.append(text)
            else:
                code = json.loads(data)["code"]
                self.refusals[code] = self.refusals.get(code, 0) + 1
                self.open.append(text)
                time.sleep(0.01)


class Reader(threading.Thread):
    """Reads pages and a sheet; `failed` holds whatever was no answer."""

    PATHS = ["/api/v1/tutorial/home", "/api/v1/tutorial/tasks", "/api/v1/tutorial/tasks/1", "/api/v1/tutorial/tasks.xlsx", "/api/v1/tutorial/places/990901000000"]

    def __init__(self, house):
        super().__init__(daemon=True)
        self.house, self.over, self.read, self.failed = house, False, 0, []

    def run(self):
        while not self.over:
            path = random.choice(self.PATHS)
            try:
                status, _, data = self.house.ask("GET", path, timeout=20)
                if status == 200:
                    self.read += 1
                else:
                    self.failed.append((path, status, data[:200]))
            except OSError as error:
                self.failed.append((path, error))
                time.sleep(0.02)


class Office:
    """Two clerks and two readers at work."""

    def __init__(self, house, tasks=("1", "2")):
        self.house, self.clerks, self.readers = house, [Clerk(house, task) for task in tasks], [Reader(house) for _ in range(2)]
        for one in [*self.clerks, *self.readers]:
            one.start()

    def acknowledged(self):
        return sum(len(clerk.acknowledged) for clerk in self.clerks)

    def refusals(self):
        return {code: sum(clerk.refusals.get(code, 0) for clerk in self.clerks) for clerk in self.clerks for code in clerk.refusals}

    def failed(self):
        return [failure for reader in self.readers for failure in reader.failed]

    def close(self):
        for one in [*self.clerks, *self.readers]:
            one.over = True
        for one in [*self.clerks, *self.readers]:
            one.join(60)

    def compare(self):
        """Each acknowledged report is there once; none is there that was never sent, none twice."""
        for clerk in self.clerks:
            texts = [event["text"] for event in self.house.read(f"/tutorial/tasks/{clerk.task}")["events"] if event["text"].startswith(f"{clerk.mark}/")]
            assert len(texts) == len(set(texts)), "done twice"
            lost = set(clerk.acknowledged) - set(texts)
            assert not lost, f"{len(lost)} acknowledged reports are gone"
            assert set(texts) <= set(clerk.acknowledged) | set(clerk.open), "never sent"


def wait_until(true_at_last, what, seconds=60):
    end = time.monotonic() + seconds
    while not true_at_last():
        assert time.monotonic() < end, f"in vain: {what}"
        time.sleep(0.02)


def well(house, ends=0):
    assert "tutorial: well" in (said := house.gangmu("doctor", "--data", house.data, ends=ends)), said


# --- a full disk -------------------------------------------------------------------------------------------------------------


def mount(at, megabytes):
    """A small volume of its own: ext4 in a file, else tmpfs."""
    image = at.with_suffix(".img")
    image.write_bytes(b"")
    os.truncate(image, megabytes << 20)
    if subprocess.run(["mkfs.ext4", "-q", "-m", "0", image], stderr=subprocess.DEVNULL).returncode == 0 and subprocess.run(["mount", "-o", "loop", image, at], stderr=subprocess.DEVNULL).returncode == 0:
        return "ext4"
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", at], check=True)
    return "tmpfs"


def fill(folder):
    """To the last byte that can be had."""
    with open(folder / "ballast", "ab", buffering=0) as ballast:
        for size in (1 << 20, 4096, 512, 1):
            try:
                while True:
                    ballast.write(b"x" * size)
            except OSError:
                continue


def disk():
    with tempfile.TemporaryDirectory(prefix="gangmu-faults-", dir="/tmp") as folder:
        volume = pathlib.Path(folder) / "volume"
        volume.mkdir()
        kind = mount(volume, 40)
        try:
            house = House(options.program, volume)
            house.log = pathlib.Path(folder) / "log"
            house.serve()
            office, full, resumed = Office(house), 0, 0
            for _ in range(options.rounds):
                goal = office.acknowledged() + 20
                wait_until(lambda: office.acknowledged() >= goal, "20 reports")
                before = office.refusals().get("store.disk_full", 0)
                fill(volume)
                wait_until(lambda: office.refusals().get("store.disk_full", 0) > before + 5, f"refusals; {office.refusals()}")
                status, _, data = house.ask("POST", "/api/v1/tutorial/imports?name=a.csv", "序号,工作任务,牵头单位,完成时限\n1,甲,市发改局,2025年底前\n".encode(), kind="application/octet-stream")
                assert status == 507 and json.loads(data)["code"] == "store.disk_full", (status, data)
                looks = lambda: sum(event["act"] == "see-persons" for event in house.read("/tutorial/tasks/1")["events"])
                seen, status = looks(), house.ask("POST", "/api/v1/tutorial/tasks/1/persons", {"reason": "电话核实进展"})[0]
                assert (status, looks() - seen) in ((507, 0), (200, 1)), "what can't be written down is not shown"   # 200: there was room in the log
                assert house.read("/health")["status"] == "ok", "a full disk stops nobody for good"
                full += 1
                (volume / "ballast").unlink()
                goal = office.acknowledged() + 5
                wait_until(lambda: office.acknowledged() >= goal, f"writing again; {office.refusals()}")
                resumed += 1
            office.close()
            assert not office.failed(), office.failed()[:3]
            assert set(office.refusals()) == {"store.disk_full"}, office.refusals()
            fill(volume)
            house.end(signal.SIGKILL)   # and the machine ends while it is full
            try:
                house.serve()
            except RuntimeError as told:
                assert "the disk is full" in str(told), told
            (volume / "ballast").unlink()
            if house.process.poll() is not None:
                house.serve()
            office.compare()
            house.write("/tasks/1/progress", {"text": "after", "percent": 2}, headers={"If-Match": f'"{house.read("/tutorial/tasks/1")["task"]["seq"]}"'})
            assert house.end(signal.SIGTERM) == 0
            well(house, 1)   # which says that the volume is small
            print(f"disk full ({kind}): {full} times; {office.acknowledged()} reports acknowledged and there, {office.refusals()['store.disk_full']} refused, "
                  f"{sum(r.read for r in office.readers)} reads of which 0 failed; {resumed} times writing resumed")
        finally:
            if house.process:
                house.process.kill()
                house.process.wait()
            subprocess.run(["umount", volume], check=True)


# --- a sync that fails -------------------------------------------------------------------------------------------------------


def sync():
    with tempfile.TemporaryDirectory(prefix="gangmu-faults-", dir="/tmp") as folder:
        work = pathlib.Path(folder)
        shim, trigger = work / "fail_sync.so", work / "trigger"
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", shim, here / "fixtures/fail_sync.c", "-ldl"], check=True)
        house = House(options.program, work)
        for nth in range(options.rounds):
            house.serve(LD_PRELOAD=str(shim), GANGMU_FAIL_SYNC=str(trigger))
            office = Office(house)
            wait_until(lambda: office.acknowledged() >= 10, "10 reports")
            trigger.write_text(str(nth % 3))   # the log, HEAD, or whatever is synced then
            wait_until(lambda: not trigger.exists(), "a sync that fails")
            wait_until(lambda: office.refusals().get("store.store_read_only", 0) > 10, "refusals")
            assert office.refusals()["store.outcome_unknown"] >= 1, office.refusals()
            at_stop = office.acknowledged()
            time.sleep(0.3)
            assert office.acknowledged() == at_stop, "acknowledged after a failed sync"
            health = house.read("/health")
            assert health["status"] == "read_only" and not health["programmes"][0]["writable"], health
            assert 'gangmu_store_writable{programme="tutorial"} 0' in house.ask("GET", "/metrics")[2].decode()
            alarm = house.gangmu("doctor", "--data", house.data, ends=1)
            assert "stopped writing" in alarm, alarm
            office.close()
            assert not office.failed(), office.failed()[:3]
            house.end(signal.SIGKILL if nth % 2 else signal.SIGTERM)
            house.serve()
            office.compare()
            assert house.read("/health")["status"] == "ok"
            house.end(signal.SIGTERM)
            well(house)
        print(f"failed sync: {options.rounds} times; nothing acknowledged after it, reading went on, /health, /metrics and doctor told, restarts clean")


# --- memory that runs out ----------------------------------------------------------------------------------------------------


def address_space(process):
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmSize:"):
            return int(line.split()[1]) << 10
    return 0


def memory():
    rounds, died, survived = options.rounds * 3, 0, 0
    chance = random.Random(7)
    with tempfile.TemporaryDirectory(prefix="gangmu-faults-", dir="/tmp") as folder:
        house = House(options.program, pathlib.Path(folder))
        house.serve(MALLOC_ARENA_MAX="2", MALLOC_TOP_PAD_="65536")
        office = Office(house)
        ledger = "序号,工作任务,牵头单位,完成时限\n" + "".join(f"{n},任务{n},市发改局,2025年底前\n" for n in range(3000))
        for _ in range(rounds):
            goal = office.acknowledged() + 10
            wait_until(lambda: office.acknowledged() >= goal, "10 reports")
            room = chance.choice([0, 1 << 16, 1 << 18, 1 << 20, 4 << 20])
            try:
                resource.prlimit(house.process.pid, resource.RLIMIT_AS, (address_space(house.process) + room, resource.RLIM_INFINITY))
                for _ in range(3):   # what takes much: a ledger read, a sheet written
                    status, _, data = house.ask("POST", "/api/v1/tutorial/imports?name=a.csv", ledger.encode(), kind="application/octet-stream", timeout=20)
                    if status == 201:   # else those that wait would reach their limit
                        house.ask("POST", f"/api/v1/tutorial/imports/{json.loads(data)['id']}/discard", {}, timeout=20)
                    house.ask("GET", "/api/v1/tutorial/tasks.xlsx?limit=500", timeout=20)
            except OSError:
                pass
            time.sleep(0.2)
            if house.process.poll() is None:
                survived += 1
                resource.prlimit(house.process.pid, resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
                if house.read("/health")["status"] == "ok":
                    continue
                house.end(signal.SIGTERM)   # it hit between COMMIT and HEAD: stopped, and whole after a restart
            else:
                died += 1
            house.serve(MALLOC_ARENA_MAX="2", MALLOC_TOP_PAD_="65536")
        office.close()
        refusals = office.refusals()
        assert set(refusals) <= {"store.out_of_memory", "store.outcome_unknown", "store.store_read_only", "http.internal", "store.engine_failed", "app.edit_conflict"}, refusals
        office.compare()
        assert house.end(signal.SIGTERM) == 0
        well(house)
        print(f"memory: cut {rounds} times, {survived} survived, {died} died; {office.acknowledged()} reports acknowledged and there once; refused: {refusals}; "
              f"{sum(r.read for r in office.readers)} reads, {len(office.failed())} failed alone")


def main():
    os.environ["LANG"] = "en"
    for what in options.what or ["disk", "sync", "memory"]:
        {"disk": disk, "sync": sync, "memory": memory}[what]()


if os.environ.get("GANGMU_OWN_MOUNTS"):
    main()
else:   # mounts of our own, whoever we are
    own = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--mount"]
    sys.exit(subprocess.run([*own, sys.executable, *sys.argv], env={**os.environ, "GANGMU_OWN_MOUNTS": "1"}).returncode)
