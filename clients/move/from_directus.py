"""Moves a collection of Directus: reads the JSON that "Import / Export" of a collection writes.

For languages and names of tags, choose their fields when exporting: `*`, `translations.*`, `tags.tags_id.name`.
"""

import html
import json
import re
from pathlib import Path

from stele import Entry, arguments, first, instant, main, slug_of


def html_of(blocks):
    """What the block editor writes, as HTML; its texts are HTML already."""
    out = ""
    for block in blocks:
        kind, data = block["type"], block["data"]
        if kind == "header":
            out += f"<h{data['level']}>{data['text']}</h{data['level']}>"
        elif kind in {"list", "nestedlist"}:
            out += items_of(data["items"], "ol" if data.get("style") == "ordered" else "ul")
        elif kind == "quote":
            out += f"<blockquote><p>{data['text']}</p>{'<p>' + data['caption'] + '</p>' if data.get('caption') else ''}</blockquote>"
        elif kind == "code":
            out += f"<pre><code>{html.escape(data['code'])}</code></pre>"
        elif kind == "delimiter":
            out += "<hr>"
        elif kind == "image":
            out += f'<p><img src="{html.escape(data["file"]["url"])}" alt="{html.escape(data.get("caption") or "")}"></p>'
        elif kind == "raw":
            out += data["html"]
        elif kind == "table":
            rows = ["".join(f"<td>{cell}</td>" for cell in row) for row in data["content"]]
            out += f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
        else:
            out += f"<p>{data.get('text', '')}</p>"
    return out


def items_of(items, tag):
    told = [{"content": item, "items": []} if isinstance(item, str) else item for item in items]
    return f"<{tag}>{''.join('<li>' + one['content'] + (items_of(one['items'], tag) if one.get('items') else '') + '</li>' for one in told)}</{tag}>"


def body_of(value):
    """A kind and a text: of the block editor, of the editor of HTML, or of that of Markdown."""
    if isinstance(value, dict):
        return ("html", html_of(value["blocks"]))
    return ("html" if re.match(r"\s*<", value) else "markdown", value)


def code_of(translation):
    """The language of a translation: its code, or the language that was exported with it."""
    code = translation.get("languages_code") or translation.get("languages_id")
    return code["code"] if isinstance(code, dict) else code


def names(value):
    """Names of tags: words, or what a relation leads to, over however many tables."""
    if isinstance(value, dict):
        name = value.get("name") or value.get("title")
        return [name] if name else [found for one in value.values() if isinstance(one, dict) for found in names(one)]
    if isinstance(value, list):
        return [found for one in value for found in names(one)]
    return [value] if isinstance(value, str) else []


def read(options):
    """The items of the export."""
    items = json.loads(Path(options.file).read_text())
    collection = options.collection or re.sub(r"[ _-]\d.*", "", Path(options.file).stem)
    for item in items if isinstance(items, list) else [items]:
        translations = {code_of(one): one for one in item.get("translations") or [] if isinstance(one, dict)}
        languages = translations or {None: item}
        main_text = next(iter(languages.values()))
        theirs = {
            "title": first(main_text, "title", "name", "headline"),
            "slug": first(item, "slug"),
            "body": first(main_text, "content", "body", "text"),
            "excerpt": first(main_text, "excerpt", "summary", "description"),
            "date": first(item, "date_published", "publish_date", "published_at", "date_created"),
            "status": first(item, "status"),
            "image": first(item, "image", "featured_image", "cover"),
            "tags": first(item, "tags", "categories", "category"),
            **options.field,
        }
        of = lambda part, one=item: one.get(theirs[part]) if theirs.get(part) else None
        text = lambda part: {code: of(part, {**item, **one}) for code, one in languages.items()}
        picture, titles = of("image"), text("title")
        picture = picture["id"] if isinstance(picture, dict) else picture
        yield Entry(
            source=f"{collection}/{item['id']}",
            slug=of("slug") or of("slug", main_text) or slug_of(next(iter(titles.values())) or "", item["id"]),
            titles=titles,
            bodies={code: body_of(value) for code, value in text("body").items() if value},
            excerpts=text("excerpt"),
            is_published=of("status") in {None, "published"},
            date=instant(of("date")),
            image=f"/assets/{picture}" if picture else None,
            tags=names(of("tags")),
        )


if __name__ == "__main__":
    parser = arguments(__doc__, "the export (.json)")
    parser.add_argument("--collection", help="its name, where the name of the file does not say it")
    main(read, parser, "/assets/")
