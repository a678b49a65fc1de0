#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""workbooks.py GANGMU [FOLDER…] [--libreoffice] [--most N]

Reads every xlsx, xlsm and csv below the folders (else of GANGMU_WORKBOOKS) with `gangmu cells` and compares cell by cell with openpyxl and, when asked, with what
LibreOffice shows. Needs python3-openpyxl; --libreoffice needs `soffice` (libreoffice-calc). Prints each difference and each refusal, then
the counts; ends with 1 when a cell differs from openpyxl, a file crashes the reader, or a file openpyxl opens is refused for no named reason.
What LibreOffice shows is only told: it works formulas out anew, counts days before March 1900 by the calendar, and shows negative ones."""
import argparse
import collections
import csv
import datetime
import decimal
import io
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import warnings

import openpyxl
from openpyxl.cell.cell import MergedCell

ENV = dict(os.environ, LANG="en")
# What may be refused although another program opens it: limits, marks, attacks, other formats, invisible characters.
NAMED = re.compile(r"over the limit|state secret|DTD|unsafe path|password|no xlsx workbook|neither an xlsx|control character|NUL byte|neither UTF-8")


def ours(program, path):
    run = subprocess.run([program, "cells", str(path)], capture_output=True, env=ENV, timeout=600)
    csv.field_size_limit(1 << 30)
    rows = list(csv.reader(io.StringIO(run.stdout.decode("utf-8"), newline="")))[1:]
    return run.returncode, {(r[0], r[1]): (r[2], r[3], r[4]) for r in rows}, run.stderr.decode("utf-8", "replace")


def plain(text):
    return re.sub(r"\r\n?|_x000D_\n?", "\n", str(text)).strip()


def number(text):
    try:
        return decimal.Decimal(re.sub(r"[^0-9.eE+-]", "", str(text)))
    except decimal.InvalidOperation:
        return None


def near(a, b):
    return a is not None and b is not None and abs(a - b) <= max(abs(a), abs(b)) * decimal.Decimal("1e-13")


def digits(text):
    return re.sub(r"\D", "", str(text)).lstrip("0")


def clock(seconds):
    return {f"{seconds // 3600}:{seconds // 60 % 60:02d}", f"{(seconds // 3600 + 11) % 12 + 1}:{seconds // 60 % 60:02d}"}


def date_agrees(cell, value):
    kind, text, _ = cell
    if kind == "date":
        return text == value.date().isoformat()
    parts = [f"{value.year}年{value.month}月", f"{value.month}月", f"{value.year}年", "星期" + "一二三四五六日"[value.weekday()]]
    minutes = value.hour * 3600 + value.minute * 60
    return text in parts or any(time in text.lstrip("0") or time in text for time in clock(minutes)) or (kind == "text" and re.fullmatch(r"[\d:.]+", text) is not None)


def agrees(cell, value):
    kind, text, _ = cell
    if isinstance(value, bool):
        return kind == "boolean" and text == str(value).upper()
    if isinstance(value, datetime.datetime):
        return date_agrees(cell, value) or kind == "number"   # a day spreadsheets have and the calendar has not
    if isinstance(value, datetime.date):
        return text == value.isoformat()
    if isinstance(value, (datetime.time, datetime.timedelta)):
        return kind == "text" and bool(re.search(r"\d", text)) or kind == "number"
    if isinstance(value, (int, float)):
        if kind == "text":   # a padded code or a part of a date
            return digits(text) == digits(round(value)) or bool(re.search(r"[年月日时分星期]|^[\d:.]+$", text))
        if kind == "date":   # openpyxl knows fewer formats as those of days
            return (datetime.date.fromisoformat(text) - datetime.date(1899, 12, 30)).days - int(value) in (0, 1, 1462)
        return kind == "number" and near(number(text), decimal.Decimal(repr(float(value))))
    return plain(text) == plain(value)


def with_openpyxl(path):
    """Cells by (sheet, address): values, without those a merge covers and pictures of WPS."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path, data_only=True)
    out = {}
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                blank = cell.value is None or isinstance(cell, MergedCell) or plain(cell.value) == ""
                if not blank and not plain(cell.value).startswith("=DISPIMG("):
                    out[sheet.title, cell.coordinate] = cell.value
    return out


