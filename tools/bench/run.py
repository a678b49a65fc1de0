# SPDX-License-Identifier: Apache-2.0
"""run.py [word...]: measures the rows (all, or those whose name holds a word), prints them, puts them into docs/benchmarks.md."""
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import micro
import served

DOCUMENT = Path("docs/benchmarks.md")


def duration(seconds):
    for unit, size in (("s", 1), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def machine():
    model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text()).group(1)
    memory = int(re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text()).group(1)) / (1 << 20)
    cores = subprocess.run(["nproc"], capture_output=True, text=True, check=True).stdout.strip()
    compiler = subprocess.run(["g++", "-dumpfullversion"], capture_output=True, text=True, check=True).stdout.strip()
    load = os.environ.get("GANGMU_LOAD") or Path("/proc/loadavg").read_text().split()[0]
    return (f"{cores} cores {model}, {memory:.0f} GiB, Linux {platform.release()}, g++ {compiler} -O3; "
            f"{time.strftime('%Y-%m-%d')}, {load} programs running when it began")


def micro_row(program, pattern, repetitions=5):
    """A row that is one benchmark: wall and CPU a turn."""
    def measure():
        (times,) = micro.run(program, pattern, repetitions).values()
        return duration(times.wall), duration(times.cpu)
    return measure, micro.command(program, pattern)


def nation_build():
    pattern = "^BM_NationBuild"
    def measure():
        (times,) = micro.run("fact", pattern, 3).values()
        return f"{duration(times.wall)}, peak {times.counters['peak_GiB']:.2f} GiB", duration(times.cpu)
    return measure, micro.command("fact", pattern)


def by_threads(pattern, repetitions=5, told=None):
    """Benchmarks of bench_score named <kind>/…threads:<n>…: wall on one thread and on two, CPU on two; each kind by its word in
    `told`, where there are several."""
    def measure():
        kinds, peak = {}, 0
        for name, times in micro.run("score", pattern, repetitions).items():
            kind = re.search("|".join(told), name)[0] if told else ""
            kinds.setdefault(kind, {})[int(re.search(r"threads:(\d+)", name)[1])] = times
            peak = max(peak, times.counters.get("peak_MiB", 0))
        def label(kind):
            return f"{told[kind]} " if told else ""
        walls = [f"{label(kind)}{duration(t[2].wall)} on two threads, {duration(t[1].wall)} on one" for kind, t in kinds.items()]
        walls += [f"peak {peak:.0f} MiB"] if peak else []
        return "; ".join(walls), "; ".join(label(kind) + duration(t[2].cpu) for kind, t in kinds.items())
    return measure, micro.command("score", pattern)


def writes():
    pattern = "^(DurableWrites|Postgres)"
    def measure():
        found = micro.run("store", pattern, 3)
        told, spent = [], []
        for clients in (1, 8, 64):
            ours, bare, same = (found[f"{name}/process_time/real_time/threads:{clients}"]
                                for name in ("DurableWrites", "PostgresSingleRowInserts", "PostgresSameAct"))
            told.append(f"{clients}: {1 / ours.wall:,.0f} a second; PostgreSQL {1 / bare.wall:,.0f} bare rows (× {bare.wall / ours.wall:.2f}), "
                        f"{1 / same.wall:,.0f} of the same act (× {same.wall / ours.wall:.2f})")
            spent.append(f"{clients}: {duration(ours.cpu)}")
        return "<br>".join(told), "<br>".join(spent)
    return measure, micro.command("store", pattern)


def start(how, folder):
    def measure():
        wall, cpu = how(folder)
        return duration(wall), duration(cpu)
    return measure, "gangmu serve, from its start to the printed address"


def serving(folder, measured):
    """A row that is measured on the served example city, on the pages of the city, its counties and towns."""
    def measure():
        server = served.Server(city(folder), "--quiet")
        try:
            return measured(server, served.places(server, "city", "county", "town"))
        finally:
            server.end()
    return measure


def place_page(folder, encoding="gzip"):
    def measured(server, paths):
        load = served.Load(server, paths, folder, encoding)
        return f"p99 {duration(load.p99)}, {load.rate:,.0f} a second, {load.bytes / 1024:.1f} KiB an answer", duration(load.cpu)
    return serving(folder, measured), f"wrk -t1 -c64 -d10s -H 'Accept-Encoding: {encoding}'"


def place_page_anew(folder):
    def measured(server, paths):
        wall, cpu = served.once(server, paths)
        return duration(wall), duration(cpu)
    return serving(folder, measured), "each page once, one client"


def xlsx(folder):
    """The workbook is made by one process and read by another, whose peak is that of reading alone."""
    pattern = "^read_xlsx"
    def measure():
        file = {"GANGMU_XLSX": str(Path(folder) / "100k.xlsx")}
        micro.run("sheet", pattern, 1, file)
        (times,) = micro.run("sheet", pattern, 5, file).values()
        return f"{duration(times.wall)}, peak {times.counters['peak_MiB']:.0f} MiB", duration(times.cpu)
    return measure, micro.command("sheet", pattern)


