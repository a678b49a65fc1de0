#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""planted.py PROGRAM [sqlite|postgres …]: telephone and identity numbers go in by every door, each door its own; then they are looked
for in every answer of every role, in both logs, sheets, the exported pack, the data folder (served, killed, stopped), backup, a store
restored from it, and on PostgreSQL the dump and its files. They are found where a right was granted for them and nowhere else."""
import base64
import csv
import hashlib
import io
import json
import pathlib
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import zipfile
from urllib.parse import quote
from xml.sax.saxutils import escape

from house import House
from private_postgres import Postgres

program, engines = sys.argv[1], sys.argv[2:] or ["sqlite", "postgres"]
city, county, town, village = "990900000000", "990901000000", "990901100000", "990901100201"
roles = {"city_office": city, "county_office": county, "department": city, "town_clerk": town, "village_clerk": village, "leader": city,
         "system_admin": city, "security_admin": city, "audit_admin": city}
reason = "电话核实进展"

# --- what is planted ---------------------------------------------------------------------------------------------------------


WRITINGS = (lambda d: d, lambda d: f"{d[:3]}-{d[3:]}", lambda d: f"{d[:3]}.{d[3:7]}.{d[7:]}", lambda d: f"{d[:3]} {d[3:7]} {d[7:]}",
            lambda d: d.translate({ord("0") + n: ord("０") + n for n in range(10)}), lambda d: "\u200b".join((d[:3], d[3:7], d[7:])))


class Plants:
    """A number for each door: what turns up says where it came in."""

    def __init__(self):
        self.doors = {}

    def telephone(self, door):
        return self._kept(f"13{len(self.doors):03}{secrets.randbelow(10**6):06}", door)

    def written(self, door):
        """A telephone number as one office or another writes it."""
        return WRITINGS[len(self.doors) % len(WRITINGS)](self.telephone(door))

    def identity(self, door):
        digits = f"44078519900101{len(self.doors):03}"
        weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        check = "10X98765432"[sum(w * int(d) for w, d in zip(weights, digits)) % 11]   # GB 11643
        return self._kept(digits + check, door)

    def _kept(self, number, door):
        self.doors[number] = door
        return number


def forms(number):
    """In each writing as text of either width, in hex, and in base64 however it lies."""
    for written in {write(number) for write in WRITINGS}:
        plain = written.encode()
        yield from (plain, written.encode("utf-16-le"), plain.hex().encode(), plain.hex().upper().encode())
        for shift in range(3):
            coded = base64.b64encode(b"\0" * shift + plain)
            yield coded[-(-8 * shift // 6):][: (len(plain) * 8 - 6) // 6]


def found_in(plants, data):
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            data = b"\n".join(book.read(name) for name in book.namelist())
    return {number for number in plants.doors if any(form in data for form in forms(number))}


def prove_the_search(plants):
    """It would see them: in each form, and inside a workbook."""
    number = next(iter(plants.doors))
    for data in (number.encode(), f"x{number}".encode("utf-16-le"), number.encode().hex().encode(), base64.b64encode(number.encode()),
                 base64.b64encode(b"ab" + number.encode() + b"c"), base64.b64encode(b"a" + number.encode()), workbook("表", [[number]])):
        assert found_in(plants, data) == {number}, data


def workbook(sheet, rows):
    cells = "".join(f'<row r="{r}">' + "".join(f'<c r="{chr(65 + c)}{r}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
                                               for c, text in enumerate(row) if text) + "</row>" for r, row in enumerate(rows, 1))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                               f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="{escape(sheet)}" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>'}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            book.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return out.getvalue()


HEADERS = ["序号", "行动", "举措", "工作任务", "工作目标", "牵头单位", "责任单位", "配合单位", "督办单位", "牵头领导", "联系电话", "所属地区", "完成时限",
           "进展情况", "完成比例", "备注", "填报人", "微信号", "协调情况"]


def ledger(plants, what):
    """Title, head, rows and a note, with a number in every cell that may hold words."""
    plain = {"序号": "1", "行动": "县域", "举措": "产业", "工作任务": f"建成产业园{what}", "工作目标": "开工项目3个", "牵头单位": "市发展改革局", "责任单位": "市农业农村局",
             "配合单位": "市财政局", "督办单位": "市政府督查室", "牵头领导": "赵甲", "联系电话": "", "所属地区": "子县", "完成时限": "2025年6月底前", "进展情况": "正在选址",
             "完成比例": "20%", "备注": "重点", "填报人": "李九", "微信号": "", "协调情况": "已致电"}
    rows = []
    for n, column in enumerate(HEADERS, 1):   # one planted cell a row beside the columns made for persons: the row stays readable
        row = dict(plain, 序号=str(n), 工作任务=f"建成产业园{what}{n} ")
        row["联系电话"] = plants.written(f"{what}: 联系电话 of row {n}")
        row["牵头领导"] = "赵甲 " + plants.identity(f"{what}: 牵头领导 of row {n}")
        if column not in ("序号", "完成比例", "所属地区", "完成时限"):
            row[column] += (plants.written if n % 2 else plants.identity)(f"{what}: {column}")
        if column == "所属地区":
            row[column] = f"某地{plants.written(f'{what}: 所属地区')}"
        if column == "完成时限":
            row[column] = f"改天联系{plants.written(f'{what}: 完成时限')}"
        rows.append([row[name] for name in HEADERS])
    head = list(HEADERS)
    head[HEADERS.index("协调情况")] += plants.written(f"{what}: header")
    note = ["", "", "填报人：钱乙 " + plants.written(f"{what}: note")]
    return [[f"任务台账 联系{plants.written(f'{what}: title')}"], head, *rows, note]


# --- the doors ---------------------------------------------------------------------------------------------------------------


def plant_ledgers(house, plants):
    for what, name in (("xlsx", f"台账{plants.telephone('file name')}.xlsx"), ("csv", "台账.csv")):
        rows = ledger(plants, what)
        file = workbook(f"任务{plants.telephone('sheet name')}", rows) if what == "xlsx" else as_csv(rows)
        assert len(found_in(plants, file)) > 40
        read = house.write(f"/imports?name={quote(name)}", file, "city_office", kind="application/octet-stream")
        at = f"/imports/{read['id']}"
        while open_ones := {q["id"]: q for q in read["questions"] if q["blocking"] and q["answer"] is None}:
            answers = {q: answer_to(plants, what, q, asked) for q, asked in open_ones.items()}
            read = house.write(f"{at}/answers", {"answers": answers}, "city_office")
        house.write(f"{at}/confirm", {}, "city_office")
        house.ids.setdefault("imports", []).append(read["id"])


def answer_to(plants, what, question, asked):
    if question.startswith("place:"):
        return "none"
    if question.startswith("due:"):
        return "2025-12-31"
    return asked["candidates"][0]["value"] if asked["candidates"] else "市财政局" + plants.telephone(f"{what}: answer")


def as_csv(rows):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("gb18030")


def plant_words(house, plants):
    """Reports, statements and reasons; the answer shows them hidden."""
    tasks = json.loads(house.ask("GET", "/api/v1/tutorial/tasks?limit=500", role="city_office")[2])["items"]
    house.ids["tasks"] = [task["id"] for task in tasks]
    task = next(task for task in tasks if task["state"] == "open" and task["import"])
    seq = task["seq"]

    def act(what, member, number, spell="{}", **more):
        nonlocal seq
        said = house.write(f"/tasks/{task['id']}/{what}", {member: f"请联系张三{spell.format(number)}办理", **more}, "city_office", headers={"If-Match": f'"{seq}"'})
        seq = said["task"]["seq"]

    act("progress", "text", plants.written("progress"))
    act("progress", "text", plants.identity("progress, an identity number"))
    act("request-close", "text", plants.written("statement"))
    act("return", "reason", plants.written("reason of a return"))
    act("request-close", "text", plants.identity("second statement"))
    act("close", "text", plants.written("close"), confirm=True)
    act("reopen", "reason", plants.identity("reason of reopening"))
    house.ids["worked_on"] = task["id"]
    house.write(f"/tasks/{task['id']}/persons", {"reason": reason + plants.written("reason of unmasking")}, "city_office")
    house.evidence.pop()   # this answer is a granted one, looked at below


def plant_accounts(house, plants):
    house.account_phone = plants.telephone("an account's telephone")
    made = house.write("/accounts", {"login": "newcomer", "name": "王五" + plants.written("an account's name"), "phone": house.account_phone, "place": county}, "system_admin")
    house.evidence[-1] = (*house.evidence[-1][:2], {house.account_phone})
    house.write(f"/accounts/{made['account']['id']}/grants", {"role": "department", "place": county, "line": "市财政局" + plants.written("line of a grant")}, "security_admin")


HELPED = {"id": "helped", "is": {"zh": "帮扶对象"}, "fields": [
    {"id": "name", "type": "text", "zh": "名称", "max": 200}, {"id": "code", "type": "code", "zh": "编号"}, {"id": "place", "type": "place", "zh": "所在地"},
    {"id": "owner", "type": "who", "zh": "责任单位", "of": "unit"}, {"id": "remark", "type": "text", "zh": "备注", "max": 500},
    {"id": "contact", "type": "person", "zh": "联系人", "personal": True}, {"id": "card", "type": "text", "zh": "身份证号", "personal": True},
    {"id": "visits", "type": "rows", "zh": "走访", "of": [{"id": "note", "type": "text", "zh": "情况"}, {"id": "met", "type": "text", "zh": "受访人", "personal": True}]},
    {"id": "photo", "type": "file", "zh": "照片", "of": ["pdf"]}, {"id": "scan", "type": "file", "zh": "证件", "personal": True}]}
RECORD_HEADERS = ["编号", "名称", "所在地", "责任单位", "备注", "联系人", "身份证号", "不认识的列"]


def plant_records(house, plants):
    """A register with personal fields: entered, edited, corrected, made void and brought back, files, a sheet in, one taken back."""
    house.write("/registers", {"kind": HELPED, "owner": "市财政局" + plants.written("owner of a register"), "list_number": "2025 " + plants.telephone("list number")}, "city_office")

    def file(door, name):
        said = house.write(f"/files?name={quote(name)}", f"%PDF-1.7 {secrets.token_hex(8)}".encode(), "county_office", kind="application/octet-stream")
        return {"digest": said["digest"], "name": name}

    photo = file("a picture", f"照片{plants.telephone('name of a file')}.pdf")
    scan = file("a certificate", f"证件{plants.telephone('name of a personal file')}.pdf")
    made = house.write("/registers/helped/records", {"fields": {
        "name": "某户 " + plants.written("record: plain text"), "place": county, "owner": "unit:市财政局" + plants.written("record: unit"), "code": "B-1",
        "contact": "张三 " + plants.written("record: contact"), "card": plants.identity("record: card"), "photo": photo, "scan": scan,
        "visits": [{"note": "电话 " + plants.written("record: text of a row"), "met": plants.written("record: person of a row")}]},
        "reason": "联系" + plants.written("reason of an entry")}, "county_office")["id"]
    house.ids["record"], house.ids["photo"] = made, photo["digest"]

    def act(path, body, role="city_office"):
        seq = json.loads(house.ask("GET", f"/api/v1/tutorial/records/{made}", role=role)[2])["seq"]
        house.write(f"/records/{made}/{path}", body, role, headers={"If-Match": f'"{seq}"'})

    act("edit", {"fields": {"remark": "改联系 " + plants.identity("record: edited text")}, "reason": plants.written("reason of an edit")}, "county_office")
    act("out/correct", {"fields": {"contact": "李四 " + plants.written("record: corrected contact")}, "reason": "更正" + plants.written("reason of a correction")})
    act("out/void", {"reason": "作废" + plants.identity("reason of voiding")})
    act("out/restore", {"reason": "恢复" + plants.written("reason of bringing back")})
    house.write(f"/records/{made}/persons", {"reason": reason + plants.written("reason of unmasking a record")}, "city_office")
    house.evidence.pop()   # a granted answer, looked at below
    plant_sheets(house, plants)


def plant_sheets(house, plants):
    """A workbook proposed as a register, and one imported: a number in every cell that may hold words."""
    proposal = workbook("登记" + plants.telephone("proposal: sheet"), ledger(plants, "proposal"))
    house.write(f"/registers/proposals?name={quote('登记' + plants.telephone('proposal: file') + '.xlsx')}", proposal, "city_office", kind="application/octet-stream")
    rows = [["名册 " + plants.written("title of a sheet")], RECORD_HEADERS]
    for n in (2, 3):
        rows.append([f"B-{n}", f"第{n}户 " + plants.written(f"sheet: 名称 of row {n}"), "子县", "市财政局" + plants.written(f"sheet: 责任单位 of row {n}"),
                     "备注 " + plants.identity(f"sheet: 备注 of row {n}"), "王五 " + plants.written(f"sheet: 联系人 of row {n}"),
                     plants.identity(f"sheet: 身份证号 of row {n}"), plants.written(f"a column nobody knows, row {n}")])
    rows.append(["填报人：钱乙 " + plants.written("note of a sheet")])
    book, at = workbook("名册" + plants.telephone("name of a sheet"), rows), "/registers/helped/imports"
    name = quote(f"名册{plants.telephone('name of a sheet file')}.xlsx")
    seen = house.write(f"{at}/preview?name={name}", book, "city_office", kind="application/octet-stream")
    assert seen["counts"]["new"] == 2 and not seen["faults"], seen
    house.write(f"{at}?name={name}&digest={seen['digest']}&seq={seen['seq']}", book, "city_office", kind="application/octet-stream")
    more = workbook("名册", [RECORD_HEADERS, ["B-4", "第4户", "子县", "", "备注 " + plants.written("sheet taken back: 备注"), "赵六 " + plants.written("sheet taken back: 联系人")]])
    seen = house.write(f"{at}/preview?name=b.xlsx", more, "city_office", kind="application/octet-stream")
    done = house.write(f"{at}?name=b.xlsx&digest={seen['digest']}&seq={seen['seq']}", more, "city_office", kind="application/octet-stream")
    house.write(f"{at}/{done['id']}/undo", {"reason": "导错" + plants.written("reason of an undo")}, "city_office")
    listed = json.loads(house.ask("GET", "/api/v1/tutorial/registers/helped/records", role="city_office")[2])["items"]
    house.ids["records"] = [one["id"] for one in listed]
    assert len(listed) == 3, listed


def plant_in_vain(house, plants):
    """What is refused: the answer may name to its sender what was wrong with it; nothing may stay."""
    def send(what, method, path, body=None, role="city_office", **headers):
        status = house.ask(method, path, body, role, headers=headers)[0]
        assert status >= 400, (what, status)

    api = "/api/v1/tutorial"
    send("sign-in name", "POST", f"{api}/session", {"login": plants.telephone("sign-in name tried"), "password": plants.identity("password tried")}, None)
    for _ in range(7):
        send("lock", "POST", f"{api}/session", {"login": "leader", "password": plants.identity("password tried again")}, None)
    send("login", "POST", f"{api}/accounts", {"login": "a" + plants.telephone("sign-in name wanted"), "name": "某", "place": city}, "system_admin")
    send("task id", "GET", f"{api}/tasks/{plants.telephone('id of a task')}")
    send("member", "POST", f"{api}/tasks/{house.ids['worked_on']}/progress", {plants.telephone("name of a member"): "x"}, **{"If-Match": '"1"'})
    record = f"{api}/records/{house.ids['record']}"
    send("record field", "POST", f"{api}/registers/helped/records", {"fields": {plants.telephone("name of a field"): "x"}}, "county_office")
    send("record value", "POST", f"{api}/registers/helped/records", {"fields": {"place": plants.telephone("no place"), "photo": {"digest": plants.telephone("no digest")}}}, "county_office")
    send("record where", "GET", f"{api}/registers/helped/records?where={quote('contact=' + plants.telephone('a filter on persons'))}")
    send("record order", "GET", f"{api}/registers/helped/records?order={plants.telephone('an order')}")
    send("record cursor", "GET", f"{api}/registers/helped/records?cursor={plants.telephone('a cursor')}")
    send("record id", "GET", f"{api}/records/{plants.telephone('id of a record')}")
    send("record step", "POST", f"{record}/steps/{plants.telephone('a step')}", {}, **{"If-Match": '"1"'})
    send("record out", "POST", f"{record}/out/correct", {"fields": {"nothing": plants.telephone("a correction in vain")}, "reason": reason}, **{"If-Match": '"1"'})
    send("record file", "GET", f"{record}/files/{plants.telephone('digest of a file')}")
    send("upload", "POST", f"{api}/files?name={plants.telephone('file of no kind')}", plants.telephone("bytes of no kind").encode(), "county_office")
    send("kind", "POST", f"{api}/registers", {"kind": {"id": plants.telephone("id of a kind"), "is": {}, "fields": []}})
    house.ask("GET", f"{api}/registers/helped/records?q={plants.telephone('search in records')}", role="city_office")
    send("lost race", "POST", f"{api}/tasks/{house.ids['worked_on']}/progress", {"text": plants.telephone("a lost race")}, **{"If-Match": '"1"'})
    send("key", "POST", f"{api}/tasks/{house.ids['worked_on']}/progress", {"text": "x"}, **{"If-Match": '"1"', "Idempotency-Key": plants.telephone("request key")})
    send("behalf", "GET", f"{api}/tasks", **{"Gangmu-On-Behalf-Of": plants.telephone("on behalf of")})
    send("query", "GET", f"{api}/tasks?nothing={plants.telephone('unknown parameter')}")
    house.ask("GET", f"{api}/tasks?q={plants.telephone('search')}", role="city_office", headers={"User-Agent": plants.telephone("user agent"), "X-Request-Id": plants.telephone("request id"),
              "Referer": f"http://127.0.0.1/{plants.telephone('referer')}", "If-None-Match": f'"{plants.telephone("tag")}"'})


# --- looking -----------------------------------------------------------------------------------------------------------------


def addresses(house):
    """Every address of a read, from the program's own description, with everything there is to fill in."""
    api = json.loads(house.ask("GET", "/api/v1/openapi.json")[2])
    assessments = json.loads(house.ask("GET", "/api/v1/tutorial/assessments", role="city_office")[2])["items"]
    sources = json.loads(house.ask("GET", "/api/v1/tutorial/sources", role="city_office")[2])["items"]
    ids = {"tasks": house.ids["tasks"], "imports": house.ids["imports"], "assessments": [a["id"] for a in assessments], "sources": [s["id"] for s in sources], "places": [city, county, town, village], "registers": ["helped"], "records": house.ids["records"]}
    queries = {"explain": [f"place={county}&indicator=V-INC&period=2024"], "observations": ["indicator=V-INC"], "imports": [""], "audit": ["", "act=see_persons"],
               "tasks": ["", "limit=500", "view=closed", *(f"import={i}" for i in house.ids["imports"])]}
    out = set()
    for path, methods in api["paths"].items():
        if "get" not in methods or path.endswith("/changes"):
            continue
        full = [path.replace("{p}", "tutorial")]
        for place in re.findall(r"\{\w+\}", path.replace("{p}", "")):
            noun = path.split("/")[4]
            full = [f.replace(place, i, 1) for f in full for i in (ids[noun] if f"{noun}/{place}" in path else ids["places"])]
        out.update(f + (f"?{q}" if q else "") for f in full for q in queries.get(path.split("/")[-1].removesuffix(".xlsx"), [""]))
    api = "/api/v1/tutorial"
    out |= {f"{api}/records/{house.ids['record']}/files/{quote(house.ids['photo'])}", f"{api}/todo", f"{api}/registers/helped/records?void=true",
            f"{api}/registers/helped/records.xlsx"}
    return sorted(out)


