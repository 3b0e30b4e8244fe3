"""The scripts in `clients/move`: each reads an export of another product, in the form in which that writes it, and makes a website of it."""

import functools
import http.server
import json
import sqlite3
import subprocess
import sys
import tarfile
import threading
import zipfile

import pytest

from guides.guide import GUIDES, is_shown, play

ROOT = GUIDES.parents[1]
EXPORTS = ROOT / "tests" / "fixtures" / "moves"
MOVE = ROOT / "clients" / "move"


class Site:
    """A website in an empty project in English and French, and the folder of whoever moves there."""

    def __init__(self, sandbox, folder):
        self.sandbox, self.folder = sandbox, folder
        self.token = sandbox.token(sandbox.serviceKey)
        self.project = here = f"/organizations/{sandbox.organizationId}/projects/{sandbox.projectId}"
        self.call("PATCH", here, json={"enabledLocales": ["en", "fr"]})
        app = self.call("POST", f"{here}/apps", json={"appType": "website", "name": "Site"})["id"]
        self.path = f"{here}/apps/website/{app}"
        told = {"URL": sandbox.url, "KEY": sandbox.serviceKey, "ORGANIZATION": sandbox.organizationId, "PROJECT": sandbox.projectId, "APP": app}
        self.environment = {**{f"STELE_{name}": value for name, value in told.items()}, "PYTHONDONTWRITEBYTECODE": "1"}
        tools = folder / "tools"
        tools.mkdir()
        (tools / "python").write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
        (tools / "python").chmod(0o755)
        self.environment["PATH"] = f"{tools}:/usr/bin:/bin"
        (folder / "clients").symlink_to(ROOT / "clients")

    def call(self, method, path, **request):
        return self.sandbox.call(method, path, token=self.token, **request).raise_for_status().json()

    def entries(self, many="posts"):
        """What was made, by the slug, with its content as HTML in a language."""
        return {one["slug"]: one for one in self.call("GET", f"{self.path}/{many}?pageSize=100")["data"]}

    def html(self, entry, language):
        return self.call("GET", f"{self.path}/posts/{entry['id']}?render=html&locale={language}")["html"]

    def run(self, script, *words):
        """What a script prints, and how it ends."""
        command = [sys.executable, MOVE / script, *words]
        done = subprocess.run(command, cwd=self.folder, env=self.environment, capture_output=True, text=True, timeout=60)
        return done.stdout + done.stderr, done.returncode


@pytest.fixture
def site(empty, tmp_path):
    return Site(empty, tmp_path)


def backup(folder, name):
    """A backup of PocketBase."""
    (folder / "data.db").unlink(missing_ok=True)
    db = sqlite3.connect(folder / "data.db")
    db.executescript((EXPORTS / f"pocketbase-{name}.sql").read_text())
    db.close()
    with zipfile.ZipFile(folder / "backup.zip", "w") as file:
        file.write(folder / "data.db", "data.db")
        file.writestr("auxiliary.db", b"")


def packed(folder, name, file):
    """An archive of Strapi."""
    with tarfile.open(folder / file, "w:gz") as archive:
        for path in sorted((EXPORTS / name).rglob("*.*")):
            archive.add(path, path.relative_to(EXPORTS / name).as_posix())


def block(entry):
    """The only block of an entry."""
    ((column,),) = [section["columns"] for section in entry["content"]]
    (one,) = column["blocks"]
    return one


def test_from_pocketbase(site):
    backup(site.folder, "0.30")
    play("from-pocketbase.md", site.folder, site.environment)
    made = site.entries()
    high = made["high-water"]
    assert (high["name"], high["excerpt"], high["status"], high["tags"]) == ("High water at seven", {"en": "Bring boots."}, "published", ["The sea", "Boats"])
    assert high["publishDate"].startswith("2026-05-01T10:00:00")
    files = "https://pocketbase.example.com/api/files/pbc_1125843985/a1b2c3d4e5f6g7h"
    assert high["featuredImageUrl"] == f"{files}/cover_abc123.png"
    markdown = f"The quay is **under water** until nine.\n\n- Boots\n- A lamp\n\n![The quay]({files}/quay_x1.png)"
    assert block(high)["data"] == {"markdown": {"en": markdown}}
    assert block(made["tide-table"])["type"] == "html" and "<td>07:10</td>" in site.html(made["tide-table"], "en")
    assert (made["ete-a-l-ile"]["status"], made["ete-a-l-ile"]["title"]) == ("draft", {"en": "Été à l’île"})


