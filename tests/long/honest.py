"""The honest clients, and what they were promised."""

import asyncio
import json
import random
from collections import Counter, defaultdict
from urllib.parse import urlencode

from web import BROKEN, Client, pause

# Statuses that say "later"; they say when.
LATER = (429, 503)
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Origin": "http://stele.example"}
ORIGIN = "http://stele.example"


class Later(Exception):
    """Refused for now."""


class Wrong(Exception):
    """An answer that no honest client may get."""


class Place:
    """What is promised to all of them, and how each door served them."""

    def __init__(self, address, told):
        self.address, self.told = address, told
        self.over = asyncio.Event()
        self.doors, self.wrong = defaultdict(Counter), []
        # Acknowledged: pages by id, names of requests with the page they made, keys that live, keys and tokens that are dead.
        self.pages, self.named, self.live, self.dead, self.dead_tokens, self.ended = {}, [], [], [], [], []

    def failed(self, door):
        """The share of this door's requests that were not served."""
        return 1 - self.doors[door]["served"] / max(self.doors[door].total(), 1)


class Honest:
    """One honest client, from an address of its own."""

    def __init__(self, place, number):
        self.place, self.number, self.http = place, number, Client(place.address)
        self.from_here = {"X-Forwarded-For": f"198.51.100.{number % 250 + 1}"}

    async def ask(self, door, wanted, method, path, headers=None, body=None, token=None, repeatable=True):
        """The answer, which has one of the statuses that are `wanted`; or Later."""
        headers = self.from_here | (headers or {}) | ({"Authorization": f"Bearer {token}"} if token else {})
        if isinstance(body, dict):
            headers, body = headers | JSON, json.dumps(body).encode()
        tally = self.place.doors[door]
        try:
            answer = await self.http.ask(method, path, headers, body or b"", repeatable)
        except BROKEN as error:
            tally["broken"] += 1
            raise Wrong(f"{door}: {method} {path}: {type(error).__name__} {error}") from error
        if answer.status in LATER and answer.headers.get("retry-after", "").isdigit():
            tally[f"later ({answer.status})"] += 1
            raise Later(answer.headers["retry-after"])
        if answer.status not in wanted:
            tally[f"wrong ({answer.status})"] += 1
            raise Wrong(f"{door}: {method} {path}: {answer.status} {answer.body[:300]!r}")
        tally["served"] += 1
        return answer

    async def live(self, act, every):
        """Does one thing after the other until all is over."""
        while not self.place.over.is_set():
            try:
                await act()
            except Later:
                pass
            except Wrong as wrong:
                self.place.wrong.append(str(wrong))
            await pause(every * (0.5 + random.random()))
        self.http.close()

    async def token(self, key, door="exchange"):
        """Exchanges a key."""
        return (await self.ask(door, (200,), "POST", "/api/auth/token", body={"apiKey": key})).json()["token"]

    async def read(self):
        """Reads a page that was acknowledged, as it was."""
        page_id, page = random.choice(list(self.place.pages.items()))
        found = await self.ask("read", (200,), "GET", f"{self.place.told['pages']}/{page_id}", token=self.place.told["token"])
        self.same(page, found.json())

    def same(self, page, found):
        """What is read is what was acknowledged."""
        if any(found[name] != value for name, value in page.items()):
            raise Wrong(f"another page than was acknowledged: {page} {found}")

    async def read_much(self):
        """Reads a list that is long in bytes, to its end."""
        path = f"{self.place.told['big']}?pageSize=8"
        found = await self.ask("long answer", (200,), "GET", path, token=self.place.told["token"])
        if len(found.json()["data"]) != 8:
            raise Wrong("a long list lacks entries")

    async def walk(self):
        """Walks through the list: all that was acknowledged before is in it, once."""
        before, found = set(self.place.pages), await self.walked(lambda path: self.ask(
            "list", (200,), "GET", path, token=self.place.told["token"]))
        if before - set(found) or len(found) != len(set(found)):
            raise Wrong(f"a walk misses {len(before - set(found))} and repeats {len(found) - len(set(found))}")

    async def walked(self, get):
        """The ids of all pages, in the order of the list."""
        found, after = [], ""
        while after is not None:
            path = f"{self.place.told['pages']}?lite=true&pageSize=100" + (f"&after={after}" if after else "")
            for tries in range(100):
                try:
                    listed = (await get(path)).json()
                    break
                except Later:
                    await pause(0.5)
            else:
                raise Wrong("a walk was never let on")
            found += [page["id"] for page in listed["data"]]
            after = listed["meta"].get("next")
        return found

    async def write(self):
        """Makes a page under a name, and repeats the request until it is answered."""
        name = f"w{self.number}-{len(self.place.named)}-{random.getrandbits(32):x}"
        text = [{"type": "section", "columns": [{"blocks": [{"type": "text", "data": {"markdown": f"The text of {name}. " * 40}}]}]}]
        body, named = {"name": name, "slug": name, "content": text}, {"Idempotency-Key": name}
        for _ in range(20):
            try:
                made = await self.ask("write", (201,), "POST", self.place.told["pages"], named, body, self.place.told["token"])
            except Later:
                await pause(1)
                continue
            page = made.json()
            self.place.pages[page["id"]] = {"id": page["id"], "name": name, "slug": name, "content": page["content"]}
            self.place.named.append((name, body, page["id"]))
            return
        raise Wrong(f"{name} was never let in")

    async def exchange(self):
        """Exchanges a key and asks who it is."""
        token = await self.token(self.place.told["key"])
        await self.ask("whoami", (200,), "GET", "/api/whoami", token=token)

    async def key(self):
        """Makes a key and uses it; every second one is revoked, and dead at once."""
        told = self.place.told
        name = f"k{self.number}-{random.getrandbits(64):x}"
        # A request for a key is not sent twice unseen: the repeat would not tell the key.
        made = await self.ask("key made", (201,), "POST", told["keys"], {}, {"name": name}, told["token"], repeatable=False)
        secret, key_id = made.json()["key"], made.json()["id"]
        token = await self.token(secret, "exchange of a new key")
        if random.random() < 0.5:
            self.place.live.append(secret)
            return
        path = f"/api{told['organization']}/api-keys/{key_id}/revoke"
        await self.ask("revocation", (200, 201), "POST", path, {}, {"reason": "no longer needed"}, told["token"])
        self.place.dead.append(secret)
        self.place.dead_tokens.append(token)
        await self.ask("whoami, dead", (401,), "GET", "/api/whoami", token=token)
        refused = await self.ask("exchange, dead", (401,), "POST", "/api/auth/token", body={"apiKey": secret})
        if refused.reason != "key_revoked":
            raise Wrong(f"a revoked key is told {refused.reason}")

    async def health(self):
        """Asks whether the server is there."""
        await self.ask("health", (200,), "GET", "/api/health/echo")


