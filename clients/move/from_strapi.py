"""Moves a content type of Strapi, 4.6 or later: reads what `strapi export --no-encrypt` writes, or such an archive unpacked."""

import html
import json
import re
import tarfile
from collections import defaultdict
from pathlib import Path

from markup import markdown_of
from stele import Entry, arguments, first, main, slug_of

FILE = "plugin::upload.file"
MARKS = {"bold": "strong", "italic": "em", "strikethrough": "s", "code": "code"}


def lines(path):
    """`folder, object` for every line of the archive."""
    if Path(path).is_dir():
        for file in sorted(Path(path).glob("*/*.jsonl")):
            yield from ((file.parent.name, json.loads(line)) for line in file.read_text().splitlines())
        return
    if path.endswith(".enc"):
        raise SystemExit("the archive is encrypted; make it by `strapi export --no-encrypt`")
    with tarfile.open(path) as archive:
        for member in archive:
            if member.name.endswith(".jsonl"):
                for line in archive.extractfile(member):
                    yield member.name.split("/")[0], json.loads(line)


class Archive:
    """Schemas, entities and links, by what they are asked for."""

    def __init__(self, path):
        self.schemas, self.entities, self.links = {}, defaultdict(dict), defaultdict(list)
        for folder, one in lines(path):
            if folder == "schemas":
                self.schemas[one["uid"]] = one
            elif folder == "entities":
                self.entities[one["type"]][one["id"]] = one["data"]
            elif folder == "links":
                left, right = one["left"], one["right"]
                # A relation is told by the side that owns it; it is asked for from both.
                self.links[left["type"], left["ref"], left["field"]].append((right["type"], right["ref"]))
                if right.get("field"):
                    self.links[right["type"], right["ref"], right["field"]].append((left["type"], left["ref"]))

    def linked(self, uid, ref, field):
        """What a relation or a picture of an entity leads to."""
        return [self.entities[other][at] for other, at in self.links[uid, ref, field] if at in self.entities[other]]


def inline(nodes):
    out = ""
    for node in nodes:
        if node["type"] == "link":
            out += f'<a href="{html.escape(node["url"])}">{inline(node["children"])}</a>'
            continue
        text = html.escape(node.get("text", "")).replace("\n", "<br>")
        for mark, tag in MARKS.items():
            text = f"<{tag}>{text}</{tag}>" if node.get(mark) else text
        out += text
    return out


def html_of(blocks):
    """A field of type "blocks" as HTML."""
    out = ""
    for block in blocks:
        kind, children = block["type"], block.get("children", [])
        if kind == "heading":
            out += f"<h{block['level']}>{inline(children)}</h{block['level']}>"
        elif kind == "list":
            tag = "ol" if block["format"] == "ordered" else "ul"
            # A list in a list belongs to the item before it.
            items = [html_of([item]) if item["type"] == "list" else f"<li>{inline(item['children'])}" for item in children]
            out += f"<{tag}>{''.join(items)}</{tag}>"
        elif kind == "quote":
            out += f"<blockquote><p>{inline(children)}</p></blockquote>"
        elif kind == "code":
            out += f"<pre><code>{html.escape(''.join(child.get('text', '') for child in children))}</code></pre>"
        elif kind == "image":
            image = block["image"]
            out += f'<p><img src="{html.escape(image["url"])}" alt="{html.escape(image.get("alternativeText") or "")}"></p>'
        else:
            out += f"<p>{inline(children)}</p>"
    return out