def test_an_older_pocketbase_with_other_names(site):
    backup(site.folder, "0.22")
    said, status = site.run("from_pocketbase.py", "data.db", "--collection", "news", "--as", "page", "--field", "tags=topics")
    assert (said.splitlines()[-1], status) == ("2 made", 0)
    made = site.entries("pages")
    lit = made["the-lamp-is-lit"]
    assert (lit["title"], lit["tags"], lit["status"]) == ({"en": "The lamp is lit"}, ["sea"], "published")
    assert block(lit)["data"] == {"markdown": {"en": "Since *Monday*."}} and made["the-lamp-is-out"]["status"] == "draft"
    (site.folder / "pb_data").mkdir()
    (site.folder / "data.db").rename(site.folder / "pb_data" / "data.db")
    said, status = site.run("from_pocketbase.py", "pb_data", "--collection", "olds")
    assert "there is no collection olds; there are news" in said and status == 1


def test_nothing_is_made_by_a_dry_run_and_files_are_named(site):
    backup(site.folder, "0.30")
    said, status = site.run("from_pocketbase.py", "backup.zip", "--collection", "posts", "--dry-run")
    assert status == 0 and said.splitlines()[-1] == "3 would be made" and site.entries() == {}
    assert "left out  posts/a1b2c3d4e5f6g7h: files that it shows" in said and "left out  posts/a1b2c3d4e5f6g7h: its picture" in said
    assert json.loads(said.split("would be  posts/c1b2c3d4e5f6g7h: ")[1].splitlines()[0])["slug"] == "ete-a-l-ile"


def test_from_strapi(site):
    packed(site.folder, "strapi-5", "strapi.tar.gz")
    packed(site.folder, "strapi-4", "strapi-4.tar.gz")
    shown_only = "npx strapi export --no-encrypt --exclude files --file strapi"
    play("from-strapi.md", site.folder, site.environment, shown_only=shown_only)
    made = site.entries()
    low = made["low-water"]
    assert (low["title"], low["excerpt"]) == ({"en": "Walking at low water", "fr": "Marcher à marée basse"}, {"en": "Over the mud."})
    assert (low["status"], low["tags"], low["featuredImageUrl"]) == ("published", ["Walks"], "https://strapi.example.com/uploads/mud_5f2a.jpg")
    english, french = site.html(low, "en"), site.html(low, "fr")
    assert "The mud is <strong>wide</strong> &amp; <a" in english and "<em>deep</em></a>" in english and "<code>tide --low" in english
    assert "Tall ones" in english and "https://strapi.example.com/uploads/mud_5f2a.jpg" in english and "La vase est <strong>large</strong>" in french
    assert made["ferry-in-winter"]["status"] == "draft"
    cat = made["the-cat"]
    assert (cat["title"], cat["tags"]) == ({"en": "The cat on the quay", "fr": "Le chat du quai"}, ["Harbour"])
    assert block(cat)["data"]["markdown"]["en"] == "## Every morning\n\nShe *waits* for the boats.\n\n> She is on the list of the crew.\n>\n> The harbour master"
    assert "Elle <strong>attend</strong>." in site.html(cat, "fr")


def test_a_folder_of_strapi_is_read_and_an_encrypted_archive_is_not(site):
    said, status = site.run("from_strapi.py", EXPORTS / "strapi-5", "--type", "api::article.article", "--dry-run")
    assert (said.splitlines()[-1], status) == ("2 would be made", 0)
    said, status = site.run("from_strapi.py", "strapi.tar.gz.enc", "--type", "article")
    assert "encrypted" in said and status == 1
    said, status = site.run("from_strapi.py", EXPORTS / "strapi-5", "--type", "page")
    assert "there are api::article.article, api::tag.tag" in said and status == 1


