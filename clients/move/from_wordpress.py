"""Moves a site of WordPress: reads the file that "Tools / Export" writes (WXR), with its pictures and other media.

Posts, pages and what they show are taken; everything else is counted and named at the end.
"""

import argparse
import re
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from html import escape, unescape
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from media import Media, Missing, host_of
from stele import Entry, Refused, Writer, slug_of

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
EXCERPT = "{http://wordpress.org/export/%s/excerpt/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
# The folder that all media go to.
FOLDER = PurePosixPath("WordPress")
UPLOADS = "/wp-content/uploads/"
NO_DATE = "0000-00-00 00:00:00"
SLUG = re.compile(r"[a-z0-9]+([-_.][a-z0-9]+)*")
# Where posts and pages stand.
ABOVE = {"post": "/blog/", "page": "/"}

# A shortcode: one with something inside, or one with values, or one alone on its line.
SHORTCODE = re.compile(r"\[(?P<name>[a-z][\w-]*)(?P<values>(?:\s[^\]]*)?)\](?:(?P<inside>(?:(?!\[(?P=name)\b).)*?)\[/(?P=name)\])?", re.DOTALL)
VALUE = re.compile(r"""([\w-]+)=["']?([^"'\s\]]*)["']?""")
# Blocks of HTML, which no paragraph stands around.
BLOCK = re.compile(r"\s*</?(address|article|aside|blockquote|details|div|dl|fieldset|figure|form|h[1-6]|hr|iframe|ol|p|pre|section|script|style|table|ul|video|audio)\b")


class Item:
    """A post, a page, a file, or something else of an export."""

    def __init__(self, element, version):
        self.element, self.wp, self.version = element, f"{{http://wordpress.org/export/{version}/}}", version

    def text(self, name):
        return (self.element.findtext(name) or "").strip()

    def of(self, name):
        """A field of WordPress's own."""
        return self.text(self.wp + name)

    def meta(self, key):
        return next((one.findtext(f"{self.wp}meta_value") or "" for one in self.element.iter(f"{self.wp}postmeta") if one.findtext(f"{self.wp}meta_key") == key), "")

    @property
    def tags(self):
        found = [(one.text or "").strip() for one in self.element.iter("category") if one.get("domain") in {"category", "post_tag"} and one.get("nicename") != "uncategorized"]
        return list(dict.fromkeys(filter(None, found)))


class Export:
    """What an export holds."""

    def __init__(self, path):
        try:
            channel = ElementTree.parse(path).getroot().find("channel")
        except ElementTree.ParseError as error:
            sys.exit(f"{path} is no XML: {error}")
        spaces = {name for _, (_, name) in ElementTree.iterparse(path, ["start-ns"])}
        version = next((found[1] for name in spaces if (found := re.fullmatch(r"http://wordpress\.org/export/([\d.]+)/", name))), None)
        if channel is None or version is None:
            sys.exit(f"{path} is no export of WordPress")
        wp = f"{{http://wordpress.org/export/{version}/}}"
        addresses = [channel.findtext(name) for name in ("link", f"{wp}base_site_url", f"{wp}base_blog_url")]
        self.hosts = {host for one in addresses if one and (host := host_of(one.strip()))}
        self.items = [Item(one, version) for one in channel.iter("item")]
        self.by_id = {one.of("post_id"): one for one in self.items}
        self.authors = {one.findtext(f"{wp}author_login"): one.findtext(f"{wp}author_display_name") for one in channel.iter(f"{wp}author")}
        self.media = {one.of("attachment_url"): one for one in self.items if one.of("post_type") == "attachment"}
        self.slugs = {}
        for one in self.entries():
            self.slugs[one.of("post_id")] = self.slug(one)
        self.paths = {self.plain(one.text("link")): ABOVE[one.of("post_type")] + self.slugs[one.of("post_id")] for one in self.entries() if one.of("status") == "publish"}

    @staticmethod
    def plain(address):
        return address.split("#")[0].rstrip("/")

    def entries(self):
        """Posts and pages, but for what is in the trash."""
        return [one for one in self.items if one.of("post_type") in ABOVE and one.of("status") not in {"trash", "auto-draft", "inherit"}]

    def slug(self, item, below=frozenset()):
        """Its own, below those of the pages above it; `below` are those that it is asked for."""
        own = unquote(item.of("post_name"))
        own = own if SLUG.fullmatch(own) else slug_of(own, unescape(item.text("title")), f"{item.of('post_type')}-{item.of('post_id')}")
        above = self.by_id.get(item.of("post_parent")) if item.of("post_type") == "page" else None
        # A page below itself is none that WordPress would show.
        below |= {item.of("post_id")}
        return f"{self.slug(above, below)}/{own}" if above is not None and above.of("post_id") not in below else own