def look_at_answers(house, plants):
    asked = addresses(house)
    granted, sheets = 0, 0
    for role in [None, *roles]:
        for path in asked:
            status, whole, data = house.ask("GET", path, role=role)
            may = {house.account_phone} if role == "system_admin" and path.split("?")[0].endswith("/accounts") else set()
            granted += len(may & found_in(plants, data))
            sheets += data[:2] == b"PK"
            house.evidence.append((f"answer to {role}: GET {path}", whole if data[:2] != b"PK" else data, may))
    print(f"  {len(asked)} addresses × {len(roles) + 1} callers, {sheets} sheets")
    assert sheets > 20 and granted, "what was granted is seen"


def look_at_persons(house, plants):
    """For a reason they are shown, all of them; the reason is written down, where the task is and where audits are."""
    seen, refused = set(), 0
    for role in roles:
        for task in house.ids["tasks"]:
            status, whole, data = house.ask("POST", f"/api/v1/tutorial/tasks/{task}/persons", {"reason": reason}, role)
            if status == 200:
                seen |= found_in(plants, data)
            else:
                refused += 1
                house.evidence.append((f"refusal to {role}: persons of {task}", whole, set()))
    for role in roles:
        for record in house.ids["records"]:
            status, whole, data = house.ask("POST", f"/api/v1/tutorial/records/{record}/persons", {"reason": reason}, role)
            if status == 200:
                seen |= found_in(plants, data)
            else:
                refused += 1
                house.evidence.append((f"refusal to {role}: persons of {record}", whole, set()))
    # Of a contact that was corrected the one before is in the sealed history only.
    hidden = [n for n, door in plants.doors.items() if door.startswith(("record: ", "sheet: ")) and door != "record: contact"]
    hidden += [n for n, door in plants.doors.items() if re.match(r"(xlsx|csv): (?!header|title|note|answer)", door)]
    hidden += [n for n, door in plants.doors.items() if door in ("progress", "progress, an identity number", "statement", "second statement", "close", "reason of a return", "reason of reopening")]
    lost = [plants.doors[n] for n in hidden if n not in seen]
    assert not lost and refused, f"sealed and not shown to who may see it: {lost}"
    history = json.loads(house.ask("GET", f"/api/v1/tutorial/tasks/{house.ids['worked_on']}", role="city_office")[2])["events"]
    assert any(e["act"] == "see-persons" and e["text"].startswith(reason) for e in history)
    items = json.loads(house.ask("GET", "/api/v1/tutorial/audit?act=see_persons&limit=500", role="audit_admin")[2])["items"]
    assert items and all(item["reason"].startswith(reason) and item["actor_name"] for item in items), items[:2]
    print(f"  {len(seen)} numbers shown to who may see them, for a reason; {refused} looks refused; {len(items)} reasons in the audit log")


