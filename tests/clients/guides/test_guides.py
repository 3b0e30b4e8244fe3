"""Every command and every program of the guides in `docs/guides`, as their readers run them."""

import json
import os
import re
import subprocess
import sys

import pytest
import yaml

from guides.guide import GUIDES, is_shown, play, written

HERE = GUIDES.parents[1] / "tests" / "clients"


def program(path, text):
    """Makes a program of the shell."""
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


@pytest.fixture
def environment(sandbox, tmp_path):
    """What a reader of the guides has: the names of the quick start, and Python and Node with their packages."""
    told = {"URL": sandbox.url, "KEY": sandbox.serviceKey, "ORGANIZATION": sandbox.organizationId, "PROJECT": sandbox.projectId, "APP": sandbox.apps["website"]}
    tools = tmp_path / "tools"
    tools.mkdir()
    program(tools / "python", f'exec {sys.executable} "$@"')
    return {**{f"STELE_{name}": value for name, value in told.items()}, "PATH": f"{tools}:{os.environ['PATH']}"}


@pytest.fixture
def folder(tmp_path):
    """Where the reader works."""
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


def test_every_guide_is_run_here():
    runners = "".join(file.read_text() for file in (HERE / "guides").glob("test_*.py"))
    pages = {page.name for page in GUIDES.glob("*.md")} - {"README.md"}
    assert {page for page in pages if f'"{page}"' not in runners} == set()
    index = (GUIDES / "README.md").read_text()
    assert {page for page in pages if f"]({page})" not in index} == set()


def test_a_shown_answer_is_compared():
    assert is_shown("a\n...\nd\n", "a\nb\nc\nd") and is_shown("ends 20...", "ends 2026-01-01")
    assert not is_shown("a", "b") and not is_shown("a...", "ba") and not is_shown("a.c", "abc")


def test_the_quick_start(fresh, environment, folder, binary):
    files = written("quick-start.md", folder)
    assert files == ["tides.py", "tides.mjs"]
    subprocess.run(["npm", "pack", GUIDES.parents[1] / "clients" / "typescript"], cwd=folder, check=True, capture_output=True)
    # What the first command prints is what the second block asks for.
    command = [binary, "sandbox", "--listen", "127.0.0.1:0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        lines = [server.stdout.readline() for _ in range(10)]
        server.terminate()
    assert [word for word in ("Sign in ", "Service key ", "Organization ", "Project ", "Website app ") if word not in "".join(lines)] == []
    play("quick-start.md", folder, environment, leave_out={"stele sandbox"})


def test_rotating_keys(fresh, environment, folder):
    play("rotating-keys.md", folder, environment)
    assert list(folder.iterdir()) == []


def test_keys_in_ci(fresh, environment, folder, tmp_path):
    files = written("keys-in-ci.md", folder)
    assert files == ["site.yml", ".gitlab-ci.yml"]
    # A `gh` that keeps what it is given.
    program(tmp_path / "tools" / "gh", '[ "$1" = secret ] && exec cat >"$GH/$3"\nprintf %s "$5" >"$GH/$3"')
    kept = tmp_path / "kept"
    kept.mkdir()
    play("keys-in-ci.md", folder, {**environment, "GH": str(kept)})
    there = {file.name: file.read_text().strip() for file in kept.iterdir()}
    assert there.keys() == {"STELE_KEY", "STELE_URL", "STELE_ORGANIZATION", "STELE_PROJECT"}
    assert fresh.exchange(there["STELE_KEY"]).status_code == 200
    whoami = fresh.call("GET", "/whoami", key=there["STELE_KEY"]).json()
    assert (whoami["name"], whoami["access"]) == ("Site build", "read")

    site = yaml.safe_load((folder / "site.yml").read_text())["jobs"]["build"]
    (step,) = site["steps"]
    assert {**site["env"], **step["env"]} == {name: f"${{{{ {'secrets' if name == 'STELE_KEY' else 'vars'}.{name} }}}}" for name in there}
    script = ["\n".join(yaml.safe_load((folder / ".gitlab-ci.yml").read_text())["site"]["script"]), step["run"]]
    for text in script:
        done = subprocess.run(["bash", "-eo", "pipefail", "-c", text], cwd=folder, env={**os.environ, **there, "RUNNER_TEMP": str(folder)}, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert int(done.stdout.split()[-1]) > 10 and there["STELE_KEY"] not in done.stdout


def test_agents(fresh, environment, folder, tmp_path):
    # Clients of the protocol that keep what they are told.
    for name in ("claude", "codex"):
        program(tmp_path / "tools" / name, f'echo "$@" >{tmp_path}/{name}')
    play("agents.md", folder, environment)
    claude, codex = ((tmp_path / name).read_text() for name in ("claude", "codex"))
    assert claude == f"mcp add --transport http stele {fresh.url}/mcp --header Authorization: Bearer ${{AGENT_KEY}}\n"
    assert codex == f"mcp add stele --url {fresh.url}/mcp --bearer-token-env-var AGENT_KEY\n"


def test_from_the_hosted_product(fresh, empty, environment, folder):
    assert written("from-giantcontext.md", folder) == ["whoami.py", "copy_site.py"]
    app = made_site(empty)
    ids = {"URL": empty.url, "KEY": empty.serviceKey, "ORGANIZATION": empty.organizationId, "PROJECT": empty.projectId, "APP": app}
    source = {name.replace("STELE_", "FROM_"): value for name, value in environment.items() if name.startswith("STELE_")}
    both = {**environment, **source, "FROM_URL": fresh.apiUrl, **{f"STELE_{name}": value for name, value in ids.items()}}
    said = play("from-giantcontext.md", folder, both)
    originals, copies = entries(fresh, fresh.apps["website"]), entries(empty, app)
    assert said.splitlines()[-2] == f"{len(originals)} copied"
    assert copies.keys() == originals.keys() and len(copies) > 10
    old_ids = {entry["id"]: path for path, entry in originals.items()}
    new_ids = {entry["id"]: path for path, entry in copies.items()}
    named = lambda entry, ids: sorted(ids[one] for one in ids if one in json.dumps(entry["content"]))  # noqa: E731
    assert any(named(entry, old_ids) for entry in originals.values())
    for path, original in originals.items():
        copy = copies[path]
        assert all(copy[name] == original[name] for name in ("name", "title", "seo", "tags", "excerpt", "publishDate") if name in original), path
        assert named(copy, new_ids) == named(original, old_ids) and named(copy, old_ids) == []
    assert "\n0 copied\n" in play("from-giantcontext.md", folder, both)


def made_site(sandbox):
    """A website in an empty sandbox."""
    here = f"/organizations/{sandbox.organizationId}/projects/{sandbox.projectId}"
    return sandbox.call("POST", f"{here}/apps", json={"appType": "website", "name": "Site"}).raise_for_status().json()["id"]


def entries(sandbox, app):
    """The pages and posts of a website, by their paths."""
    of = f"/organizations/{sandbox.organizationId}/projects/{sandbox.projectId}/apps/website/{app}"
    found = [one for many in ("pages", "posts") for one in sandbox.call("GET", f"{of}/{many}?pageSize=200").json()["data"]]
    return {entry["path"]: entry for entry in found}