def test_from_directus(site):
    (site.folder / "articles.json").write_bytes((EXPORTS / "directus-articles.json").read_bytes())
    play("from-directus.md", site.folder, site.environment)
    made = site.entries()
    light, keeper = made["the-lighthouse"], made["the-keeper"]
    assert (light["title"], light["excerpt"]) == ({"en": "The lighthouse", "fr": "Le phare"}, {"en": "Built in 1847."})
    assert (light["status"], light["tags"]) == ("published", ["sea", "history"])
    assert light["featuredImageUrl"] == "https://directus.example.com/assets/3f1c7a52-6f0e-4b7f-9a32-6d2c1f0e9b11"
    assert "https://directus.example.com/assets/9b1d2c3e-1111-4222-8333-444455556666" in site.html(light, "en")
    assert "On la voit à <em>vingt</em> milles." in site.html(light, "fr")
    assert keeper["status"] == "draft"
    assert block(keeper)["data"]["markdown"]["en"] == "## His day\n\nHe gets up at **four**.\n\n- The lamp\n  - Oil\n- The log"


# A picture of one pixel.
PIXEL = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082")


def test_from_wordpress(site):
    (site.folder / "harbour.xml").write_bytes((EXPORTS / "wordpress.xml").read_bytes())
    month = site.folder / "uploads" / "2026" / "05"
    month.mkdir(parents=True)
    (month / "quay.png").write_bytes(PIXEL)
    play("from-wordpress.md", site.folder, site.environment)
    posts, pages = site.entries(), site.entries("pages")
    high, light = posts["high-water"], posts["le-phare"]
    assert (high["title"], high["excerpt"], high["status"]) == ({"en": "High water & wind"}, {"en": "Bring boots."}, "published")
    assert (high["tags"], high["authorName"]) == (["The sea", "Boats"], "Olga Marsh") and high["publishDate"].startswith("2026-05-01T10:00:00")
    (file,) = site.call("GET", f"{site.project}/files")["data"]
    assert (file["originalFilename"], file["isPublic"], file["altText"], file["caption"]) == ("quay.png", True, "A quay under water", "The quay in May")
    picture = f"file:{file['id']}"
    assert high["featuredImageUrl"] == picture
    said = f"The quay is **under water**: see [the boats](/harbour/boats).\n\n![The quay]({picture})\n\n*At seven*"
    assert block(high)["data"] == {"markdown": {"en": said}}
    assert f"/files/{file['id']}/quay.png" in site.html(high, "en")
    told = block(light)["data"]["markdown"]["en"]
    assert "Built in 1847.\\\nIt is \\[sic\\] tall." in told and "*From the lamp*" in told and "contact-form" not in told and light["status"] == "draft"
    assert told.count(picture) == 2 and "gone.png" in told
    assert block(pages["harbour"])["type"] == "html" and pages["harbour/boats"]["status"] == "published"
    ways = {one["fromPath"]: one["toPath"] for one in site.call("GET", f"{site.path}/redirects")["data"]}
    assert ways == {"/2026/05/high-water": "/blog/high-water"}
    again, status = site.run("from_wordpress.py", "harbour.xml", "--uploads", "uploads")
    assert (again.splitlines()[-2:], status) == (["files sent: 0", "4 there"], 0) and len(site.call("GET", f"{site.project}/files")["data"]) == 1


def test_files_of_wordpress_are_fetched_and_nothing_else_is_read(site):
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quay, PIXEL)) as old:
        threading.Thread(target=old.serve_forever, daemon=True).start()
        export = (EXPORTS / "wordpress.xml").read_text().replace("https://wordpress.example.com", f"http://127.0.0.1:{old.server_port}")
        (site.folder / "harbour.xml").write_text(export)
        dry, status = site.run("from_wordpress.py", "harbour.xml", "--dry-run")
        assert status == 0 and dry.splitlines()[-2:] == ["files sent: 1", "4 would be made"] and site.call("GET", f"{site.project}/files")["data"] == []
        said, status = site.run("from_wordpress.py", "harbour.xml")
        assert (said.splitlines()[-2:], status) == (["files sent: 1", "4 made"], 0) and "gone.png: HTTP Error 404" in said
        old.shutdown()
    (site.folder / "outside.png").write_bytes(PIXEL)
    (site.folder / "uploads").mkdir()
    (site.folder / "bad.xml").write_text((EXPORTS / "wordpress.xml").read_text().replace("2026/05/quay", "../outside").replace(">high-water<", ">other<"))
    said, _ = site.run("from_wordpress.py", "bad.xml", "--uploads", "uploads")
    assert "../outside.png is not below uploads" in said and said.splitlines()[-2] == "files sent: 0"
    (site.folder / "feed.xml").write_text("<rss><channel></channel></rss>")
    assert site.run("from_wordpress.py", "feed.xml") == ("feed.xml is no export of WordPress\n", 1)
    (site.folder / "feed.xml").write_text("<rss>")
    said, status = site.run("from_wordpress.py", "feed.xml")
    assert "feed.xml is no XML" in said and status == 1