class Body:
    """The text of an entry, made fit for its new place."""

    def __init__(self, export, media, say):
        self.export, self.media, self.say = export, media, say

    def of(self, text):
        is_blocks = "<!-- wp:" in text
        text = self.shortcodes(without_comments(text))
        return self.files(self.links(text if is_blocks else paragraphs(text)))

    def shortcodes(self, text):
        def become(found):
            name, values, inside = found["name"], dict(VALUE.findall(found["values"])), found["inside"]
            line = text[text.rfind("\n", 0, found.start()) + 1 : (text + "\n").index("\n", found.end())].strip()
            if inside is None and not values and line != found[0]:
                return found[0]
            if name == "caption" and inside is not None and (parts := re.fullmatch(r"\s*(<a\b.*?</a>|<img\b[^>]*>)\s*(.*?)\s*", inside, re.DOTALL)):
                return f"<figure>{parts[1]}<figcaption>{parts[2]}</figcaption></figure>"
            if name == "gallery" and values.get("ids"):
                files = [self.export.by_id.get(one) for one in values["ids"].split(",")]
                return "".join(f'<p><img src="{escape(one.of("attachment_url"))}" alt="{escape(one.meta("_wp_attachment_image_alt"))}"></p>' for one in files if one is not None)
            if name == "embed" and inside:
                return f'<p><a href="{escape(inside.strip())}">{escape(inside.strip())}</a></p>'
            self.say(f"the shortcode [{name}]")
            return inside or ""

        return SHORTCODE.sub(become, text)

    def links(self, text):
        """Links to other entries of the same export lead to where these are now."""

        def become(found):
            to = self.export.paths.get(self.export.plain(unescape(found[2])))
            return f"{found[1]}{to}{found[3]}" if to else found[0]

        return re.sub(r"""(\bhref=["'])([^"']+)(["'])""", become, text)

    def files(self, text):
        """What lies among the uploads is kept in the project."""

        def become(found):
            return found[1] + (self.reference(unescape(found[2])) or found[2]) + found[3]

        # Of a picture in several sizes, the renderer makes its own.
        text = re.sub(r"""\s(srcset|sizes)=("[^"]*"|'[^']*')""", "", text)
        return re.sub(rf"""(\b(?:src|href|poster)=["'])([^"']*{UPLOADS}[^"']+)(["'])""", become, text)

    def reference(self, address):
        """The reference of a file by its address, or by that of one of its smaller copies; None where it cannot be had."""
        whole = re.sub(r"(-\d+x\d+|-scaled)(?=\.\w+$)", "", address)
        known = next((one for one in (address, whole, re.sub(r"(?=\.\w+$)", "-scaled", whole)) if one in self.export.media), None)
        item = self.export.media.get(known)
        below = path_of(known or address).partition(UPLOADS)[2]
        alt, caption = (item.meta("_wp_attachment_image_alt"), item.text(EXCERPT % item.version)) if item else (None, None)
        try:
            return self.media.keep(known or address, unquote(below), alt, caption)
        except Missing as missing:
            self.say(f"a file: {missing}")
            return None


def without_comments(text):
    """HTML without its comments; one that has no end hides the rest."""
    out, rest = [], text
    while rest:
        before, _, rest = rest.partition("<!--")
        out.append(before)
        rest = rest.partition("-->")[2]
    return "".join(out)


def path_of(address):
    """The path of an address; none of what is no address."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def paragraphs(text):
    """What the old editor wrote: blank lines part paragraphs, and each line ends where it ends."""
    out = []
    for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        if part.strip():
            out.append(part if BLOCK.match(part) else "<p>" + part.strip().replace("\n", "<br>") + "</p>")
    return "\n\n".join(out)


def entry_of(export, item, body, say):
    kind, status, picture = item.of("post_type"), item.of("status"), item.meta("_thumbnail_id")
    if status == "future":
        say(f"that it publishes itself at {item.of('post_date_gmt')}")
    if item.of("post_password"):
        say("its password: it is a draft")
    thumbnail = export.by_id.get(picture)
    excerpt = re.sub(r"<[^>]+>", "", unescape(item.text(EXCERPT % item.version)))
    date = item.of("post_date_gmt")
    return Entry(
        source=f"{kind}/{item.of('post_id')}",
        slug=export.slugs[item.of("post_id")],
        titles={None: unescape(item.text("title"))},
        bodies={None: ("html", body.of(item.element.findtext(CONTENT) or ""))},
        excerpts={None: excerpt} if excerpt else {},
        is_published=status == "publish" and not item.of("post_password"),
        date=date.replace(" ", "T") + "Z" if date not in {"", NO_DATE} else None,
        image=body.reference(thumbnail.of("attachment_url")) if thumbnail is not None else None,
        tags=item.tags,
        kind=kind,
        author=export.authors.get(item.text(CREATOR)),
    )


def redirected(writer, item, entry, path):
    """The old address leads to the new one."""
    old = unquote(path_of(item.text("link"))).rstrip("/")
    if not old or old == path or not entry.is_published:
        return
    try:
        writer.stele.call("POST", f"{writer.website}/redirects", {"fromPath": old, "toPath": path})
    except Refused as refused:
        writer.say("left out", entry, f"the way from {old}: {refused}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", help="the export (.xml)")
    parser.add_argument("--uploads", metavar="FOLDER", help="a copy of wp-content/uploads; without it each file is fetched from its address")
    parser.add_argument("--dry-run", action="store_true", help="say what would be made, and make nothing")
    # What is chosen for the other products, this export says by itself.
    parser.set_defaults(kind="post", files_at=None, file_paths="(?!)")
    options = parser.parse_args()
    writer, export = Writer(options), Export(options.file)
    media = Media(writer.stele, writer.project, FOLDER, export.hosts, options.uploads, options.dry_run)
    for item in export.entries():
        named = Entry(source=f"{item.of('post_type')}/{item.of('post_id')}", slug="", titles={})
        say = lambda what, named=named: writer.say("left out", named, what)
        entry = entry_of(export, item, Body(export, media, say), say)
        if path := writer.write(entry):
            redirected(writer, item, entry, path)
    rest = Counter(one.of("post_type") or "item" for one in export.items if one.of("post_type") not in {*ABOVE, "attachment"})
    rest["in the trash"] = sum(one.of("post_type") in ABOVE for one in export.items) - len(export.entries())
    rest["comment"] = sum(len(list(one.element.iter(f"{one.wp}comment"))) for one in export.items)
    for what, count in sorted(rest.items()):
        if count:
            print(f"left out  {count} x {what}")
    print(f"files sent: {media.sent}")
    writer.end()


if __name__ == "__main__":
    main()
