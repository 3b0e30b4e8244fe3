"""Files of the demo: one of everything that the methods of `project_files` are called with."""

import uuid


def files_of(sdk, sandbox, here, website, entry):
    """Ids and bodies, by the names that the table of methods has for them; what each call needs for itself is made anew."""
    saved = lambda **more: sdk.project_files.save_file(**here, data={"filename": "notes.md", "content": "Lighthouse", **more})
    file = saved()
    posts = f"/organizations/{here['organization_id']}/projects/{here['project_id']}/apps/website/{website}/posts"
    referring = sandbox.call("POST", posts, json=entry("illustrated", featuredImageUrl=f"file:{file['id']}"))
    assert referring.status_code == 201, referring.text

    def trashed():
        """A file that was just deleted."""
        gone = saved()["id"]
        sdk.project_files.delete_file(**here, file_id=gone)
        return gone

    # So that no list is empty.
    saved(folderPath="Kept")
    trashed()
    return {
        "file_id": file["id"],
        "file_word": "lighthouse",
        "new_file": lambda: {"filename": "new.txt", "content": "Lighthouse"},
        "file_text": {"content": "Lighthouse, again"},
        "file_type": {"type": "file"},
        "file_age": {"olderThanDays": 30},
        "doomed_file": lambda: saved()["id"],
        "file_folder": lambda: saved(folderPath=f"Folder {uuid.uuid4().hex[:12]}")["folderId"],
        "file_trash": trashed,
    }