def look_at_files(house, where, folder):
    files = [path for path in pathlib.Path(folder).rglob("*") if path.is_file() and not path.is_socket()]
    assert files, where
    for path in files:
        house.evidence.append((f"{where}: {path.relative_to(folder)}", path.read_bytes(), set()))


def look_at_what_stays(house):
    """Data folder and keys while it is served, as a kill leaves them, and stopped; then whatever is made of them."""
    def stores(where):
        look_at_files(house, f"data, {where}", house.data)
        look_at_files(house, f"keys, {where}", f"{house.data}.keys")
        if house.postgres:
            look_at_files(house, f"postgres, {where}", f"{house.postgres.home}/data")

    backup, keys = house.work / "backup", house.work / "keys"
    stores("served")
    house.gangmu("backup", "--data", house.data, "--keys", keys, backup)
    house.end(signal.SIGKILL)
    stores("killed")
    house.serve()
    house.end(signal.SIGTERM)
    stores("stopped")
    house.gangmu("export", "--data", house.data, "--programme", "tutorial", house.work / "pack")
    house.gangmu("audit", "verify", "--data", house.data)
    house.gangmu("audit", "head", "--data", house.data)
    house.gangmu("doctor", "--data", house.data)
    house.gangmu("account", "list", "--data", house.data, "--programme", "tutorial")
    house.gangmu("restore", "--drill", "--keys", keys, backup)
    house.gangmu("restore", "--data", house.work / "again", "--keys", keys, backup)
    for name in ("backup", "pack", "again", "keys"):
        look_at_files(house, name, house.work / name)
    if house.postgres:
        house.evidence.append(("pg_dump", house.postgres.run("pg_dump", "-h", house.postgres.home, "-U", "gangmu", "postgres", stdout=subprocess.PIPE), set()))
    log = house.log.read_bytes()
    assert log.count(b'"status":401,"code":"app.sign_in_refused"') > 0 and b'"code":"app.too_many_attempts"' in log, "refusals are logged"
    house.evidence.append(("access and error log", log, set()))