def test_a_hostile_export_of_wordpress_reaches_nothing_and_ends_nothing(site):
    asked = []
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Inside, asked)) as inside, http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Away, inside)) as old:
        for server in (inside, old):
            threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://localhost:{old.server_port}"
        export = (EXPORTS / "wordpress.xml").read_text().replace("https://wordpress.example.com", address)
        # Addresses that are none, or elsewhere; pages that are above each other; comments without an end.
        export = export.replace("2026/05/gone.png", "my folder &amp; more/gone 1.png").replace("<wp:post_parent>0</wp:post_parent><wp:post_type>page", "<wp:post_parent>10</wp:post_parent><wp:post_type>page")
        export = export.replace("Three of them.", f'<img src="http://127.0.0.1:{inside.server_port}/wp-content/uploads/a.png"><img src="http://[bad/wp-content/uploads/b.png">' + "<!--" * 60_000)
        (site.folder / "harbour.xml").write_text(export.replace(f"{address}/harbour/boats/", "http://[bad/old"))
        said, status = site.run("from_wordpress.py", "harbour.xml")
        for server in (inside, old):
            server.shutdown()
    assert status == 0 and said.splitlines()[-1] == "4 made" and "Traceback" not in said, said
    assert asked == [] and "files sent: 0" in said and "leads elsewhere" in said and f"is not at localhost" in said


class Inside(http.server.BaseHTTPRequestHandler):
    """What nobody outside is to reach."""

    def __init__(self, asked, *args):
        self.asked = asked
        super().__init__(*args)

    def do_GET(self):
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


class Away(Inside):
    """A site that leads elsewhere."""

    def do_GET(self):
        self.send_response(302)
        self.send_header("Location", f"http://127.0.0.1:{self.asked.server_port}/inside")
        self.end_headers()


class Quay(http.server.BaseHTTPRequestHandler):
    """The site that the files are fetched from."""

    def __init__(self, picture, *args):
        self.picture = picture
        super().__init__(*args)

    def do_GET(self):
        self.send_response(200 if self.path.endswith("/quay.png") else 404)
        self.end_headers()
        self.wfile.write(self.picture)

    def log_message(self, *_):
        pass


def test_what_is_refused_is_told_and_ends_the_script_with_1(site):
    items = [{"id": 1, "slug": "Not a slug!", "title": "One", "content": "x"}, {"id": 2, "slug": "two", "title": "Two", "content": "x"}]
    (site.folder / "posts.json").write_text(json.dumps(items))
    said, status = site.run("from_directus.py", "posts.json")
    assert is_shown("refused   posts/1: ...\nmade      posts/2: /blog/two\n1 made, 1 refused", said) and status == 1


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>1 * 2 _a_ [b] `c` &lt;d&gt;</p>", r"1 \* 2 \_a\_ \[b\] \`c\` \<d\>"),
        ("<p>- no list<br>1. nor this</p>", "\\- no list\\\n1\\. nor this"),
        ("<p>a <b> bold </b>word</p>", "a  **bold** word"),
        ('<p><a href="/a (b)">l</a> <code>a`b</code></p>', "[l](</a (b)>) `` a`b ``"),
        ('<pre><code class="language-js">a\n```\n</code></pre>', "````js\na\n```\n````"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ('<ol start="3"><li><p>a</p><p>b</p></li></ol>', "3. a\n\n   b"),
        ("<p>a<p>b", "a\n\nb"),
        ("<div>loose <em>words</em><h3>T</h3></div>", "loose *words*\n\n### T"),
        ("<p>a</p><iframe></iframe>", None),
        ("<table></table>", None),
    ],
)
def test_html_becomes_markdown_where_all_of_it_can(html, markdown):
    program = "import sys; from markup import markdown_of; print(repr(markdown_of(sys.argv[1])))"
    done = subprocess.run([sys.executable, "-B", "-c", program, html], cwd=MOVE, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == repr(markdown)