def shown_agrees(cell, shown):
    kind, text, ours_shown = cell
    if plain(shown) in (plain(text), plain(ours_shown)):
        return True
    if kind == "date":
        year, month, day = (int(part) for part in text.split("-"))
        found = [int(n) for n in re.findall(r"\d+", shown)]
        return not found or day in found or month in found or year in found
    early = re.search(r"\b1(899|900)\b", shown)   # LibreOffice counts days before March 1900 by the calendar, and below zero
    if early or kind == "text" and re.search(r"[年月]|星期", text):
        return bool(early) or not re.search(r"\d{4}", text) or text[:4] in shown or text[2:4] in shown or not re.search(r"\d", shown)
    if kind == "text" and re.fullmatch(r"[\d:.]+", text):   # a time, which LibreOffice may show with more of it
        return bool(re.search(r"\d", shown))
    if kind in ("number", "boolean"):
        value, seen = number(ours_shown), number(shown)
        return "###" in shown or seen is None or value is None or near(value, seen) or digits(seen)[:3] == digits(value)[:3]
    return digits(text) == digits(shown) and digits(text) != ""


def with_libreoffice(path, folder):
    """What each sheet shows, as LibreOffice writes it to csv."""
    export = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", export,
                    "--outdir", folder, str(path)], capture_output=True, timeout=300, check=False)
    out = {}
    for file in pathlib.Path(folder).glob("*.csv"):
        sheet = file.stem[len(path.stem) + 1:]
        for r, row in enumerate(csv.reader(io.StringIO(file.read_text("utf-8"), newline=""))):
            for c, text in enumerate(row):
                if text.strip():
                    out[sheet, openpyxl.utils.get_column_letter(c + 1) + str(r + 1)] = text
        file.unlink()
    return out


class Tally:
    def __init__(self):
        self.count = collections.Counter()
        self.failed = False

    def tell(self, kind, path, *what, fails=True):
        self.count[kind] += 1
        self.failed = self.failed or fails
        print(f"{kind}: {path}", *what, flush=True)

    def cells(self, peer, path, mine, theirs, agree):
        told = 0
        for key, value in theirs.items():
            self.count[f"cells compared with {peer}"] += 1
            if key in mine and agree(mine[key], value):
                continue
            told += 1
            if told <= 5:
                self.tell(f"differs from {peer}", path, "!".join(key), mine.get(key), repr(value)[:80], fails=peer == "openpyxl")
            else:
                self.count[f"differs from {peer}"] += 1


def compare(tally, program, path, libreoffice):
    code, mine, said = ours(program, path)
    if code not in (0, 1):
        return tally.tell("crashed", path, code)
    try:
        theirs = with_openpyxl(path) if path.suffix != ".csv" else None
    except Exception as error:   # a file openpyxl can't open is nothing to compare with
        tally.count["not opened by openpyxl"] += 1
        theirs = None
        print(f"not opened by openpyxl: {path} {type(error).__name__}")
    tally.count["files"] += 1
    if code == 1:
        return tally.tell("refused", path, said.strip()[:300], fails=theirs is not None and not NAMED.search(said))
    if theirs is not None:
        tally.cells("openpyxl", path, mine, theirs, agrees)
    if libreoffice and path.suffix != ".csv":
        with tempfile.TemporaryDirectory() as folder:
            seen = with_libreoffice(path, folder)
        known = {sheet for sheet, _ in mine}
        tally.cells("LibreOffice", path, mine, {k: v for k, v in seen.items() if k[0] in known}, shown_agrees)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("folders", nargs="*", type=pathlib.Path)
    parser.add_argument("--libreoffice", action="store_true")
    parser.add_argument("--most", type=int, default=1_000_000)
    options = parser.parse_args()
    folders = options.folders or [pathlib.Path(os.environ["GANGMU_WORKBOOKS"])]
    paths = sorted(p for f in folders for p in f.rglob("*") if p.suffix.lower() in (".xlsx", ".xlsm", ".csv"))
    tally = Tally()
    for path in paths[:options.most]:
        compare(tally, options.program, path, options.libreoffice)
    for kind, n in sorted(tally.count.items()):
        print(f"workbooks: {n} {kind}")
    compared = any(kind.startswith("cells compared") for kind in tally.count)
    return 1 if tally.failed or not compared else 0


if __name__ == "__main__":
    sys.exit(main())
