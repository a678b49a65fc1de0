#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""write.py NAME SECONDS LOG COMMAND…: puts what a campaign said about itself into the table "Campaigns" of docs/benchmarks.md."""
import datetime
import os
import pathlib
import platform
import re
import sys

name, seconds, log, *command = sys.argv[1:]
page = pathlib.Path(__file__).resolve().parents[2] / "docs/benchmarks.md"
heading, head = "## Campaigns", "| campaign | result | took | on | command |\n|---|---|---|---|---|\n"
intro = ("The long runs of `make soak`, one after the other; each row is written by the run itself. Any acknowledged write lost, done twice, or damage that shows a wrong\n"
         "figure fails the run.\n\n")
telling = re.compile(r"^(sqlite|postgres|tampering|flipped bytes|power cuts|simulator|disk full|failed sync|memory|ledger of|pack|workbooks)\b.*|^\d+ (acts|reports|answers) .*|^ +\d+ (numbers|refusals|combinations) .*|^ +.* requests of others, .*")
result = "<br>".join(line.strip().replace("|", "\\|") for line in pathlib.Path(log).read_text(errors="replace").splitlines() if telling.match(line))
model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
on = f"{datetime.date.today()}, {os.cpu_count()} cores {model}, load {os.getloadavg()[2]:.1f}"
row = f"| {name} | {result} | {int(float(seconds))} s | {on} | `{' '.join(command)}` |\n"
text = page.read_text()
if heading not in text:
    text = text.rstrip() + f"\n\n{heading}\n\n{intro}{head}"
before, table = text.split(head)
rows = [line + "\n" for line in table.splitlines() if line and not line.startswith(f"| {name} |")]
page.write_text(before + head + "".join(rows) + row)
