"""Writes what another product had into a website of Stele, through its API. Python 3.11, nothing else.

Where to is told by the environment: STELE_URL, STELE_KEY, STELE_ORGANIZATION, STELE_PROJECT and STELE_APP.
"""

import argparse
import json
import os
import re
import sys
import time
import unicodedata
import urllib.error
import urllib.request
from collections import Counter
from dataclasses import dataclass, field

from markup import markdown_of

# Longest name of an entry, in characters.
NAME_MAX = 200
# A token is renewed so many seconds before its end.
SPARE = 60


@dataclass
class Entry:
    """One page or post. Texts stand by their language; None is that of a product without languages."""

    # What it was there, such as `articles/17`: its name in the report.
    source: str
    slug: str
    titles: dict
    # Each is a kind, `html` or `markdown`, and a text.
    bodies: dict = field(default_factory=dict)
    excerpts: dict = field(default_factory=dict)
    is_published: bool = True
    date: str | None = None
    # Where the picture is, below the address of the other product; `file:` and an id, if it is here already.
    image: str | None = None
    tags: list = field(default_factory=list)
    # `page` or `post`, where the export says it.
    kind: str | None = None
    author: str | None = None


class Refused(Exception):
    """An answer that is no success."""

    def __init__(self, status, body):
        super().__init__(body.get("message", f"status {status}"))
        self.status, self.errors = status, body.get("errors", [])


