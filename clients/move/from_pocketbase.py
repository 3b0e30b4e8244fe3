"""Moves a collection of PocketBase: reads a backup (Settings, Backups), the folder pb_data, or its data.db."""

import json
import sqlite3
import tempfile
import zipfile
from pathlib import Path

from stele import Entry, arguments, first, instant, main, slug_of


def database(path, folder):
    """The file of the database, taken out of the backup if it is one."""
    path = Path(path)
    if path.is_dir():
        return path / "data.db"
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as backup:
            for name in backup.namelist():
                if name in {"data.db", "data.db-wal"}:
                    backup.extract(name, folder)
        return Path(folder) / "data.db"
    return path


def collections(db):
    """The collections by their names, and by their ids: each with its fields by their names."""
    columns = {row["name"] for row in db.execute("PRAGMA table_info(_collections)")}
    fields = "fields" if "fields" in columns else "schema"  # until 0.22
    found = {}
    for row in db.execute(f"SELECT id, name, type, {fields} AS fields FROM _collections"):
        one = {"id": row["id"], "name": row["name"], "type": row["type"]}
        # Until 0.22 what a field may hold stands in its options.
        one["fields"] = {field["name"]: {**field, **field.get("options", {})} for field in json.loads(row["fields"])}
        found[row["name"]] = found[row["id"]] = one
    return found


def chosen(fields, given):
    """Which field is the title, the body and so on: what is named, else what is usual."""
    of = lambda *types: [name for name, field in fields.items() if field["type"] in types and not field.get("primaryKey")]
    texts = of("text")
    usual = {
        "title": first(texts, "title", "name", "headline") or next(iter(texts), None),
        "slug": first(texts, "slug"),
        "body": next(iter(of("editor")), None) or first(texts, "body", "content", "text"),
        "excerpt": first(texts, "excerpt", "summary", "description", "lead"),
        "date": first(of("date", "autodate"), "published", "published_at", "publish_date", "date", "created"),
        "status": first(of("bool", "select"), "published", "is_published", "public", "status", "draft"),
        "image": next(iter(of("file")), None),
        "tags": first(of("select", "relation", "json"), "tags", "categories", "category"),
    }
    return {**usual, **given}


def several(value):
    """The values of a field that may have several."""
    if isinstance(value, str) and value.startswith("["):
        return json.loads(value)
    return [value] if value else []


def is_published(fields, name, value):
    if name is None:
        return True
    if fields[name]["type"] == "bool":
        return bool(value) != (name == "draft")
    return str(value).lower() in {"published", "public", "live", "active"}


def read(options):
    """The records of a collection."""
    with tempfile.TemporaryDirectory() as folder:
        db = sqlite3.connect(f"file:{database(options.file, folder)}?mode=ro", uri=True)
        db.row_factory = sqlite3.Row
        known = collections(db)
        if options.collection not in known:
            raise SystemExit(f"there is no collection {options.collection}; there are {', '.join(sorted(one['name'] for one in known.values()))}")
        collection = known[options.collection]
        fields, theirs = collection["fields"], chosen(collection["fields"], options.field)

        def names_of(tags):
            field = fields.get(theirs["tags"], {})
            if field.get("type") != "relation":
                return [str(tag) for tag in tags]
            other = known[field["collectionId"]]
            label = first(other["fields"], "name", "title", "slug") or "id"
            rows = [db.execute(f'SELECT "{label}" FROM "{other["name"]}" WHERE id = ?', [tag]).fetchone() for tag in tags]
            return [row[0] for row in rows if row]

        for row in db.execute(f'SELECT * FROM "{collection["name"]}" ORDER BY rowid'):
            value = lambda part: row[theirs[part]] if theirs.get(part) else None
            pictures, title = several(value("image")), value("title") or row["id"]
            yield Entry(
                source=f"{collection['name']}/{row['id']}",
                slug=value("slug") or slug_of(title, row["id"]),
                titles={None: title},
                bodies={None: ("html" if fields[theirs["body"]]["type"] == "editor" else "markdown", value("body"))} if theirs["body"] else {},
                excerpts={None: value("excerpt")},
                is_published=is_published(fields, theirs["status"], value("status")),
                date=instant(value("date")),
                image=f"/api/files/{collection['id']}/{row['id']}/{pictures[0]}" if pictures else None,
                tags=names_of(several(value("tags"))),
            )
        db.close()


if __name__ == "__main__":
    parser = arguments(__doc__, "a backup (.zip), pb_data, or data.db")
    parser.add_argument("--collection", required=True, help="which one")
    main(read, parser, "/api/files/")
