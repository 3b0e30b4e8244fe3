"""Claude Code as it is published, with a stand-in for its model: what it sends arrives, and what the tools answer reaches the model, word for word. It proves the
way there and back, not what a model would choose. `STELE_GOLDEN=write` writes down anew what the tools answer."""

import contextlib
import difflib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.request

from model import Model

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[2]
BINARY = os.environ.get("STELE_BIN", str(ROOT / "target" / "debug" / "stele"))
PROGRAMS = HERE / "node_modules" / ".bin"
GOLDEN = HERE / "golden.txt"
PROJECT = {"project": "northwind-site"}
REVOKED = "The API key was revoked. Use another key."


@contextlib.contextmanager
def sandbox():
    """A running sandbox: what it told at its start."""
    command = [BINARY, "sandbox", "--print", "json", "--listen", "127.0.0.1:0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.terminate()


def call(told, path, body, token=None):
    """The answer to a POST to the API."""
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    request = urllib.request.Request(told["apiUrl"] + path, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def key(told):
    """A key for the agent, and what revokes it."""
    token = call(told, "/auth/token", {"apiKey": told["serviceKey"]})["token"]
    org = f"/organizations/{told['organizationId']}"
    account = call(told, f"{org}/service-accounts", {"name": "Agent", "role": "editor"}, token)["id"]
    made = call(told, f"{org}/service-accounts/{account}/api-keys", {"name": "Agent", "access": "write"}, token)
    return made["key"], lambda: call(told, f"{org}/api-keys/{made['id']}/revoke", {}, token)


def run(program, *words, **environment):
    """Runs a program that knows nothing of this machine; what it printed, on either of its outputs."""
    with tempfile.TemporaryDirectory() as home:
        clean = {"HOME": home, "PATH": f"{PROGRAMS}:{os.environ['PATH']}", "DISABLE_AUTOUPDATER": "1", "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1"}
        done = subprocess.run(
            [PROGRAMS / program, *words], cwd=home, env={**clean, **environment}, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120
        )
    assert done.returncode == 0, f"{program} {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def play(servers, steps, **environment):
    """Lets Claude Code do these steps with this server; the model behind it."""
    model = Model(steps)
    config = json.dumps({"mcpServers": {"stele": servers}})
    words = ["-p", "go", "--mcp-config", config, "--strict-mcp-config", "--allowedTools", "mcp__stele", "--output-format", "json"]
    said = run("claude", *words, ANTHROPIC_BASE_URL=model.url, ANTHROPIC_API_KEY="none", **environment)
    model.stop()
    assert json.loads(said)["result"] == "done", said
    return model


def over_http(told):
    """As the page of a key says it."""
    return {"type": "http", "url": f"{told['url']}/mcp", "headers": {"Authorization": "Bearer ${STELE_KEY}"}}


def over_program(told):
    """The bridge."""
    return {"type": "stdio", "command": BINARY, "args": ["mcp"], "env": {"STELE_URL": told["url"]}}


def entry(told):
    """The entry that was made."""
    return re.search(r"id: (\S+)", told[1])[1]


def block(told):
    """Its block of text."""
    return re.search(r"::text (\S+)", told[3])[1]


def undo(told):
    """The call that takes the last change back."""
    tool, arguments = re.search(r"Undo: (\w+) (.*)", told[-1]).groups()
    return tool, json.loads(arguments)


JOURNEY = [
    lambda told: ("overview", {**PROJECT}),
    lambda told: ("create_entry", {**PROJECT, "kind": "website_page", "title": "Opening hours", "markdown": "We open at ten."}),
    lambda told: ("search", {**PROJECT, "query": "open at ten", "kind": "website_page"}),
    lambda told: ("read_entry", {**PROJECT, "id": entry(told)}),
    # A list as text: Claude Code sends some so.
    lambda told: ("edit_text", {**PROJECT, "id": entry(told), "version": 1, "edits": json.dumps([{"old": "ten", "new": "nine"}])}),
    lambda told: (
        "edit_text",
        {
            **PROJECT,
            "id": entry(told),
            "version": 2,
            "locale": "fr",
            "edits": [{"block": block(told), "field": "markdown", "old": "", "new": "Nous ouvrons à neuf heures."}],
        },
    ),
    lambda told: ("read_entry", {**PROJECT, "id": entry(told), "locale": "fr", "second_locale": "en"}),
    lambda told: ("publish", {**PROJECT, "id": entry(told), "version": 3}),
    undo,
    lambda told: ("edit_text", {**PROJECT, "id": entry(told), "version": 1, "edits": [{"old": "ten", "new": "eleven"}]}),
]


def steady(text, told):
    """A text without what is another each time."""
    text = text.replace(told["url"], "URL")
    text = re.sub(r"stored [0-9a-f]+", "stored N", text)
    text = re.sub(r"/preview/\S+", "/preview/...", text)
    text = re.sub(r"\d{4}-\d\d-\d\dT\S+Z", "TIME", text)
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]*[0-9a-f]", "ID", text)


def test_a_journey_in_both_ways(told):
    """Find a page, change a paragraph, translate it, publish, undo: over the address and over the program the same."""
    written = []
    for way in (over_http, over_program):
        urllib.request.urlopen(urllib.request.Request(f"{told['url']}/sandbox/reset", method="POST"), timeout=30).close()
        model = play(way(told), JOURNEY, STELE_KEY=told["serviceKey"])
        assert model.errors == [False] * 9 + [True], model.told
        assert {"mcp__stele__overview", "mcp__stele__search", "mcp__stele__read_entry", "mcp__stele__edit_text"} <= model.tools, model.tools
        names = [step(model.told[:number])[0] for number, step in enumerate(JOURNEY)]
        written.append("".join(f"== {name}\n{steady(text, told).rstrip()}\n" for name, text in zip(names, model.told, strict=True)))
    assert written[0] == written[1], "\n".join(difflib.unified_diff(*(one.split("\n") for one in written)))
    if os.environ.get("STELE_GOLDEN") == "write":
        GOLDEN.write_text(written[0])
    assert written[0] == GOLDEN.read_text(), written[0]


def test_a_key_that_is_revoked_is_told_in_words(told):
    """At the start by Claude Code, which shows what the instance says; amid the work by the program, in the answer to each call."""
    secret, revoke = key(told)

    def after_the_end(_):
        revoke()
        return "search", {**PROJECT, "query": "press"}

    model = play(over_program(told), [lambda _: ("overview", {}), after_the_end], STELE_KEY=secret)
    assert model.errors == [False, True] and REVOKED in model.told[1], model.told
    with tempfile.TemporaryDirectory() as home:
        line = ["mcp", "add", "--scope", "user", "--transport", "http", "stele", f"{told['url']}/mcp", "--header", "Authorization: Bearer ${STELE_KEY}"]
        said = [run("claude", *words, STELE_KEY=secret, CLAUDE_CONFIG_DIR=home) for words in (line, ["mcp", "get", "stele"])]
    assert REVOKED in said[1] and secret not in "".join(said), said


def test_the_inspector_finds_no_fault_with_the_tools(told):
    """The schemas are such that every client can use them."""
    header = f"Authorization: Bearer {told['serviceKey']}"
    said = run("mcp-inspector", "--cli", f"{told['url']}/mcp", "--transport", "http", "--header", header, "--method", "tools/list", "--strict")
    assert '"name": "publish"' in said, said


def main():
    """Runs all tests, or those that are named."""
    tests = [(name, test) for name, test in globals().items() if name.startswith("test_") and (len(sys.argv) < 2 or name in sys.argv)]
    with sandbox() as told:
        for name, test in tests:
            test(told)
            print(f"ok  {name}", flush=True)


if __name__ == "__main__":
    main()
