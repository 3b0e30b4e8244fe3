"""Files of another product, kept in the project: fetched, or read from a folder, and sent in parts."""

import http.client
import tempfile
import urllib.request
from pathlib import Path, PurePosixPath
from urllib.parse import quote, urlsplit

from stele import Refused


def copy(file, into):
    """Copies the bytes of a file, if they are not too many."""
    left = MOST
    while piece := file.read(1 << 20):
        left -= len(piece)
        if left < 0:
            raise Missing(f"more than {MOST} bytes")
        into.write(piece)


class Missing(Exception):
    """A file that is nowhere to be had."""


# Most bytes of a file: as many as a server takes unless it is set otherwise.
MOST = 1 << 30


def host_of(address):
    """The host of an address; None of what is none."""
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


class AtHome(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only within the host that was asked: what an export says must not lead into the network of whoever moves it."""

    def redirect_request(self, request, file, code, message, headers, address):
        if host_of(address) != host_of(request.full_url):
            raise Missing(f"{request.full_url} leads elsewhere")
        return super().redirect_request(request, file, code, message, headers, address)


class Media:
    """The files that entries use. One that is there from an earlier run, in the same folder and with the same name, is not sent again."""

    def __init__(self, stele, project, folder, hosts, copies=None, is_dry=False):
        """`hosts` are those that files are fetched from; `copies` is a folder with all of them, from which they are read instead."""
        self.stele, self.project, self.folder, self.hosts, self.copies, self.is_dry = stele, project, folder, hosts, copies and Path(copies), is_dry
        self.kept, self.sent, self.listed = {}, 0, {}

    def keep(self, address, below, alt=None, caption=None):
        """The reference of a file, `file:` and its id; `below` is its path below the folder of all, such as `2026/05/quay.jpg`."""
        if address not in self.kept:
            self.kept[address] = self._kept(address, PurePosixPath(below), {"altText": alt, "caption": caption})
        found = self.kept[address]
        if isinstance(found, Missing):
            raise found
        return found

    def _kept(self, address, below, texts):
        folder = str(self.folder / below.parent) if below.parent.name else str(self.folder)
        try:
            found = self._there(folder).get(below.name)
            if found is None:
                with tempfile.TemporaryFile() as bytes_of:
                    self._fetch(address, below, bytes_of)
                    found = address if self.is_dry else self._send(bytes_of, folder, below.name, texts)
                self.sent += 1
            return found
        except Missing as missing:
            return missing
        except Refused as refused:
            return Missing(str(refused))

    def _there(self, folder):
        """The files of a folder by the names that they came with."""
        if folder not in self.listed:
            self.listed[folder], path = {}, f"{self.project}/files/folders?pageSize=200&search={quote(folder.rsplit('/', 1)[-1], safe='')}"
            for one in self._all(path):
                if one["path"] == f"/{folder}":
                    files = self._all(f"{self.project}/files?pageSize=200&folderId={one['id']}")
                    self.listed[folder] = {file["originalFilename"]: f"file:{file['id']}" for file in files}
        return self.listed[folder]

    def _all(self, path):
        page, last = 1, 1
        while page <= last:
            told = self.stele.call("GET", f"{path}&page={page}")
            yield from told["data"]
            page, last = page + 1, told["meta"]["pageCount"]

    def _fetch(self, address, below, into):
        """Puts the bytes of a file into another, and goes back to its beginning."""
        try:
            if self.copies:
                # A path that leads out of the folder leads nowhere.
                path = (self.copies / below).resolve()
                if not path.is_relative_to(self.copies.resolve()):
                    raise Missing(f"{below} is not below {self.copies}")
                with open(path, "rb") as file:
                    copy(file, into)
            elif not address.startswith(("http://", "https://")) or host_of(address) not in self.hosts:
                raise Missing(f"{address} is not at {' or '.join(sorted(self.hosts))}")
            else:
                with urllib.request.build_opener(AtHome).open(quote(address, safe="%/:?&=#+,;@~!$'()*[]"), timeout=60) as file:
                    copy(file, into)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Missing(f"{address}: {error}") from None
        into.seek(0)

    def _send(self, file, folder, name, texts):
        size = file.seek(0, 2)
        file.seek(0)
        start = {"filename": name, "sizeBytes": size, "folderPath": folder, "isPublic": True}
        upload = self.stele.call("POST", f"{self.project}/file-uploads", start)
        path = f"{self.project}/file-uploads/{upload['id']}"
        for part in range(1, upload["partCount"] + 1):
            self.stele.call("PUT", f"{path}/parts/{part}", file.read(upload["partSize"]))
        made = self.stele.call("POST", f"{path}/finish")
        if said := {field: text for field, text in texts.items() if text}:
            self.stele.call("PATCH", f"{self.project}/files/{made['id']}", said)
        return f"file:{made['id']}"
