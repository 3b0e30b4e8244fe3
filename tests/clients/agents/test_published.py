"""What is published for the protocol besides the client for Python: its conformance tests, and the client for TypeScript in both eras."""

import json
import os
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PACKAGES = HERE.parent / "node_modules"
OLD, NEW = "2025-11-25", "2026-07-28"

# What is asked of every server. Other scenarios call tools that only a server made for the tests has.
SCENARIOS = [
    *((NEW, name) for name in ("caching", "dns-rebinding-protection", "http-header-validation", "prompts-list", "resources-list", "server-stateless", "tools-list")),
    *((OLD, name) for name in ("dns-rebinding-protection", "ping", "prompts-list", "resources-list", "server-initialize", "tools-list")),
]
# Checks within them that call such tools, too.
OF_OTHER_TOOLS = """server:
  - server-stateless:sep-2575-server-rejects-undeclared-capability
  - server-stateless:sep-2575-missing-capability-http-400
  - server-stateless:sep-2575-http-server-no-independent-requests-on-stream
  - server-stateless:sep-2575-server-no-log-without-loglevel
"""


def newer_node():
    """The Node that the conformance tests need."""
    (found,) = PACKAGES.glob("node-linux-*/bin/node")
    return found


@contextmanager
def signed(url, key):
    """An address that leads to this one and adds the key, which the conformance tests cannot send."""
    with subprocess.Popen(["node", HERE / "signed.mjs", url, key], stdout=subprocess.PIPE, text=True) as proxy:
        try:
            yield proxy.stdout.readline().strip()
        finally:
            proxy.kill()


@pytest.fixture(scope="module")
def address(sandbox):
    with signed(sandbox.url, sandbox.serviceKey) as url:
        yield url


@pytest.mark.parametrize(("revision", "scenario"), SCENARIOS)
def test_the_published_conformance_tests_pass(address, tmp_path, revision, scenario):
    (tmp_path / "known.yml").write_text(OF_OTHER_TOOLS)
    program = [newer_node(), PACKAGES / "@modelcontextprotocol" / "conformance" / "dist" / "index.js", "server", "--url", f"{address}/mcp"]
    wanted = ["--scenario", scenario, "--spec-version", revision, "--expected-failures", tmp_path / "known.yml"]
    done = subprocess.run([*program, *wanted], capture_output=True, text=True, timeout=60, env={**os.environ, "NO_COLOR": "1"})
    assert done.returncode == 0, done.stdout + done.stderr
    assert "SUCCESS" in done.stdout, "nothing was checked"


@pytest.mark.parametrize("way", ["address", "program"])
@pytest.mark.parametrize(("mode", "revision"), [("default", OLD), ("auto", NEW)])
def test_the_client_for_typescript_works_in_both_eras(binary, fresh, mode, revision, way):
    program = [binary, "mcp"] if way == "program" else []
    environment = {**os.environ, "STELE_URL": fresh.url, "STELE_KEY": fresh.serviceKey}
    command = ["node", HERE / "client.mjs", mode, fresh.projectId, *program]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["revision"] == revision and len(told["tools"]) == 21 and told["prompts"] == 3 and told["resources"] > 2 and told["blocks"] == 1
    assert not told["edited"]["isError"] and "Undo: restore" in told["edited"]["text"]
    assert "A boat is on its way." in told["read"]["text"]
    assert told["refused"]["isError"] and "There is no such entry" in told["refused"]["text"]
    assert "There is no resource stele://nothing" in told["unknown"]
