# SPDX-License-Identifier: Apache-2.0
"""A private PostgreSQL in a temporary folder, with data checksums, a socket and no TCP."""
import glob
import os
import subprocess
import tempfile


class Postgres:
    """PostgreSQL refuses to run as root."""

    def __init__(self):
        self.bin = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
        self.home = tempfile.mkdtemp(prefix="gangmu-pg-", dir="/tmp")
        if os.geteuid() == 0:
            subprocess.run(["chown", "postgres", self.home], check=True)
        self.run("initdb", "-D", f"{self.home}/data", "-U", "gangmu", "-A", "trust", "-E", "UTF8", "--locale=C", "--data-checksums")
        self.connection = f"host={self.home} user=gangmu dbname=postgres"
        self.start()

    def run(self, tool, *arguments, stdout=subprocess.DEVNULL):
        user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        return subprocess.run([*user, f"{self.bin}/{tool}", *arguments], check=True, stdout=stdout, cwd="/").stdout

    def start(self):
        self.run("pg_ctl", "-D", f"{self.home}/data", "-w", "-l", f"{self.home}/data/log", "-o", f"-k {self.home} -c listen_addresses=", "start")

    def kill(self):
        self.run("pg_ctl", "-D", f"{self.home}/data", "-m", "immediate", "stop")

    def remove(self):
        self.kill()
        subprocess.run(["rm", "-rf", self.home], check=True)
