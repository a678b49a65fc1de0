# SPDX-License-Identifier: Apache-2.0
"""A store of the tutorial, served by the built program, and those who ask it: with accounts of the roles wanted, or without any."""
import base64
import hashlib
import hmac
import http.client
import json
import os
import pathlib
import re
import secrets
import struct
import subprocess
import time

root = pathlib.Path(__file__).resolve().parent.parent
password = "木棉花开 in spring 2026"


def totp(secret, at=None):
    """RFC 6238 of a key in base32."""
    mac = hmac.new(base64.b32decode(secret + "=" * (-len(secret) % 8)), struct.pack(">Q", int(at or time.time()) // 30), hashlib.sha1).digest()
    return str((int.from_bytes(mac[mac[19] & 15:][:4], "big") & 0x7fffffff) % 10**6).zfill(6)


class House:
    """`evidence`: whatever the program said, as (where, bytes, numbers that may be there)."""

    def __init__(self, program, work, postgres=None, roles=None):
        self.program, self.work, self.data, self.postgres, self.roles = os.path.abspath(program), work, work / "data", postgres, roles or {}
        self.log = work / "log"
        self.evidence, self.cookies, self.browsers, self.ids, self.codes, self.secrets, self.process = [], {}, {}, {}, {}, {}, None
        where = ["--postgres", postgres.connection] if postgres else []
        self.gangmu("init", "--data", self.data, *where, "programmes/tutorial")
        self.gangmu("load", "--data", self.data, "--yes", "programmes/tutorial")
        for role, place in self.roles.items():
            line = ["--line", "市发展改革局"] if role == "department" else []
            said = self.gangmu("account", "create", "--data", self.data, "--programme", "tutorial", "--login", role.replace("_", "-"), "--name", role, "--role", role, "--place", place, *line)
            self.codes[role] = re.search(r"[A-Z2-7]{6}(-[A-Z2-7]{6}){3}", said)[0]

    def gangmu(self, *words, ends=0):
        done = subprocess.run([self.program, *words], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.evidence.append((f"what gangmu {words[0]} said", done.stdout, set()))
        assert done.returncode == ends, (words, done.returncode, done.stdout.decode())
        return done.stdout.decode()

    def serve(self, **environment):
        self.process = subprocess.Popen([self.program, "serve", "--data", self.data, "--port", "0"], stdout=subprocess.PIPE, stderr=open(self.log, "ab"),
                                        env={**os.environ, **environment})
        for line in self.process.stdout:
            if found := re.search(rb"http://127\.0\.0\.1:(\d+)/", line):
                self.port = int(found[1])
                return
        raise RuntimeError(f"the server ended with {self.process.wait()}: {self.log.read_text()[-2000:]}")

    def end(self, how):
        self.process.send_signal(how)
        return self.process.wait()

    def ask(self, method, path, body=None, role=None, headers=None, kind="application/json", timeout=60):
        """(status, head and body, body). `body`: bytes of a file, or what becomes JSON. A header of None is left out."""
        sent = {"Origin": f"http://127.0.0.1:{self.port}", **({"Cookie": self.cookies[role]} if role else {})}
        if method == "POST":
            sent |= {"Idempotency-Key": secrets.token_hex(16), "Content-Type": kind}
            body = body if isinstance(body, bytes) else json.dumps(body if body is not None else {}).encode()
        sent = {name: value for name, value in {**sent, **(headers or {})}.items() if value is not None}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            data = answer.read()
        finally:
            connection.close()
        head = "\n".join(f"{k}: {v}" for k, v in answer.getheaders() if k.lower() != "set-cookie").encode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            kind = self.browsers if cookie.startswith("gangmu_browser") else self.cookies
            kind[role or "new"] = cookie.split(";")[0]
        return answer.status, head + b"\n\n" + data, data

    def read(self, path, role=None):
        status, _, data = self.ask("GET", f"/api/v1{path}", role=role)
        assert status == 200, (path, status, data.decode())
        return json.loads(data)

    def write(self, path, body, role=None, **more):
        """A write that must be taken; what it answers is evidence."""
        status, whole, data = self.ask("POST", f"/api/v1/tutorial{path}", body, role, **more)
        assert status in (200, 201), (path, status, data.decode())
        self.evidence.append((f"answer to {role}: POST {path.split('?')[0]}", whole, set()))
        return json.loads(data)

    def turn_on_second_factor(self, role):
        """The authenticator; the token is another one then."""
        self.secrets[role] = self.write("/account/second-factor", {"password": password}, role)["secret"]
        self.write("/account/second-factor/confirm", {"code": totp(self.secrets[role])}, role)

    def sign_all_in(self):
        for role in self.roles:
            self.write("/session/first", {"login": role.replace("_", "-"), "code": self.codes[role], "password": password})
            self.cookies[role], self.browsers[role] = self.cookies.pop("new"), self.browsers.pop("new")
            if role.endswith("_admin"):
                self.turn_on_second_factor(role)
