"""What was ended stays ended when the clock of the whole system is set back, under the program and before its next start. The clock is
Debian's faketime, which takes the place of the system's; nothing in the program knows of it."""

import email
import email.policy
import glob
import os
import re
import signal
import socketserver
import subprocess
import threading
from queue import Queue

import httpx
import pytest

PASSWORD, NEW = "correct horse battery", "a new battery staple"
OWNER = "paula@acme.example"


class Mail(socketserver.ThreadingTCPServer):
    """As much of a mail server (RFC 5321) as a sender needs; it keeps what it gets."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Talk)
        self.emails = Queue()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def link(self):
        """The path of the link in the next email."""
        message = email.message_from_bytes(self.emails.get(timeout=60), policy=email.policy.default)
        return re.search(r"http://[^/\s]+(/\S+)", message.get_content())[1]


class Talk(socketserver.StreamRequestHandler):
    """One sender."""

    def handle(self):
        self.wfile.write(b"220 here\r\n")
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = iter(self.rfile.readline, b".\r\n")
                self.server.emails.put(b"".join(line.removeprefix(b".") for line in lines))
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 yes\r\n")
            if word == b"QUIT":
                return


class Program:
    """A server on a file, with a clock of its own."""

    def __init__(self, binary, folder, mail):
        self.binary, self.data, self.offset = binary, folder / "stele.db", folder / "offset"
        libraries = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
        assert libraries, "faketime is missing; tests/run installs it"
        self.clock = {
            "LD_PRELOAD": libraries[0],
            "FAKETIME_TIMESTAMP_FILE": str(self.offset),
            "FAKETIME_NO_CACHE": "1",
            "DONT_FAKE_MONOTONIC": "1",
        }
        mail = f"smtp://127.0.0.1:{mail.server_address[1]}"
        self.settings = ["--listen", "127.0.0.1:0", "--public-url", "http://stele.example", "--smtp-url", mail]
        self.settings += ["--mail-from", "stele@acme.example"]
        self.at(0)

    def at(self, minutes):
        """Sets the clock: so many minutes after the real one."""
        # Read as a whole or not at all.
        new = self.offset.with_suffix(".new")
        new.write_text(f"+{minutes * 60}\n")
        new.replace(self.offset)

    def run(self, *command, typed=""):
        """Runs a command to its end; what it prints."""
        command = [self.binary, *command, "--data", self.data]
        return subprocess.run(command, input=typed, capture_output=True, text=True, check=True, timeout=60).stdout

    def start(self):
        command = [self.binary, "serve", *self.settings, "--data", self.data]
        env = {**os.environ, **self.clock}
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=env)
        said = []
        for line in self.process.stderr:
            said.append(line)
            if found := re.search(r"address=(\S+)", line):
                break
        else:
            pytest.fail(f"no start:\n{''.join(said)}")
        # The rest is read too, or the program would wait for somebody to do so.
        threading.Thread(target=self.process.stderr.read, daemon=True).start()
        self.client = httpx.Client(base_url=f"http://{found[1]}", timeout=30)

    def stop(self):
        self.client.close()
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(timeout=20) == 0

    def kill(self):
        self.process.kill()
        self.process.wait()

    def exchange(self, key):
        return self.client.post("/api/auth/token", json={"apiKey": key})

    def token(self, key):
        return self.exchange(key).raise_for_status().json()["token"]

    def call(self, method, path, token, **request):
        return self.client.request(method, f"/api{path}", headers={"Authorization": f"Bearer {token}"}, **request)

    def whoami(self, token):
        """The status, and the reason of a refusal."""
        answer = self.call("GET", "/whoami", token)
        return answer.status_code, answer.json().get("reason")

    def form(self, path, session=None, **fields):
        """Sends a form as a page of the console does."""
        self.client.cookies.clear()
        headers = {"Sec-Fetch-Site": "same-origin", **({"Cookie": f"stele={session}"} if session else {})}
        return self.client.post(path, data=fields, headers=headers)

    def sign_in(self, password=PASSWORD):
        answer = self.form("/sign-in", email=OWNER, password=password, next="")
        assert answer.status_code == 303, answer.text
        return re.search(r"stele=([^;]+)", "; ".join(answer.headers.get_list("set-cookie")))[1]

    def page(self, path, session=None):
        """The status of a page of the console; 303 leads to the sign-in."""
        self.client.cookies.clear()
        return self.client.get(path, headers={"Cookie": f"stele={session}"} if session else {}).status_code


@pytest.fixture
def program(binary, tmp_path):
    """A running server with an organization."""
    with Mail() as mail:
        program = Program(binary, tmp_path, mail)
        program.mail = mail
        program.run("user", "create", "--email", OWNER, "--name", "Paula", typed=f"{PASSWORD}\n")
        program.run("org", "create", "--name", "Acme", "--slug", "acme", "--owner", OWNER)
        program.admin = program.run("keys", "create", "--org", "acme", "--account", "Deployment", "--role", "admin").strip().split()[-1]
        program.start()
        try:
            yield program
        finally:
            program.kill()
            mail.shutdown()


def test_the_clock_of_the_program_is_the_one_that_is_set(program):
    shown = program.client.get("/api/health/echo").headers["date"]
    program.at(24 * 60)
    program.stop()
    program.start()
    assert program.client.get("/api/health/echo").headers["date"][:16] != shown[:16], "a day later"


def test_what_was_ended_stays_ended_under_a_clock_that_is_set_back(program):
    admin = program.token(program.admin)
    org = program.call("GET", "/organizations/by-slug/acme", admin).raise_for_status().json()["id"]

    def made():
        """A service account with a key and a token of it."""
        account = program.call("POST", f"/organizations/{org}/service-accounts", admin, json={"name": "One", "role": "viewer"}).json()["id"]
        key = program.call("POST", f"/organizations/{org}/service-accounts/{account}/api-keys", admin, json={"name": "Key"}).json()
        return {"account": account, "id": key["id"], "key": key["key"], "token": program.token(key["key"])}

    def act(method, path, **body):
        program.call(method, f"/organizations/{org}{path}", admin, **({"json": body} if method != "DELETE" else {})).raise_for_status()

    revoked, replaced, cut, disabled, gone, alive, lapsed = (made() for _ in range(7))
    single, sibling = program.token(alive["key"]), alive["token"]
    ended, kept = program.sign_in(), program.sign_in()
    invited = program.call("POST", f"/organizations/{org}/invitations", admin, json={"email": "nina@new.example", "role": "viewer"}).json()
    invitation = program.mail.link()
    assert program.form("/password/forgot", email=OWNER).status_code == 303
    reset = program.mail.link()
    assert (program.page(invitation), program.page(reset), program.page("/account/profile", ended)) == (200, 200, 200)

    # Five minutes later all of it is ended, and then it is a minute after it was made.
    program.at(5)
    act("POST", f"/api-keys/{revoked['id']}/revoke", reason="Lost")
    act("POST", f"/api-keys/{replaced['id']}/regenerate", grace="none")
    act("POST", f"/api-keys/{cut['id']}/regenerate", grace="1h")
    act("POST", f"/api-keys/{cut['id']}/revoke")
    act("POST", f"/api-keys/{lapsed['id']}/regenerate", grace="1h")
    act("PATCH", f"/service-accounts/{disabled['account']}", disabled=True)
    act("DELETE", f"/service-accounts/{gone['account']}")
    act("DELETE", f"/invitations/{invited['id']}")
    assert program.client.post("/oauth/revoke", data={"token": single, "client_secret": alive["key"]}).status_code == 200
    assert program.form("/sign-out", ended).status_code == 303
    # A grace period that was over ended then: its key is revoked, and nothing else could be meant.
    program.at(70)
    assert program.exchange(lapsed["key"]).status_code == 401
    admin = program.token(program.admin)
    act("POST", f"/api-keys/{lapsed['id']}/revoke")
    program.at(1)

    def look():
        for one in (revoked, replaced, cut, lapsed, gone):
            assert program.whoami(one["token"]) == (401, "key_revoked")
            answer = program.exchange(one["key"])
            assert (answer.status_code, answer.json()["reason"]) == (401, "key_revoked")
        assert program.whoami(disabled["token"]) == (401, "owner_inactive")
        assert program.exchange(disabled["key"]).json()["reason"] == "owner_inactive"
        assert program.whoami(single) == (401, "token_revoked")
        assert program.page("/account/profile", ended) == 303
        assert program.page(invitation) == 404
        # What nobody ended goes on.
        assert program.whoami(sibling)[0] == 200
        assert program.exchange(alive["key"]).status_code == 200

    look()
    assert (program.page("/account/profile", kept), program.page(reset)) == (200, 200)
    program.stop()
    program.start()
    look()

    # A new password ends every session, and the link that set it.
    program.at(6)
    token = reset.split("token=")[1]
    assert program.form("/password/reset", token=token, password=NEW).status_code == 303
    program.at(2)
    for _ in range(2):
        assert (program.page("/account/profile", kept), program.page(reset)) == (303, 404)
        assert program.form("/password/reset", token=token, password=PASSWORD).status_code == 404
        assert program.form("/sign-in", email=OWNER, password=PASSWORD, next="").status_code == 422
        program.stop()
        program.start()
    assert program.page("/account/profile", program.sign_in(NEW)) == 200
    look()
