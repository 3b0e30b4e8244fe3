"""A small HTTP/1.1 client: one connection that is kept, as common clients do it."""

import asyncio
import json
from dataclasses import dataclass

# Whoever waits longer for an answer has none.
PATIENCE = 30
# What goes wrong on a connection.
BROKEN = (OSError, EOFError, ValueError, asyncio.TimeoutError)


@dataclass
class Answer:
    """Status, headers by their small names, cookies that were set, and the body."""

    status: int
    headers: dict
    cookies: dict
    body: bytes

    def json(self):
        """The body, read."""
        return json.loads(self.body)

    @property
    def reason(self):
        """The machine word of a refusal."""
        try:
            return self.json().get("reason", "")
        except ValueError:
            return ""


async def pause(seconds):
    """Lets so much time pass: what a client does between two requests."""
    done = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(seconds, lambda: done.done() or done.set_result(None))
    await done


def request(method, path, headers, body=b"", length=None):
    """The bytes of a request; `length` is announced where it is not that of the body."""
    lines = [f"{method} {path} HTTP/1.1", "Host: stele.example", *(f"{name}: {value}" for name, value in headers.items())]
    if body or method not in ("GET", "HEAD"):
        lines.append(f"Content-Length: {length or len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Client:
    """A client that asks one thing after the other."""

    def __init__(self, address):
        self.address, self.reader, self.writer = address, None, None

    async def ask(self, method, path, headers=None, body=b"", repeatable=True):
        """The answer. A request that met the end of a connection that was kept is sent once more, where that does no harm."""
        kept = self.reader is not None and not self.reader.at_eof()
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._once(method, path, headers or {}, body)
        except asyncio.TimeoutError:
            self.close()
            raise
        except BROKEN:
            self.close()
            if not (kept and repeatable):
                raise
        async with asyncio.timeout(PATIENCE):
            return await self._once(method, path, headers or {}, body)

    async def _once(self, method, path, headers, body):
        if self.reader is None or self.reader.at_eof():
            self.close()
            self.reader, self.writer = await asyncio.open_connection(*self.address)
        try:
            self.writer.write(request(method, path, headers, body))
            await self.writer.drain()
            answer = await self._read(method)
        except BaseException:
            self.close()
            raise
        if answer.headers.get("connection", "").lower() == "close":
            self.close()
        return answer

    async def _read(self, method):
        status = int((await self._line()).split(" ")[1])
        headers, cookies = {}, {}
        while line := await self._line():
            name, value = line.split(":", 1)
            if name.lower() == "set-cookie":
                cookie, content = value.split(";")[0].strip().split("=", 1)
                cookies[cookie] = content
            headers[name.lower()] = value.strip()
        if method == "HEAD" or status in (204, 304):
            return Answer(status, headers, cookies, b"")
        if headers.get("transfer-encoding") == "chunked":
            return Answer(status, headers, cookies, b"".join([piece async for piece in self._pieces()]))
        return Answer(status, headers, cookies, await self.reader.readexactly(int(headers.get("content-length", 0))))

    async def _pieces(self):
        while size := int(await self._line(), 16):
            yield await self.reader.readexactly(size)
            await self._line()
        await self._line()

    async def _line(self):
        line = await self.reader.readline()
        if not line.endswith(b"\r\n"):
            raise EOFError("the connection ended")
        return line[:-2].decode("latin-1")

    def close(self):
        """Gives the connection up."""
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None