class Reader:
    """The entries of one content type."""

    def __init__(self, archive, uid, given):
        self.archive, self.uid = archive, uid
        self.attributes = archive.schemas[uid]["attributes"]
        self.theirs = {**self.usual(), **given}

    def usual(self):
        of = lambda *types: [name for name, one in self.attributes.items() if one["type"] in types]
        slug = next(iter(of("uid")), None) or first(self.attributes, "slug")
        title = first(of("string", "text"), "title", "name", "headline") or (slug and self.attributes[slug].get("targetField"))
        return {
            "title": title,
            "slug": slug,
            "body": first(of("richtext", "blocks", "dynamiczone"), "content", "body") or next(iter(of("richtext", "blocks", "dynamiczone")), None),
            "excerpt": first(of("string", "text"), "excerpt", "description", "summary"),
            "date": first(of("date", "datetime"), "publishDate", "date") or "publishedAt",
            "image": next(iter(of("media")), None),
            "tags": first(of("relation", "json"), "tags", "categories", "category"),
        }

    def body(self, value, source, attribute=None):
        """A rich text as a kind and a text; components one after the other."""
        if not value:
            return None
        if isinstance(value, str):
            return ("html" if re.match(r"\s*<", value) else "markdown", value)
        if not any("__component" in part for part in value):
            return ("markdown", markdown_of(html_of(value)))
        return ("markdown", "\n\n".join(text for part in value for text in self.component(part, source)))

    def component(self, part, source):
        uid = part["__component"]
        attributes = self.archive.schemas[uid]["attributes"]
        found = [(name, self.body(part.get(name), source)) for name, one in attributes.items() if one["type"] in {"richtext", "blocks"}]
        texts = [markdown_of(body[1]) if body[0] == "html" else body[1] for _, body in found if body]
        if uid.endswith(".quote") and not texts:
            words = [part[name] for name in ("body", "title") if part.get(name)]
            texts = ["\n>\n".join("> " + word.replace("\n", "\n> ") for word in words)]
        if not any(texts):
            print(f"{'left out':<9} {source}: a component {uid}")
        return [text for text in texts if text]

    def documents(self):
        """Entries with all their languages: each is `number, data` by the language."""
        rows, group = self.archive.entities[self.uid], {}
        for number, data in sorted(rows.items()):
            # Strapi 5 has a name for the whole; in Strapi 4 the languages are linked to each other.
            others = [at for _, at in self.archive.links[self.uid, number, "localizations"]]
            name = data.get("documentId") or group.get(number) or number
            for one in [number, *others]:
                group.setdefault(one, name)
        found = defaultdict(dict)
        for number, data in sorted(rows.items()):
            languages, code = found[group[number]], data.get("locale")
            # Of a draft and what is published, the published one.
            if code not in languages or data.get("publishedAt"):
                languages[code] = (number, data)
        return found

    def entries(self):
        for name, languages in self.documents().items():
            source = f"{self.uid.split('.')[-1]}/{name}"
            number, data = next((one for one in languages.values() if one[1].get("publishedAt")), next(iter(languages.values())))
            of = lambda part, data=data: data.get(self.theirs[part]) if self.theirs.get(part) else None
            titles = {code: of("title", one) for code, (_, one) in languages.items()}
            bodies = {code: self.body(of("body", one), source) for code, (_, one) in languages.items()}
            pictures = self.archive.linked(self.uid, number, self.theirs["image"]) if self.theirs["image"] else []
            tags = of("tags") or self.archive.linked(self.uid, number, self.theirs["tags"])
            yield Entry(
                source=source,
                slug=of("slug") or slug_of(of("title") or "", name),
                titles=titles,
                bodies={code: body for code, body in bodies.items() if body},
                excerpts={code: of("excerpt", one) for code, (_, one) in languages.items()},
                is_published="publishedAt" not in data or bool(data["publishedAt"]),
                date=of("date"),
                image=pictures[0]["url"] if pictures else None,
                tags=[tag if isinstance(tag, str) else tag.get("name") or tag.get("title") for tag in tags],
            )


def read(options):
    """The entries of a content type."""
    archive = Archive(options.file)
    names = [uid for uid in archive.schemas if uid.startswith("api::")]
    uid = first(names, options.type, f"api::{options.type}.{options.type}")
    if uid is None:
        raise SystemExit(f"there is no content type {options.type}; there are {', '.join(sorted(names))}")
    return Reader(archive, uid, options.field).entries()


if __name__ == "__main__":
    parser = arguments(__doc__, "the archive (.tar or .tar.gz), or its folder")
    parser.add_argument("--type", required=True, help="which content type, such as article")
    main(read, parser, "/uploads/")
