"""Clients that are generated from the running server's OpenAPI document, by four generators: each is made without a warning and lives
through the same short day. The sources of those days, and the settings of the generators, are in `generated/`."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
BIN = HERE / "node_modules" / ".bin"
GENERATORS = {
    "openapi-typescript": [BIN / "openapi-typescript", "openapi.json", "--output", "schema.d.ts"],
    "hey-api": [BIN / "openapi-ts", "--input", "openapi.json", "--output", "hey", "--client", "@hey-api/client-fetch"],
    "orval": [BIN / "orval", "--config", "./orval.config.cjs"],
    "openapi-python-client": [
        Path(sys.executable).with_name("openapi-python-client"),
        *("generate", "--path", "openapi.json", "--config", "python-client.yaml", "--fail-on-warning", "--meta", "none"),
        *("--output-path", "stele_client"),
    ],
}
SEEN = {
    "pages": 3,
    "madeTwice": False,
    "replayed": "true",
    "title": {"en": "Tides", "fr": "Marées"},
    "changed": "Ebb",
    "refused": "PRECONDITION_FAILED",
    "isGone": True,
    "scope": "read",
    "reason": "key_malformed",
}


def finished(process, seconds=120):
    """What a program printed that ended well."""
    out, _ = process.communicate(timeout=seconds)
    assert process.returncode == 0, out
    return out


def start(command, folder, **environment):
    """Starts a program in a folder."""
    environment = {**os.environ, "NO_COLOR": "1", **environment}
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    return subprocess.Popen(command, cwd=folder, env=environment, text=True, **pipes)


@pytest.fixture(scope="module")
def folder(tmp_path_factory, http):
    """A folder with the sources and the server's document."""
    folder = tmp_path_factory.mktemp("generated")
    shutil.copytree(HERE / "generated", folder, dirs_exist_ok=True)
    (folder / "node_modules").symlink_to(HERE / "node_modules")
    (folder / "openapi.json").write_bytes(http.get("/api/openapi.json").raise_for_status().content)
    return folder


@pytest.fixture(scope="module")
def generated(folder):
    """What each generator said, all started at once; afterwards the compiler, which takes the clients of three of them."""
    running = {name: start(command, folder) for name, command in GENERATORS.items()}
    said = {name: finished(process) for name, process in running.items()}
    said["tsc"] = finished(start([BIN / "tsc", "--project", "."], folder))
    return said


def test_redocly_has_nothing_to_say(folder):
    said = finished(start([BIN / "redocly", "lint", "openapi.json"], folder))
    assert "Your API description is valid" in said and "warning" not in said.replace("Deprecation warning", ""), said


def test_no_generator_warns(generated):
    for name, said in generated.items():
        assert not any(word in said.lower() for word in ("warn", "error", "duplicate", "unable")), f"{name}:\n{said}"


@pytest.mark.parametrize("client", ["openapi-fetch", "hey-api", "orval", "openapi-python-client"])
def test_a_generated_client_lives_through_a_day(generated, folder, fresh, client):
    command = [sys.executable, "story.py"] if client == "openapi-python-client" else ["node", f"run/{client}.js"]
    ids = {"ORGANIZATION": fresh.organizationId, "PROJECT": fresh.projectId, "APP": fresh.apps["website"]}
    environment = {f"STELE_{name}": value for name, value in ids.items()}
    said = finished(start(command, folder, STELE_URL=fresh.url, STELE_KEY=fresh.serviceKey, **environment))
    assert json.loads(said) == SEEN
