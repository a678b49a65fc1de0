# SPDX-License-Identifier: Apache-2.0
"""Google Benchmark programs: one run, the median of each benchmark."""
import json
import os
import subprocess

SECONDS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0}


class Times:
    """Seconds a turn: wall, CPU; and the counters the benchmark kept."""

    def __init__(self, entry):
        unit = SECONDS[entry["time_unit"]]
        self.wall = entry["real_time"] * unit
        self.cpu = entry["cpu_time"] * unit
        self.counters = {k: v for k, v in entry.items() if isinstance(v, float) and not k.endswith("_time")}


def command(program, pattern):
    return f"build/bench/bench_{program} --benchmark_filter='{pattern}'"


def run(program, pattern, repetitions=5, environment=None):
    """Name of each benchmark that fits the pattern → median of its times."""
    answer = subprocess.run(
        [f"build/bench/bench_{program}", f"--benchmark_filter={pattern}", "--benchmark_format=json",
         f"--benchmark_repetitions={repetitions}", "--benchmark_enable_random_interleaving=true"],
        env={**os.environ, **(environment or {})}, capture_output=True, text=True, check=True)
    found = {}
    for entry in json.loads(answer.stdout)["benchmarks"]:
        if entry.get("error_occurred"):
            raise RuntimeError(f"{entry['name']}: {entry['error_message']}")
        if entry.get("aggregate_name") == "median" or repetitions == 1:
            found[entry["run_name"]] = Times(entry)
    return found
