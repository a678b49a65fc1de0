#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""resist.py PROGRAM: an intruder with a browser, curl and a stolen cookie against the served program: guessing, fixation, forged and
replayed requests, framing, an old token after a change of role, one administrator in another's room. Each attempt is refused, and each
refusal stands in the log with its endpoint, code, account and address; a lock-out and every change of rights in the audit log, too."""
import collections
import json
import pathlib
import secrets
import signal
import sys
import tempfile
import time

from house import House, password, totp

city, county, town = "990900000000", "990901000000", "990901100000"
roles = {"city_office": city, "county_office": county, "town_clerk": town, "leader": city, "system_admin": city, "security_admin": city, "audit_admin": city}
api = "/api/v1/tutorial"
expected = collections.Counter()   # (operation, code) → how often the log must hold it at least


def refused(house, operation, code, method, path, body=None, role=None, status=None, **headers):
    got, whole, data = house.ask(method, path, body, role, headers={k.replace("_", "-"): v for k, v in headers.items()})
    told = json.loads(data)
    assert told["code"] == code and got == (status or told["status"]), (operation, got, told)
    expected[operation, code] += 1
    return whole.decode()


def guessing(house):
    for n in range(6):
        refused(house, "sign_in", "app.sign_in_refused", "POST", f"{api}/session", {"login": "leader", "password": f"guess number {n}"})
    answer = refused(house, "sign_in", "app.too_many_attempts", "POST", f"{api}/session", {"login": "leader", "password": password})
    assert "Retry-After: " in answer, "also with the right one, and for how long"
    for n in range(3):
        refused(house, "first_sign_in", "app.code_refused", "POST", f"{api}/session/first", {"login": "newcomer", "code": f"AAAAAA-BBBBBB-CCCCCC-DDDDD{n}", "password": password})
    deadline = time.monotonic() + 20   # nobody waits for it to be written down, so that no refusal takes longer than another
    while not (locked := house.read("/tutorial/audit?act=sign_in_locked", "audit_admin")["items"]) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert len(locked) == 1 and locked[0]["actor_name"] == "leader", locked
    refusals = house.read("/tutorial/audit?act=sign_in_refused", "audit_admin")["items"]
    assert 1 <= len(refusals) <= 3, refusals


def held_out(house):
    """A stranger guesses at everybody from one address; owners get in from the same one, in their own browser or with a second factor."""
    house.turn_on_second_factor("county_office")
    for n in range(120):   # all names there are, and many that are not
        for name in ("city-office", "county-office", f"name-{n % 60}"):
            house.ask("POST", f"{api}/session", {"login": name, "password": f"guess number {n}", "code": "123456"})
    house.cookies.pop("new", None)
    refused(house, "sign_in", "app.too_many_attempts", "POST", f"{api}/session", {"login": "city-office", "password": password})
    got, _, _ = house.ask("POST", f"{api}/session", {"login": "city-office", "password": password}, headers={"Cookie": house.browsers["city_office"]})
    assert got == 200, "the browser that signed in before"
    house.cookies["city_office"] = house.cookies.pop("new")
    while int(time.time()) % 30 > 25:
        time.sleep(0.5)
    code = totp(house.secrets["county_office"], time.time() + 30)
    assert house.ask("POST", f"{api}/session", {"login": "county-office", "password": "a wrong one", "code": code})[0] == 429, "tells nothing"
    got, _, data = house.ask("POST", f"{api}/session", {"login": "county-office", "password": password, "code": code})
    assert got == 200, (got, data, "password and second factor")
    house.cookies["county_office"] = house.cookies.pop("new")


def reset_by_an_administrator(house):
    """Who resets an account and takes its one-time code has none of its grants."""
    account = next(a for a in house.read("/tutorial/accounts", "system_admin")["items"] if a["login"] == "leader")["id"]
    code = house.write(f"/accounts/{account}/reset", {}, "system_admin")["code"]
    assert house.ask("POST", f"{api}/session/first", {"login": "leader", "code": code, "password": password})[0] == 200
    house.cookies["leader"] = house.cookies.pop("new")
    refused(house, "tasks", "app.forbidden", "GET", f"{api}/tasks", role="leader")
    me = json.loads(house.ask("GET", f"{api}/session", role="leader")[2])
    assert me["must"] == "confirmation" and me["told"] == 1, me
    house.write(f"/accounts/{account}/grants/confirm", {}, "security_admin")
    assert house.ask("POST", f"{api}/session", {"login": "leader", "password": password})[0] == 200
    house.cookies["leader"] = house.cookies.pop("new")
    assert house.ask("GET", f"{api}/tasks", role="leader")[0] == 200
    told = json.loads(house.ask("GET", f"{api}/account", role="leader")[2])["told"]
    assert [one["act"] for one in told] == ["confirm_grants", "reset_account"], told
    wish = {"role": "security_admin", "place": city}
    newcomer = next(a for a in house.read("/tutorial/accounts", "system_admin")["items"] if a["login"] == "newcomer")["id"]
    house.write(f"/accounts/{newcomer}/grants", wish, "security_admin")
    refused(house, "confirm_grants", "app.grant_needs_another", "POST", f"{api}/accounts/{newcomer}/grants/confirm", {}, "security_admin")
    house.write(f"/accounts/{newcomer}/grants/take", wish, "security_admin")


def fixation(house):
    planted = "gangmu-tutorial=2." + "a" * 64
    got, _, _ = house.ask("POST", f"{api}/session", {"login": "county-office", "password": password}, headers={"Cookie": planted})
    fresh = house.cookies.pop("new")
    assert got == 200 and fresh != planted
    refused(house, "tasks", "app.not_signed_in", "GET", f"{api}/tasks", Cookie=planted)
    got, _, _ = house.ask("POST", f"{api}/session", {"login": "county-office", "password": password}, headers={"Cookie": fresh})
    house.cookies["county_office"] = house.cookies.pop("new")
    assert got == 200
    refused(house, "tasks", "app.not_signed_in", "GET", f"{api}/tasks", Cookie=fresh)   # that browser's former session
    for forged in ("", "2.", "1" + fresh[1:], fresh[:-1] + ("1" if fresh[-1] == "0" else "0"), fresh + "0", "gangmu-tutorial=" + "9" * 4000):
        if forged:
            status, _, data = house.ask("GET", f"{api}/tasks", headers={"Cookie": forged if "=" in forged else f"gangmu-tutorial={forged}"})
            assert status in (401, 431), (status, data)


def forged(house):
    """What another site can make a browser send, with its cookie."""
    seq = house.read("/tutorial/tasks/1", "city_office")["task"]["seq"]
    path, body, match = f"{api}/tasks/1/progress", {"text": "forged"}, f'"{seq}"'
    refused(house, "report_progress", "http.cross_site", "POST", path, body, "city_office", Origin="https://evil.example", If_Match=match)
    refused(house, "report_progress", "http.cross_site", "POST", path, body, "city_office", Origin="null", If_Match=match)
    refused(house, "report_progress", "http.cross_site", "POST", path, body, "city_office", Origin=None, Sec_Fetch_Site="cross-site", If_Match=match)
    assert house.ask("POST", path, body, "city_office", headers={"Origin": None, "If-Match": match})[0] == 403, "nor without a word where from"
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        refused(house, "report_progress", "http.body_type", "POST", path, body, "city_office", Content_Type=kind, If_Match=match)
    assert house.ask("GET", path, role="city_office")[0] == 405, "no write by a link or picture"
    assert house.ask("GET", f"{api}/tasks", role="city_office", headers={"Host": "evil.example"})[0] == 421, "nor by a name rebound to us"
    assert not any(e["text"] == "forged" for e in house.read("/tutorial/tasks/1", "city_office")["events"])
    _, whole, _ = house.ask("OPTIONS", path, headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"})
    assert b"access-control-allow" not in whole.lower()


def replayed(house):
    task = house.read("/tutorial/tasks/2", "city_office")["task"]
    key = {"If-Match": f'"{task["seq"]}"', "Idempotency-Key": secrets.token_hex(16)}
    first = house.write("/tasks/2/progress", {"text": "once"}, "city_office", headers=key)
    again = house.write("/tasks/2/progress", {"text": "once"}, "city_office", headers=key)
    assert first["seq"] == again["seq"] and [e["text"] for e in house.read("/tutorial/tasks/2", "city_office")["events"]].count("once") == 1
    refused(house, "report_progress", "store.request_key_reused", "POST", f"{api}/tasks/2/progress", {"text": "twice"}, "city_office", **key)
    refused(house, "first_sign_in", "app.code_refused", "POST", f"{api}/session/first", {"login": "city-office", "code": house.codes["city_office"], "password": password})
    while int(time.time()) % 30 > 25:
        time.sleep(0.5)
    code = totp(house.secrets["audit_admin"], time.time() + 30)   # the next one, which a clock ahead may show: good once
    assert house.ask("POST", f"{api}/session", {"login": "audit-admin", "password": password, "code": code})[0] == 200
    house.cookies["audit_admin"] = house.cookies.pop("new")
    refused(house, "sign_in", "app.sign_in_refused", "POST", f"{api}/session", {"login": "audit-admin", "password": password, "code": code})
    stolen = house.cookies["city_office"]
    house.write("/session/end", {}, "city_office")
    refused(house, "tasks", "app.not_signed_in", "GET", f"{api}/tasks", Cookie=stolen)
    refused(house, "report_progress", "app.not_signed_in", "POST", f"{api}/tasks/2/progress", {"text": "once"}, Cookie=stolen, **key)
    assert house.ask("POST", f"{api}/session", {"login": "city-office", "password": password})[0] == 200
    house.cookies["city_office"] = house.cookies.pop("new")


def framed(house):
    """No page and no answer can be put into another's frame or run another's script."""
    for path in ("/", "/tutorial/tasks", "/api/v1/health", f"{api}/tasks", f"{api}/tasks.xlsx", f"{api}/nothing", "/nothing.js"):
        _, whole, _ = house.ask("GET", path, role="city_office")
        head = whole.split(b"\n\n")[0].decode().lower()
        assert "x-frame-options: deny" in head and "frame-ancestors 'none'" in head and "x-content-type-options: nosniff" in head, (path, head)
        assert "unsafe-inline" not in head and "unsafe-eval" not in head, path


def old_token(house):
    """Taken along after a change of role, a reset, a disabling: worth nothing from that moment on."""
    account = next(a for a in house.read("/tutorial/accounts", "system_admin")["items"] if a["login"] == "town-clerk")["id"]
    old = house.cookies["town_clerk"]
    assert house.ask("GET", f"{api}/tasks", headers={"Cookie": old})[0] == 200
    house.write(f"/accounts/{account}/grants", {"role": "village_clerk", "place": town}, "security_admin")
    refused(house, "tasks", "app.not_signed_in", "GET", f"{api}/tasks", Cookie=old)
    refused(house, "report_progress", "app.not_signed_in", "POST", f"{api}/tasks/1/progress", {"text": "late"}, Cookie=old, If_Match='"1"')
    for act in ("disable", "enable", "reset"):
        house.write(f"/accounts/{account}/{act}", {}, "system_admin")
        refused(house, "tasks", "app.not_signed_in", "GET", f"{api}/tasks", Cookie=old)
    given = house.read("/tutorial/audit?act=give_grant", "audit_admin")["items"]
    assert given and given[0]["actor_name"] == "security_admin", given


def three_administrators(house):
    """Every combination of duties, by every door; each in their own room only; none sees the work."""
    accounts = {a["login"].replace("-", "_"): a["id"] for a in house.read("/tutorial/accounts", "system_admin")["items"]}
    tried = 0
    for target in ("system_admin", "security_admin", "audit_admin", "leader", "county_office"):
        for role in ("system_admin", "security_admin", "audit_admin", "city_office"):
            if role == target or (target in ("leader", "county_office") and role == "city_office"):
                continue
            code = {"security_admin": "app.grant_own"}.get(target, "app.account_of_other_duty" if target.endswith("_admin") else "access.duties_meet")
            refused(house, "give_grant", code, "POST", f"{api}/accounts/{accounts[target]}/grants", {"role": role, "place": city}, "security_admin")
            for other in ("system_admin", "audit_admin", "leader"):
                refused(house, "give_grant", "app.forbidden", "POST", f"{api}/accounts/{accounts[target]}/grants", {"role": role, "place": city}, other)
            tried += 4
    refused(house, "create_account", "app.field_unknown", "POST", f"{api}/accounts", {"login": "trojan", "name": "x", "place": city, "grants": [{"role": "audit_admin", "place": city}]}, "system_admin")
    for act in ("reset", "disable", "sign-out"):
        for target in ("security_admin", "audit_admin"):
            operation = {"reset": "reset_account", "disable": "disable_account", "sign-out": "end_account_sessions"}[act]
            refused(house, operation, "app.account_of_other_duty", "POST", f"{api}/accounts/{accounts[target]}/{act}", {}, "system_admin")
            tried += 1
    rooms = {"accounts": "system_admin", "grants": "security_admin", "audit": "audit_admin"}
    for room, owner in rooms.items():
        for role in roles:
            status = house.ask("GET", f"{api}/{room}", role=role)[0]
            assert status == (200 if role == owner else 401 if role in ("town_clerk",) else 403), (room, role, status)
    for role in rooms.values():
        for path in ("home", "tasks", "tasks/1", "observations?indicator=V-INC", f"places/{county}", "imports", "assessments"):
            assert house.ask("GET", f"{api}/{path}", role=role)[0] == 403, (role, path)
    print(f"  {tried} combinations of duties refused; three rooms, each its own")


def other_units(house):
    """Ids of another unit and ids of nothing answer alike."""
    theirs, nothing = "3", "99999"   # of the other county
    for method, what, body in (("GET", "", None), ("POST", "/progress", {"text": "x"}), ("POST", "/close", {"text": "x"}), ("POST", "/persons", {"reason": "看一看别人"})):
        answers = []
        for task in (theirs, nothing):
            headers = {"If-Match": '"1"'} if what in ("/progress", "/close") else {}
            status, _, data = house.ask(method, f"{api}/tasks/{task}{what}", body, "county_office", headers=headers)
            told = json.loads(data)
            told.pop("request_id")
            answers.append((status, json.dumps(told, ensure_ascii=False).replace(f"“{task}”", "N").replace(f"'{task}'", "N")))
        assert answers[0] == answers[1] and answers[0][0] in (403, 404), answers


def look_at_the_log(house):
    lines = [json.loads(line) for line in house.log.read_text().splitlines() if line.startswith("{")]
    held = collections.Counter((line["operation"], line.get("code")) for line in lines)
    missing = {what: n for what, n in expected.items() if held[what] < n}
    assert not missing, missing
    late = [line for line in lines if line["status"] >= 400 and not (line.get("code") and line.get("peer"))]
    assert not late, late[:3]
    assert any(line.get("code") == "access.duties_meet" and line["actor"].startswith("u") for line in lines), "who tried it"
    print(f"  {sum(expected.values())} refusals of {len(expected)} kinds, all in the log")


def main():
    with tempfile.TemporaryDirectory(prefix="gangmu-resist-", dir="/tmp") as folder:
        house = House(sys.argv[1], pathlib.Path(folder), None, roles)
        try:
            house.serve()
            house.sign_all_in()
            house.write("/accounts", {"login": "newcomer", "name": "新人", "place": county}, "system_admin")
            for attack in (guessing, fixation, forged, replayed, framed, other_units, old_token, three_administrators, reset_by_an_administrator, held_out, look_at_the_log):
                attack(house)
                print(f"  {attack.__name__.replace('_', ' ')}: withstood")
            assert house.end(signal.SIGTERM) == 0
            assert "tutorial" in house.gangmu("doctor", "--data", house.data)
        finally:
            house.process.kill()
            house.process.wait()


main()