class Person(Honest):
    """Somebody in a browser that signed in before."""

    def __init__(self, place, number, person):
        super().__init__(place, number)
        self.person, self.cookies = person, {}

    def jar(self):
        """The cookies, as a browser sends them."""
        return FORM | {"Accept": "text/html"} | ({"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {})

    async def sign_in(self, door="sign-in"):
        """Signs in."""
        form = urlencode({"email": self.person["email"], "password": self.person["password"]}).encode()
        answer = await self.ask(door, (303,), "POST", "/sign-in", self.jar(), form)
        self.cookies |= answer.cookies

    async def visit(self):
        """Signs in, looks at a page, and signs out; the session is over then."""
        if "stele" not in self.cookies:
            await self.sign_in()
        path = f"/o/{self.person['slug']}/settings/keys"
        await self.ask("page of the console", (200,), "GET", path, self.jar())
        before = dict(self.cookies)
        await self.ask("sign-out", (303,), "POST", "/sign-out", self.jar(), b"x=")
        del self.cookies["stele"]
        self.place.ended.append(before)
        await self.ask("page of the console, signed out", (303,), "GET", path, self.jar() | {"Cookie": f"stele={before['stele']}"})


def crowd(place, people):
    """All honest clients, ten times as many as in the daily promises, with the pauses between their acts."""
    number = iter(range(1, 10_000))
    kinds = [(20, Honest.read, 0.2), (5, Honest.walk, 1), (2, Honest.read_much, 2), (20, Honest.write, 0.5), (5, Honest.exchange, 0.3),
             (5, Honest.key, 0.5), (1, Honest.health, 0.1)]
    for many, act, every in kinds:
        for _ in range(many):
            one = Honest(place, next(number))
            yield one.live(lambda act=act, one=one: act(one), every)
    for one in people:
        yield one.live(one.visit, 1)
