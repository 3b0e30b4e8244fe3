"""Ten times the usual load with hostile clients among it, for two minutes: the honest are served, and what they were told stays true."""

import asyncio
import json
import os
import pathlib
import sys
import tempfile
import time

import honest
from honest import Honest, Later, Person, Place
from program import Server, command
from web import Client, pause

SECONDS = int(os.environ.get("STELE_CROWD_SECONDS", "120"))
# What each door serves at least; what it does not serve it puts off, and says for how long.
SERVED = 0.95
# Bodies of callers who are known and of strangers, long answers (32 MB each), three passwords (19 MB each), 4,096 connections, the rest.
MEMORY = 400
# The grace of eight seconds, and the last look around.
END = 10
BIG_ENTRIES = 60


def prepare(data):
    """People with an organization each, and keys."""
    people = [{"email": f"p{n}@press.example", "password": f"a long passphrase {n}", "slug": f"press-{n}"} for n in range(4)]
    for number, person in enumerate(people):
        command(data, "user", "create", "--email", person["email"], "--name", f"Person {number}", said=person["password"] + "\n")
        command(data, "org", "create", "--name", f"Press {number}", "--slug", person["slug"], "--owner", person["email"])
    key = lambda *words: next(word for word in command(data, "keys", "create", "--org", "press-0", *words).split() if word.startswith("gct_"))
    return people, key("--account", "Main", "--role", "admin"), key("--account", "Reader", "--role", "viewer", "--access", "read")


async def furnish(address, key):
    """A project with two websites, one of them with big pages; where everything is."""
    http = Client(address)

    async def post(path, body, token=None):
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        answer = await http.ask("POST", f"/api{path}", headers, json.dumps(body).encode())
        assert answer.status in (200, 201), (path, answer.status, answer.body)
        return answer.json()

    token = (await post("/auth/token", {"apiKey": key}))["token"]
    whoami = (await http.ask("GET", "/api/whoami", {"Authorization": f"Bearer {token}"})).json()
    org = f"/organizations/{whoami['organizations'][0]['id']}"
    project = f"{org}/projects/{(await post(f'{org}/projects', {'name': 'Site'}, token))['id']}"
    small, big = [
        f"{project}/apps/website/{(await post(f'{project}/apps', {'name': name, 'appType': 'website'}, token))['id']}/pages"
        for name in ("Small", "Big")
    ]
    text = [{"type": "section", "columns": [{"blocks": [{"type": "text", "data": {"markdown": "x" * 50_000}}] * 10}]}]
    for number in range(BIG_ENTRIES):
        await post(big, {"name": f"big-{number}", "slug": f"big-{number}", "content": text}, token)
    account = (await post(f"{org}/service-accounts", {"name": "Machines", "role": "editor"}, token))["id"]
    http.close()
    keys = f"/api{org}/service-accounts/{account}/api-keys"
    return {"token": token, "key": key, "organization": org, "pages": f"/api{small}", "big": f"/api{big}", "keys": keys}


