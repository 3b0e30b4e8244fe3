"""The hostile crowd: a process of its own, so that it takes no time from the honest clients' loop. Ends with its standard input."""

import asyncio
import json
import os
import random
import resource
import sys
import uuid
from itertools import count

from web import BROKEN, PATIENCE, pause, request

# Ten times what the daily promises bring on.
SILENT, DRIPPING, STOPPED, READERS = 1250, 1250, 600, 120
# Beyond the cap of connections, in the second half.
FLOOD = 2500
GUESSERS, ASKERS, BREAKERS, BABBLERS = 20, 10, 10, 10
MADE_UP = 10_000
# Bytes of a body that stops: just over what counts as short.
SOME = 8300
JSON = {"Content-Type": "application/json"}


class Crowd:
    """All that is hostile."""

    def __init__(self, told):
        self.told, self.done, self.made_up = told, {}, count()
        self.bearer = {"Authorization": f"Bearer {told['token']}"}
        self.sources = (f"127.0.0.{2 + number % 200}" for number in count())

    def note(self, what):
        """Counts what was done."""
        self.done[what] = self.done.get(what, 0) + 1

    def somewhere(self):
        """The header of a client somewhere in the world."""
        return {"X-Forwarded-For": f"{random.randint(11, 126)}.{random.randint(0, 255)}.{random.randint(0, 255)}.{random.randint(1, 254)}"}

    async def open(self):
        """A connection; each source of a few has ports of its own."""
        return await asyncio.open_connection(*self.told["address"], local_addr=(next(self.sources), 0))

    async def again(self, name, act, every):
        """Does one thing on one connection after the other."""
        await pause(random.random() * 3)
        while True:
            writer = None
            try:
                async with asyncio.timeout(PATIENCE * 2):
                    reader, writer = await self.open()
                    await act(reader, writer)
                self.note(name)
            except BROKEN:
                self.note(f"{name}, broken off")
            finally:
                if writer is not None:
                    writer.transport.abort()
            await pause(every * (0.5 + random.random()))

    async def silent(self, reader, writer):
        """Says nothing, or half a head, until it is closed."""
        writer.write(random.choice([b"", b"POST /api/auth/token HTTP/1.1\r\nHost: ste"]))
        await reader.read()

    async def dripping(self, reader, writer):
        """Sends one byte of a body each second."""
        writer.write(request("POST", "/api/auth/token", JSON | self.somewhere(), length=60_000))
        while not (reader.at_eof() or reader.exception() or writer.is_closing()):
            writer.write(b" ")
            await pause(1)

    async def stopped(self, reader, writer):
        """A stranger's body that stops."""
        await self._stop(reader, writer, "/api/auth/token", 60_000, self.somewhere())

    async def stopped_known(self, reader, writer):
        """The same of somebody who may read only."""
        await self._stop(reader, writer, "/api/organizations", 2_000_000, self.bearer)

    async def _stop(self, reader, writer, path, length, headers):
        writer.write(request("POST", path, JSON | headers, b"x" * SOME, length))
        await reader.read()

    async def never_reading(self, reader, writer):
        """Asks for a big list and reads nothing."""
        writer.transport.pause_reading()
        writer.write(request("GET", self.told["big"] + "?pageSize=200", self.bearer))
        await pause(20)

    async def guess(self, reader, writer):
        """Guesses passwords, of people that there are and of others, from anywhere."""
        email = random.choice([*self.told["people"], f"{uuid.uuid4().hex}@press.example"])
        form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": "http://stele.example"} | self.somewhere()
        writer.write(request("POST", "/sign-in", form, f"email={email}&password={uuid.uuid4().hex}".encode()))
        self.note(f"guess answered {int((await reader.readline())[9:12])}")

    async def made_up_project(self, reader, writer):
        """Asks for projects that there are not."""
        if next(self.made_up) >= MADE_UP:
            await reader.read()
        headers = random.choice([self.bearer, {}]) | self.somewhere()
        writer.write(request("GET", f"{self.told['org']}/projects/{uuid.uuid4()}/apps", headers))
        await reader.readline()

    async def break_off(self, reader, writer):
        """Goes away in the middle."""
        whole = random.choice([
            request("GET", self.told["big"] + "?pageSize=200", self.bearer),
            request("POST", self.told["pages"], JSON | self.bearer, b"{" * 5000),
            request("POST", "/api/auth/token", JSON, b'{"apiKey": "gct_pat_' + b"a" * 200 + b'"}'),
        ])
        writer.write(whole[: random.randint(1, len(whole))])
        await writer.drain()
        await pause(random.random() / 10)

    async def babble(self, reader, writer):
        """Sends what is no HTTP."""
        writer.write(random.choice([
            os.urandom(random.randint(1, 4000)),
            b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\n\r\n",
            b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: y\r\n" % number for number in range(500)) + b"\r\n",
            b"POST /api/auth/token HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
            b"POST /api/auth/token HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n12345",
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + os.urandom(500),
            b"GET / HTTP/9.9\r\n\r\n",
        ]))
        async with asyncio.timeout(5):
            await reader.read(1000)

    async def all(self, heard):
        """Everything at once, and more of it after a while."""
        kinds = [
            ("silent", SILENT, self.silent, 0.2), ("dripping", DRIPPING, self.dripping, 0.2),
            ("bodies that stop, strangers'", STOPPED, self.stopped, 0.1), ("bodies that stop, of a key", STOPPED, self.stopped_known, 0.1),
            ("lists that nobody reads", READERS, self.never_reading, 0.1), ("guesses", GUESSERS, self.guess, 0.05),
            ("made-up projects", ASKERS, self.made_up_project, 0.02), ("requests broken off", BREAKERS, self.break_off, 0.05),
            ("garbage", BABBLERS, self.babble, 0.05),
        ]
        tasks = [asyncio.ensure_future(self.again(name, act, every)) for name, many, act, every in kinds for _ in range(many)]
        await heard.readline()
        tasks += [asyncio.ensure_future(self.again("silent beyond the cap", self.silent, 1)) for _ in range(FLOOD)]
        await heard.read()
        for task in tasks:
            task.cancel()


async def main():
    """Told whom to attack on the first line; the second brings the flood, the end of input the end."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 20_000)), hard))
    heard = asyncio.StreamReader(limit=1 << 20)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(heard), sys.stdin)
    crowd = Crowd(json.loads(await heard.readline()))
    await crowd.all(heard)
    print(json.dumps(dict(sorted(crowd.done.items()))))


if __name__ == "__main__":
    asyncio.run(main())
