#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""one_field.py [BUILD_FOLDER]: a plain field is added to `task` in the one file that declares it, the program is built, and the field
is asked for at the doors: reported, read back, told in the history, kept over a restart and by the proof. The file is put back."""
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(root / "e2e"))
from house import House  # noqa: E402

build = root / (sys.argv[1] if len(sys.argv) > 1 else "build/debug")
declaration = root / "src/plan/task_kind.cpp"
name, zh, en = "weather", "天气影响", "Weather"


def with_field(text):
    number = max(int(n) for n in re.findall(r'^\{"id":"\w+","no":(\d+)', text, re.M)) + 1
    line = f'{{"id":"{name}","no":{number},"type":"text","zh":"{zh}","en":"{en}","max":4000}},\n'
    last = re.search(r'^\{"id":"needs","no".*\n', text, re.M)
    text = text[: last.end()] + line + text[last.end():]
    return re.sub(r'("id":"progress".*?"edit":\[[^\]]*)\]', rf'\1,"{name}"]', text, count=1)


def make():
    subprocess.run(["ninja", "-C", build, f"-j{os.cpu_count()}", "gangmu"], check=True, stdout=subprocess.DEVNULL)


def changed_files():
    said = subprocess.run(["git", "diff", "--stat", "--", "src", "web"], cwd=root, check=True, stdout=subprocess.PIPE).stdout.decode()
    return [line.split("|")[0].strip() for line in said.splitlines() if "|" in line]


def box(boxes):
    return next((one for one in boxes if one["name"] == name), None)


def doors(folder):
    house = House(build / "gangmu", pathlib.Path(folder))
    house.serve()
    try:
        task = next(one for one in house.read("/tutorial/tasks?limit=500")["items"] if one["state"] == "open")
        house.write(f"/tasks/{task['id']}/progress", {"text": "照常推进", name: "连日大雨"}, headers={"If-Match": f'"{task["seq"]}"'})
        for _ in range(2):
            shown = house.read(f"/tutorial/tasks/{task['id']}")
            assert box(shown["task"]["more"]) == {"name": name, "zh": zh, "en": en, "text": "连日大雨"}, shown["task"]["more"]
            assert any(box(event["more"]) for event in shown["events"]), shown["events"]
            house.end(signal.SIGTERM)
            house.serve()
        status, _, data = house.ask("POST", f"/api/v1/tutorial/tasks/{task['id']}/progress", {"text": "x", "wether": "x"}, headers={"If-Match": f'"{shown["task"]["seq"]}"'})
        assert status == 422 or status == 400, (status, json.loads(data))
        house.end(signal.SIGTERM)
        house.gangmu("audit", "verify", "--data", house.data)
        house.gangmu("doctor", "--data", house.data)
    finally:
        house.process.kill()
        house.process.wait()


before = changed_files()
assert not before, f"put your changes away first: {before}"
text = declaration.read_text()
try:
    declaration.write_text(with_field(text))
    changed = changed_files()
    assert changed == ["src/plan/task_kind.cpp"], changed
    make()
    with tempfile.TemporaryDirectory(prefix="gangmu-field-") as folder:
        doors(folder)
    lines = subprocess.run(["git", "diff", "--numstat", "--", "src"], cwd=root, check=True, stdout=subprocess.PIPE).stdout.decode().split()
    print(f"a plain field of a task: {len(changed)} file, {lines[0]} lines; reported, read, in the history, after a restart, in the proof")
finally:
    declaration.write_text(text)
    make()