def first_load():
    def measure():
        told = subprocess.run(["npm", "--prefix", "web", "run", "--silent", "sizes"], check=True, capture_output=True, text=True)
        pages = re.findall(r"^(\w+)\s.*gzip\s+([\d.]+) KiB", told.stdout, re.M)
        return ", ".join(f"{name} {size} KiB" for name, size in pages), "–"
    return measure, "npm --prefix web run sizes"


def city(folder, made={}):
    """The example city's store, made when the first row asks for it."""
    if folder not in made:
        made[folder] = served.make_city(folder)
    return made[folder]


def rows(folder):
    """(name, budget, (measure, command))"""
    clean = start(lambda f: served.start_clean(city(f)), folder)
    killed = start(lambda f: served.start_after_kill(city(f), f), folder)
    return [
        ("roll-up, 5 M facts → 6,000 groups", "≤ 30 ms", micro_row("fact", "^BM_RollUp5MFacts")),
        ("the same from rows in random order", "–", micro_row("fact", "^BM_RollUp5MRows")),
        ("the 6,000 groups from the standing cube", "–", micro_row("fact", "^BM_RollUp6000GroupsStanding")),
        ("nation, 665,276 places × 20 indicators × 12 periods: build", "≤ 3 s, ≤ 3 GiB", nation_build()),
        ("nation: one update, seen at every level", "≤ 20 µs", micro_row("fact", "^BM_NationUpdate")),
        ("nation: any subtree × period", "≤ 1 µs", micro_row("fact", "^BM_NationQuery")),
        ("as-known page, one county × 20 indicators", "≤ 50 ms", micro_row("store", "^AsKnownPage", 3)),
        ("score 26,842 places × 60 indicators with contributions", "≤ 40 ms",
         by_threads("^score/.*:26842", told={"min_max": "min_max", "peer": "peer", "geometric": "geometric"})),
        ("uncertainty of 26,842 × 60, N = 1,000, rank intervals", "≤ 15 s, ≤ 1 GiB", by_threads("^stress/usual", 1)),
        ("the same with reporting errors on every figure", "≤ 15 s, ≤ 1 GiB", by_threads("^stress/with_reporting_errors", 1)),
        ("uncertainty of 51 × 49, N = 1,000, outlier treatment in the loop", "≤ 0.3 s",
         by_threads("^treated/", told={"as_alternative": "one of three treatments a run", "in_every_run": "treated anew in every run"})),
        ("Copeland, 1,757 and 26,842 places, 12 criteria, no n × n table", "≤ 0.1 s, ≤ 30 s",
         by_threads("^duels/", 3, told={":1757/": "1,757:", ":26842/": "26,842:"})),
        ("durable writes by 1, 8 and 64 clients", "≥ × 3 at 64", writes()),
        ("start on the ten-year city, clean", "≤ 1 s", clean),
        ("start on the ten-year city, after a kill", "≤ 5 s", killed),
        ("place page JSON, 64 keep-alive clients", "≤ 30 µs CPU, p99 ≤ 10 ms", place_page(folder)),
        ("place page JSON, 64 clients that do not take gzip", "–", place_page(folder, "identity")),
        ("place page JSON, made anew", "–", place_page_anew(folder)),
        ("import xlsx, 100,000 rows × 12", "≤ 2 s, ≤ 256 MiB", xlsx(folder)),
        ("first load, gzip", "≤ 200 KB", first_load()),
    ]


def with_rows(document, measured, order):
    """The table with the rows measured now in place of the old ones, in the order of `order`."""
    head, *old = [line for line in document.splitlines() if line.startswith("| ")]
    lines = {line.split("|")[1].strip(): line for line in old} | measured
    table = "\n".join([head, re.sub(r"[^|]+", "---", head), *(lines[name] for name in order if name in lines)])
    return re.sub(r"^\| work(.*\n\|)*.*$", lambda _: table, document, flags=re.M)


def main(words):
    told = f"Machine: {machine()}."
    print(told)
    measured = {}
    with tempfile.TemporaryDirectory(prefix="gangmu-bench-") as folder:
        all_rows = rows(folder)
        for name, budget, (measure, command) in all_rows:
            if words and not any(word.lower() in name.lower() for word in words):
                continue
            try:
                wall, cpu = measure()
            except (OSError, RuntimeError, subprocess.CalledProcessError) as missing:
                wall, cpu = f"not measured: {missing}", "–"
            shown = command.replace("|", r"\|")   # a bar would end the cell
            measured[name] = f"| {name} | {budget} | {wall} | {cpu} | `{shown}` |"
            print(measured[name], flush=True)
    document = re.sub(r"^Machine: .*$", told, DOCUMENT.read_text(), flags=re.M)
    DOCUMENT.write_text(with_rows(document, measured, [name for name, _, _ in all_rows]))


if __name__ == "__main__":
    main(sys.argv[1:])