async def load(server, place, people, reader):
    """Honest clients alone for a moment, then all; the most memory that was seen."""
    for person in people:
        await person.sign_in("first sign-in")
    for _ in range(30):
        await Honest(place, 0).write()
    most, begun = server.memory(), time.monotonic()
    clients = [asyncio.ensure_future(one) for one in honest.crowd(place, people)]
    token = await Honest(place, 0).token(reader, "first exchange")
    hostile = await asyncio.create_subprocess_exec(
        sys.executable, pathlib.Path(__file__).with_name("hostile.py"), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
    told = {"address": server.address, "token": token, "people": [person.person["email"] for person in people], "pages": place.told["pages"],
            "big": place.told["big"], "org": f"/api{place.told['organization']}"}
    hostile.stdin.write(json.dumps(told).encode() + b"\n")
    flooded = False
    while time.monotonic() - begun < SECONDS:
        if not flooded and time.monotonic() - begun > SECONDS / 2:
            flooded = True
            hostile.stdin.write(b"more\n")
        most = max(most, server.memory())
        await pause(0.2)
    place.over.set()
    await asyncio.gather(*clients)
    # The hostile are still there when the server is told to stop.
    code, took = await asyncio.to_thread(server.terminate)
    hostile.stdin.close()
    done, _ = await hostile.communicate()
    print("hostile:", json.dumps(json.loads(done), indent=1))
    return most, code, took


async def kept(place):
    """Everything that was acknowledged is there, once; what was ended is dead."""
    one = Honest(place, 0)
    token = await one.token(place.told["key"], "kept")
    found = await one.walked(lambda path: one.ask("kept", (200,), "GET", path, token=token))
    assert not set(place.pages) - set(found), f"{len(set(place.pages) - set(found))} acknowledged pages are gone"
    for page_id, page in place.pages.items():
        one.same(page, (await one.ask("kept", (200,), "GET", f"{place.told['pages']}/{page_id}", token=token)).json())
    for name, body, page_id in place.named[-200:]:
        again = await one.ask("kept", (201,), "POST", place.told["pages"], {"Idempotency-Key": name}, body, token)
        assert again.json()["id"] == page_id and again.headers["idempotency-replayed"] == "true", name
    for key in place.live:
        await one.token(key, "kept")
    for key in place.dead:
        refused = await one.ask("kept", (401,), "POST", "/api/auth/token", body={"apiKey": key})
        assert refused.reason == "key_revoked", refused
    for dead in place.dead_tokens:
        await one.ask("kept", (401,), "GET", "/api/whoami", token=dead)
    for cookies in place.ended:
        headers = {"Accept": "text/html", "Cookie": f"stele={cookies['stele']}"}
        await one.ask("kept", (303,), "GET", "/account/keys", headers)
    one.http.close()


def report(place):
    """How each door served."""
    print("honest:")
    for door, tally in sorted(place.doors.items()):
        print(f"  {door}: {1 - place.failed(door):.1%} of {tally.total():,}; {dict(tally)}")
    print(f"acknowledged: {len(place.pages)} pages, {len(place.live)} keys; ended: {len(place.dead)} keys, {len(place.ended)} sessions")


def main():
    """The whole of it; says everything that does not hold."""
    faults = []

    def expect(holds, what):
        if not holds:
            faults.append(what)

    with tempfile.TemporaryDirectory(prefix="stele-crowd-") as folder:
        data, log = f"{folder}/stele.db", pathlib.Path(folder) / "log"
        known, key, reader = prepare(data)
        server = Server(data, log)
        place = Place(server.address, asyncio.run(furnish(server.address, key)))
        people = [Person(place, 240 + number, person) for number, person in enumerate(known)]
        most, code, took = asyncio.run(load(server, place, people, reader))
        report(place)
        for door, tally in sorted(place.doors.items()):
            expect(place.failed(door) <= 1 - SERVED, f"{door}: only {1 - place.failed(door):.1%} of {tally.total()} were served: {dict(tally)}")
        for wrong in place.wrong[:20]:
            expect(False, f"an honest client saw: {wrong}")
        print(f"memory at the most {most:.0f} MB, bound {MEMORY} MB; SIGTERM took {took:.1f} s")
        expect(most < MEMORY, f"memory grew to {most:.0f} MB")
        expect(code == 0 and took < END, f"SIGTERM took {took:.1f} s and ended with {code}")
        command(data, "check")
        server = Server(data, log)
        place.address = server.address
        try:
            asyncio.run(kept(place))
        except (AssertionError, Later, honest.Wrong) as wrong:
            expect(False, f"after the restart: {wrong}")
        expect(server.terminate()[0] == 0, "the second server did not end well")
        command(data, "check")
        expect("panicked" not in log.read_text(encoding="utf-8"), "the program panicked")
        if faults:
            keep = pathlib.Path(tempfile.gettempdir()) / "stele-crowd.log"
            keep.write_text(log.read_text(encoding="utf-8"), encoding="utf-8")
            print(f"the server's log: {keep}")
    for fault in faults:
        print("DOES NOT HOLD:", fault)
    print("the crowd: " + (f"{len(faults)} things do not hold" if faults else "all holds"))
    raise SystemExit(bool(faults))


if __name__ == "__main__":
    main()
