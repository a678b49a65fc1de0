#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""all_or_nothing.py PROGRAM [KILLS]: a ledger's confirmation, its undo and a pack's load are killed at any moment. All of it is there
afterwards or nothing; sent again it is done once; sent once more it changes nothing."""
import http.client
import json
import os
import pathlib
import random
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

from house import House

kills = int(sys.argv[2]) if len(sys.argv) > 2 else 6
rows = 4000
chance = random.Random(11)


def restarted(house):
    house.process.kill()
    house.process.wait()
    house.serve()


def count(house, import_id):
    return house.read(f"/tutorial/tasks?limit=1&import={import_id}")["total"]


def killed_while(house, path, key, seconds):
    """Sends a write and kills the program some time later; the answer, if one came."""
    answers = []

    def send():
        try:
            answers.append(house.ask("POST", f"/api/v1/tutorial{path}", {}, headers={"Idempotency-Key": key}))
        except (OSError, http.client.HTTPException):
            pass

    sender = threading.Thread(target=send)
    sender.start()
    time.sleep(seconds)
    restarted(house)
    sender.join()
    return answers


def ledgers(house):
    ledger = "序号,工作任务,牵头单位,联系电话,完成时限\n" + "".join(f"{n},任务{n},市发改局,1391234{n:04},2025年底前\n" for n in range(rows))
    upload = {"Idempotency-Key": secrets.token_hex(16)}
    house.serve()
    first = house.write("/imports?name=a.csv", ledger.encode(), headers=upload, kind="application/octet-stream")["id"]
    assert house.write("/imports?name=a.csv", ledger.encode(), headers=upload, kind="application/octet-stream")["id"] == first, "the same upload is the same import"
    assert len(house.read("/tutorial/imports")["items"]) == 1
    began = time.monotonic()
    house.write(f"/imports/{first}/confirm", {})
    takes = time.monotonic() - began
    house.write(f"/imports/{first}/undo", {})
    none = whole = 0
    for _ in range(kills):
        house.write("/imports?name=a.csv", ledger.encode(), kind="application/octet-stream")
        import_id = house.read("/tutorial/imports")["items"][0]["id"]
        for act, before, after in (("confirm", 0, rows), ("undo", rows, 0)):
            key, path = secrets.token_hex(16), f"/imports/{import_id}/{act}"
            answered = killed_while(house, path, key, chance.uniform(0, 1.3 * takes))
            there = count(house, import_id)
            assert there in (before, after), f"{there} of {rows} tasks after a kill in {act}"
            assert there == after or not answered or answered[0][0] != 200, "acknowledged and not there"
            none, whole = none + (there == before), whole + (there == after)
            seqs = [house.write(path, {}, headers={"Idempotency-Key": key})["seq"] for _ in range(2)]
            assert seqs[0] == seqs[1] and count(house, import_id) == after
    assert house.end(signal.SIGTERM) == 0
    house.gangmu("audit", "verify", "--data", house.data)
    print(f"ledger of {rows} rows: {2 * kills} kills in confirm and undo; nothing done {none} times, all {whole} times, never a part; repeated it was done once")


def packs(house):
    """`gangmu load`, as an office corrects its figures: killed, repeated, repeated."""
    pack = house.work / "pack"
    subprocess.run([house.program, "simulate", "--counties", "3", "--towns", "20", "--villages", "300", "--years", "3", pack], check=True, stdout=subprocess.DEVNULL)
    house.gangmu("init", "--data", house.work / "whole", pack)
    began = time.monotonic()
    house.gangmu("load", "--data", house.work / "whole", "--yes", pack)
    takes = time.monotonic() - began
    none = whole = 0
    for n in range(kills):
        data = house.work / f"load{n}"
        house.gangmu("init", "--data", data, pack)
        process = subprocess.Popen([house.program, "load", "--data", data, "--yes", pack], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.3, 1.1) * takes)
        process.kill()
        process.wait()
        seqs = [json.loads(house.gangmu("audit", "head", "--data", data).splitlines()[-1])["seq"]]
        for _ in range(2):
            said = house.gangmu("load", "--data", data, "--yes", pack)
            seqs.append(json.loads(house.gangmu("audit", "head", "--data", data).splitlines()[-1])["seq"])
        assert "nothing to load" in said and seqs[1] == seqs[2], (seqs, said)
        none, whole = none + (seqs[0] == 0), whole + (seqs[0] == seqs[1])
        house.gangmu("audit", "verify", "--data", data)
        shutil.rmtree(data)
    print(f"pack: {kills} kills in a load; nothing loaded {none} times, all {whole} times, begun and taken up again {kills - none - whole} times; a second load changes nothing")


def main():
    os.environ["LANG"] = "en"
    with tempfile.TemporaryDirectory(prefix="gangmu-whole-", dir="/tmp") as folder:
        house = House(sys.argv[1], pathlib.Path(folder))
        try:
            ledgers(house)
            packs(house)
        finally:
            house.process.kill()
            house.process.wait()


main()