def judge(house, plants):
    leaks, known = {}, {}
    for where, data, may in house.evidence:
        digest = hashlib.sha256(data).digest()   # most files stay as they are from one look to the next
        if digest not in known:
            known[digest] = found_in(plants, data)
        for number in known[digest] - may:
            leaks.setdefault(plants.doors[number], set()).add(where)
    for door, places in sorted(leaks.items()):
        print(f"  LEAK, by {door}: {len(places)} places, such as {sorted(places)[:4]}")
    print(f"  {len(plants.doors)} numbers by as many doors, {len(house.evidence)} answers and files ({sum(len(e[1]) for e in house.evidence) >> 20} MiB) searched, {len(leaks)} doors leak")
    return not leaks


def play(engine):
    print(f"{engine}:")
    postgres = Postgres() if engine == "postgres" else None
    with tempfile.TemporaryDirectory(prefix="gangmu-planted-", dir="/tmp") as folder:
        house = House(program, pathlib.Path(folder), postgres, roles)
        plants = Plants()
        try:
            house.serve()
            house.sign_all_in()
            for role in roles:
                if not role.endswith("_admin"):
                    house.turn_on_second_factor(role)   # who may see persons needs one
            house.write("/assessments", {"scheme": "towns", "period": "2024"}, "city_office")
            plant_ledgers(house, plants)
            plant_accounts(house, plants)
            plant_words(house, plants)
            plant_records(house, plants)
            plant_in_vain(house, plants)
            prove_the_search(plants)
            look_at_persons(house, plants)
            look_at_answers(house, plants)
            look_at_what_stays(house)
            return judge(house, plants)
        finally:
            house.process.kill()
            house.process.wait()
            if postgres:
                postgres.remove()


sys.exit(0 if all([play(engine) for engine in engines]) else 1)
