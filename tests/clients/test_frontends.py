"""The code in `docs/frontends.md` builds sites from a sandbox: with Node alone, and with Astro. What it does is seen in the files that it leaves."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "frontends.md"
# **`name`**, and the block that follows.
BLOCK = re.compile(r"^\*\*`([^`]+)`\*\*\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILES = dict(BLOCK.findall(PAGE.read_text()))
# Where Astro looks for what.
PLACES = {"loader.mjs": "src", "content.config.mjs": "src", "[...path].astro": "src/pages"}


@pytest.fixture
def folder(tmp_path):
    """A folder with the files of the page, and with packages but no cache that another site has left."""
    for name, text in FILES.items():
        file = tmp_path / PLACES.get(name, "") / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    modules = tmp_path / "node_modules"
    modules.mkdir()
    for package in (HERE / "node_modules").iterdir():
        if not package.name.startswith("."):
            (modules / package.name).symlink_to(package)
    return tmp_path


@pytest.fixture
def site(fresh):
    """The website of the demo, and what is done to it."""
    return Site(fresh)


class Site:
    def __init__(self, sandbox):
        self.sandbox = sandbox
        self.project = f"/organizations/{sandbox.organizationId}/projects/{sandbox.projectId}"
        self.app = f"{self.project}/apps/website/{sandbox.apps['website']}"
        self.token = sandbox.token(sandbox.serviceKey)

    def call(self, method, path, **request):
        return self.sandbox.call(method, path, token=self.token, **request).raise_for_status().json()

    def make(self, segment, slug, **more):
        body = {"name": slug, "slug": slug, "status": "published", **more}
        return self.call("POST", f"{self.app}/{segment}", json=body)

    def change(self, segment, entry, **more):
        return self.call("PATCH", f"{self.app}/{segment}/{entry['id']}", json=more)

    def publish(self, kind, entry, word="publish"):
        self.call("POST", f"{self.project}/content/{word}", json={"contentType": kind, "contentId": entry["id"]})

    def paths(self):
        """The paths of all that is published on the website, and of the articles of the help."""
        articles = self.call("GET", f"{self.project}/apps/kb/{self.sandbox.apps['help']}/articles?status=published")["data"]
        return {"/" + slug for slug in self.call("GET", f"{self.app}/urls")["slugs"]} | {article["path"] for article in articles}

    def run(self, folder, *command, project=None):
        done = self.tried(folder, *command, project=project)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def tried(self, folder, *command, project=None):
        sandbox = self.sandbox
        names = {
            "STELE_URL": sandbox.url,
            "STELE_KEY": sandbox.serviceKey,
            "STELE_ORGANIZATION": sandbox.organizationId,
            "STELE_PROJECT": project or sandbox.projectId,
            "STELE_APP": sandbox.apps["website"],
            "ASTRO_TELEMETRY_DISABLED": "1",
        }
        return subprocess.run(command, cwd=folder, env={**os.environ, **names}, capture_output=True, text=True, timeout=120)


def text_block(words):
    return [{"columns": [{"blocks": [{"type": "text", "data": {"markdown": words}}]}]}]


def list_block():
    return [{"columns": [{"blocks": [{"type": "entries", "data": {"kind": "website_post", "limit": 50}}]}]}]


def pages(folder):
    """The paths of the pages that a site has."""
    return {"/" + str(file.parent.relative_to(folder)) for file in folder.rglob("index.html")}


def dangling(folder):
    """The links and pictures of a site that lead nowhere in it."""
    found = set()
    for page in folder.rglob("index.html"):
        html = page.read_text()
        ids = set(re.findall(r' id="([^"]+)"', html)) | {""}
        for to in re.findall(r' (?:href|src|poster)="([/#][^"]*)"', html):
            path, _, anchor = to.partition("#")
            there = folder / path.lstrip("/")
            if not (there / "index.html").is_file() and not there.is_file() or (not path and anchor not in ids):
                found.add((page.parent.name, to))
    return found


def test_every_named_block_is_run_here():
    assert set(FILES) == {"stele.mjs", "build.mjs", *PLACES}


def test_node_alone_builds_a_site_and_later_only_what_has_changed(site, folder):
    built = folder / "site"
    build = lambda: site.run(folder, "node", "build.mjs").strip()  # noqa: E731
    read = lambda path: (built / path.lstrip("/") / "index.html").read_text()  # noqa: E731
    one = site.make("pages", "one", content=text_block("Before & <after>"))
    site.make("pages", "all-posts", content=list_block())
    site.make("pages", "hidden", status="draft")
    assert re.fullmatch(r"\d+ written, 0 removed", build())
    # The start, the list of posts and what is shown for what is not found have no addresses of their own.
    assert pages(built) == site.paths() | {"/.", "/blog", "/404"}
    assert "<p>Before &amp; &lt;after&gt;</p>" in read("/one") and '<link rel="stylesheet" href="/content.css">' in read("/one")
    assert ".content" in (built / "content.css").read_text() and "<loc>https://example.org/one</loc>" in (built / "sitemap.xml").read_text()
    assert build() == "0 written, 0 removed"
    # Whatever a page of the demo leads to or shows is there: articles, dialogs, pictures.
    assert dangling(built) == set()
    assert 'id="dialog-' in read("/home") and "A letter four times a year" in read("/home")
    assert "<title>Northwind Press</title>" in read("/") and (built / "articles/returns/index.html").is_file()

    # Pages that show others are written with them.
    others = sum(page["showsOthers"] for page in json.loads((built / ".stele.json").read_text())["pages"].values())
    assert others >= 1
    site.change("pages", one, title={"en": "A <title>"})
    assert build() == f"{1 + others} written, 0 removed"
    assert "<title>A &#60;title&#62;</title>" in read("/one")

    post = site.make("posts", "news", status="draft")
    assert build() == "0 written, 0 removed"
    site.publish("website_post", post)
    assert build() == f"{1 + others} written, 0 removed"
    assert 'href="/blog/news"' in read("/all-posts") and (built / "blog/news/index.html").is_file()
    site.publish("website_post", post, "unpublish")
    assert build() == f"{others} written, 1 removed"
    assert "/blog/news" not in read("/all-posts") and not (built / "blog/news/index.html").exists()

    # Two pages change places.
    two = site.make("pages", "two", content=text_block("Second"))
    build()
    for entry, slug in [(one, "between"), (two, "one"), (one, "two")]:
        site.change("pages", entry, slug=slug)
    build()
    assert "Second" in read("/one") and "Before" in read("/two") and not (built / "between/index.html").exists()
    assert "/between /two 301\n" in (built / "_redirects").read_text()
    site.call("DELETE", f"{site.app}/pages/{two['id']}")
    build()
    assert pages(built) == site.paths() | {"/.", "/blog", "/404"}


def test_a_wrong_project_leaves_the_site_as_it_is(site, folder):
    site.run(folder, "node", "build.mjs")
    built = {file: file.read_bytes() for file in (folder / "site").rglob("*") if file.is_file()}
    refused = site.tried(folder, "node", "build.mjs", project="0190a1b2-0000-7000-8000-000000000000")
    assert refused.returncode != 0 and "404" in refused.stderr, refused.stderr
    assert {file: file.read_bytes() for file in (folder / "site").rglob("*") if file.is_file()} == built
    assert site.run(folder, "node", "build.mjs").strip() == "0 written, 0 removed"


def test_a_site_is_built_anew_where_its_cursor_has_expired(site, folder):
    build = lambda: site.run(folder, "node", "build.mjs").strip()  # noqa: E731
    first = build()
    (folder / "site" / "stale").mkdir()
    (folder / "site" / "stale" / "index.html").write_text("old")
    app = site.call("POST", f"{site.project}/apps", json={"appType": "website", "name": "Second"})
    site.call("DELETE", f"{site.project}/apps/{app['id']}")
    assert build() == first
    assert not (folder / "site" / "stale").exists()
    assert build() == "0 written, 0 removed"


def test_astro_builds_a_site_and_follows_what_changes(site, folder):
    build = lambda: site.run(folder, "node", "node_modules/astro/astro.js", "build")  # noqa: E731
    read = lambda path: (folder / "dist" / path / "index.html").read_text()  # noqa: E731
    one = site.make("pages", "one", title={"en": "Tides"}, content=text_block("High **and** low"))
    site.make("pages", "all-posts", content=list_block())
    build()
    assert pages(folder / "dist") == site.paths()
    assert "<title>Tides</title>" in read("one") and "High <strong>and</strong> low" in read("one")
    assert 'id="dialog-' in read("home") and "A letter four times a year" in read("home")
    refused = site.tried(folder, "node", "node_modules/astro/astro.js", "build", project="0190a1b2-0000-7000-8000-000000000000")
    assert refused.returncode != 0, refused.stdout
    site.change("pages", one, title={"en": "Ebb"})
    post = site.make("posts", "news")
    build()
    assert "<title>Ebb</title>" in read("one") and 'href="/blog/news"' in read("all-posts")
    site.call("DELETE", f"{site.app}/posts/{post['id']}")
    build()
    assert pages(folder / "dist") == site.paths()
    assert "/blog/news" not in read("all-posts")