class Stele:
    """The API, with the tokens of a key."""

    def __init__(self, url, key):
        self._api, self._key, self._token, self._until = f"{url.rstrip('/')}/api", key, None, 0

    def call(self, method, path, body=None):
        """The JSON of an answer."""
        if time.monotonic() > self._until:
            began = time.monotonic()
            told = self._send("POST", "/auth/token", {"apiKey": self._key}, {})
            self._token, self._until = told["token"], began + told["expiresIn"] - SPARE
        return self._send(method, path, body, {"Authorization": f"Bearer {self._token}"})

    def _send(self, method, path, body, headers):
        """`body` is JSON, or bytes as they are."""
        kind = "application/octet-stream" if isinstance(body, bytes) else "application/json"
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(self._api + path, data, {"Content-Type": kind, **headers}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            text = error.read()
            # A proxy in between may have written something else.
            raise Refused(error.code, json.loads(text) if text.startswith(b"{") else {}) from None


def slug_of(*texts):
    """A slug of the first of these of which one can be made."""
    for one in texts:
        plain = "".join(letter for letter in unicodedata.normalize("NFKD", str(one).casefold()) if not unicodedata.combining(letter))
        if slug := re.sub(r"[^a-z0-9]+", "-", plain).strip("-"):
            return slug
    return "entry"


def first(names, *wanted):
    """The first of the wanted names that is there."""
    return next((name for name in wanted if name in names), None)


def instant(text):
    """A moment or a day as the API writes it; `2026-05-01 10:00:00.000Z` is how PocketBase does."""
    return re.sub(r"^(\d{4}-\d\d-\d\d) (\d)", r"\1T\2", text) if text else None


class Writer:
    """Makes entries, and reports each."""

    def __init__(self, options):
        names = {name: os.environ[f"STELE_{name}"] for name in ("URL", "KEY", "ORGANIZATION", "PROJECT", "APP")}
        self.stele = Stele(names["URL"], names["KEY"])
        self.project = f"/organizations/{names['ORGANIZATION']}/projects/{names['PROJECT']}"
        self.website = f"{self.project}/apps/website/{names['APP']}"
        self.kind, self.is_dry, self.files_at, self.file_paths = options.kind, options.dry_run, options.files_at, options.file_paths
        told = self.stele.call("GET", self.project)
        self.languages, self.default = told["enabledLocales"], told["defaultLocale"]
        self.counts = Counter()

    def say(self, word, entry, text=""):
        print(f"{word:<9} {entry.source}{': ' if text else ''}{text}")

    def language(self, entry, code):
        """The project's language for one of the other product; None where it has none."""
        found = self.default if code is None else first(self.languages, code, code.split("-")[0].split("_")[0])
        if found is None:
            self.say("left out", entry, f"the texts in {code}, which is no language of the project")
        return found

    def files(self, entry, text):
        """A text whose files are addressed where they are still served."""
        named = re.compile(rf"(?<=[(\"'])(?={self.file_paths})")
        if self.files_at is None and named.search(text):
            self.say("left out", entry, "files that it shows; --files-at says where they are served")
        return named.sub(self.files_at or "", text)

    def content(self, entry, known):
        """The content tree: Markdown where all of it can be told so, else HTML."""
        bodies = {known[code]: (kind, self.files(entry, text)) for code, (kind, text) in entry.bodies.items() if code in known and text}
        html = {code: text for code, (kind, text) in bodies.items() if kind == "html"}
        told = {code: markdown_of(text) for code, text in html.items()}
        if None in told.values():
            told = {}
        else:
            html = {}
        markdown = {code: text for code, (kind, text) in bodies.items() if kind == "markdown"} | told
        blocks = [{"type": "text", "data": {"markdown": markdown}}] if any(markdown.values()) else []
        blocks += [{"type": "html", "data": {"html": html}}] if html else []
        return [{"columns": [{"blocks": blocks}]}] if blocks else []

    def body(self, entry):
        """What makes the entry."""
        codes = dict.fromkeys([*entry.titles, *entry.bodies])
        known = {code: found for code in codes if (found := self.language(entry, code))}
        by_language = lambda texts: {known[code]: text for code, text in texts.items() if code in known and text}
        titles, excerpts = by_language(entry.titles), by_language(entry.excerpts)
        name = titles.get(self.default) or next(iter(titles.values()), entry.slug)
        made = {
            "name": name[:NAME_MAX],
            "slug": entry.slug,
            "title": titles,
            "status": "published" if entry.is_published else "draft",
            "content": self.content(entry, known),
            "tags": entry.tags,
        }
        if (entry.kind or self.kind) == "post":
            made |= {"excerpt": excerpts, "publishDate": entry.date} | ({"authorName": entry.author} if entry.author else {})
        elif excerpts:
            made["seo"] = {"description": excerpts}
        if entry.image and entry.image.startswith("file:"):
            made["featuredImageUrl"] = entry.image
        elif entry.image and self.files_at is not None:
            made["featuredImageUrl"] = self.files_at + entry.image
        elif entry.image:
            self.say("left out", entry, "its picture; --files-at says where it is served")
        return made

    def write(self, entry):
        """Makes one entry, unless it is there; its path, if it was made."""
        body = self.body(entry)
        if self.is_dry:
            self.say("would be", entry, json.dumps(body, ensure_ascii=False))
            self.counts["would be made"] += 1
            return None
        path = None
        try:
            path, word = self.stele.call("POST", f"{self.website}/{entry.kind or self.kind}s", body)["path"], "made"
            self.say(word, entry, path)
        except Refused as refused:
            # An address is taken by what an earlier run made.
            word = "there" if any(fault["code"] == "taken" for fault in refused.errors) else "refused"
            self.say(word, entry, f"{refused} {' '.join(fault['message'] for fault in refused.errors[1:])}".strip())
        self.counts[word] += 1
        return path

    def end(self):
        """Tells how many there were, and ends the program: with 1 where something was refused."""
        print(", ".join(f"{count} {word}" for word, count in sorted(self.counts.items())) or "nothing found")
        sys.exit(1 if self.counts["refused"] else 0)


def arguments(description, file):
    """The options that all of the scripts have."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("file", help=file)
    parser.add_argument("--as", dest="kind", choices=("page", "post"), default="post", help="what becomes of it (post)")
    parser.add_argument("--field", action="append", default=[], metavar="NAME=THEIRS", help="title, slug, body, excerpt, date, status, image or tags, where theirs is called otherwise")
    parser.add_argument("--files-at", metavar="ADDRESS", help="where their files are still served: pictures go on being shown from there")
    parser.add_argument("--dry-run", action="store_true", help="say what would be made, and make nothing")
    return parser


def main(read, parser, file_paths):
    """Reads with `read`, writes, and ends the program."""
    options = parser.parse_args()
    options.field = dict(one.split("=", 1) for one in options.field)
    options.files_at, options.file_paths = options.files_at and options.files_at.rstrip("/"), file_paths
    writer = Writer(options)
    for entry in read(options):
        writer.write(entry)
    writer.end()
