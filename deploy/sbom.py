#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""sbom.py PROGRAM PACKAGE-LOCK VERSION: what the program is made of, as CycloneDX 1.5 on standard output: shared libraries it is linked to
with the Debian packages they come from, libraries compiled into it (headers), and what the front end's bundle holds."""
import json
import pathlib
import re
import subprocess
import sys

# Compiled in: their headers hold the code.
HEADERS = {"libboost1.81-dev": "Boost", "libexpected-dev": "tl::expected", "libcli11-dev": "CLI11"}


def said(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def package_of(path):
    for name in (path, path.removeprefix("/usr") if path.startswith("/usr/lib") else "/usr" + path):
        if found := said("dpkg-query", "-S", name):
            return found.split(":")[0]
    return None


def debian(package, scope):
    version, source = said("dpkg-query", "-W", "-f=${Version}\t${source:Package}", package).split("\t")
    return {"type": "library", "bom-ref": f"pkg:deb/debian/{package}@{version}", "name": package, "version": version, "scope": scope,
            "purl": f"pkg:deb/debian/{package}@{version}", "properties": [{"name": "debian:source", "value": source}]}


def shared(program):
    paths = re.findall(r"=> (/\S+)", said("ldd", program))
    names = sorted({package for path in paths if (package := package_of(str(pathlib.Path(path).resolve())))})
    return [debian(name, "required") for name in names]


def compiled_in():
    return [debian(name, "required") for name in HEADERS if said("dpkg-query", "-W", "-f=${Version}", name)]


def bundled(lock):
    """The run-time parts of the front end; tools that only build it are no part of the product."""
    out = []
    for path, part in sorted(json.loads(pathlib.Path(lock).read_text())["packages"].items()):
        if not path or part.get("dev"):
            continue
        name = path.split("node_modules/")[-1]
        entry = {"type": "library", "bom-ref": f"pkg:npm/{name}@{part['version']}", "name": name, "version": part["version"], "purl": f"pkg:npm/{name}@{part['version']}"}
        if "license" in part:
            entry["licenses"] = [{"expression": part["license"]}]
        out.append(entry)
    return out


def main():
    program, lock, version = sys.argv[1:]
    parts = shared(program) + compiled_in() + bundled(lock)
    assert parts, "a program without parts"
    product = {"type": "application", "bom-ref": "gangmu", "name": "gangmu", "version": version, "licenses": [{"license": {"id": "Apache-2.0"}}]}
    json.dump({"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "metadata": {"component": product}, "components": parts,
               "dependencies": [{"ref": "gangmu", "dependsOn": [part["bom-ref"] for part in parts]}]}, sys.stdout, indent=1, ensure_ascii=False)
    print()


main()
