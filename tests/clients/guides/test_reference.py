"""The reference at `/docs` is true: its examples are what the document allows, its samples are calls that exist, and those that read run."""

import inspect
import re
import subprocess

import httpx
import jsonschema
import pytest
from giantcontext import create_giant_context

# A call in the Markdown: its title, its method and path, and all that is told of it.
CALL = re.compile(r"^## [^\n]+\n\n`([A-Z]+) (\S+)`\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def document(sandbox):
    return httpx.get(f"{sandbox.url}/docs/openapi.json", follow_redirects=True).json()


@pytest.fixture(scope="module")
def calls(sandbox):
    """Every call of the reference: method, path, and what is told of it."""
    index = httpx.get(f"{sandbox.url}/docs/index.md").text
    pages = re.findall(r"\]\((\S+\.md)\)", index)
    assert len(pages) > 20
    return [call for page in pages for call in CALL.findall(httpx.get(page).text)]


def blocks(told, language):
    return [text for name, text in FENCE.findall(told) if name == language]


def test_every_call_of_the_document_is_told_once(document, calls):
    all_of_it = sorted((method.upper(), path) for path, item in document["paths"].items() for method in item)
    assert sorted((method, path) for method, path, _ in calls) == all_of_it


def test_every_example_is_what_its_schema_allows(document, calls):
    wrong = []
    for method, path, told in calls:
        operation = document["paths"][path][method.lower()]
        status = next(status for status in operation["responses"] if status.startswith("2"))
        for title, of in [("Example of a body", operation.get("requestBody")), ("Example of an answer", operation["responses"][status])]:
            found = re.search(rf"^### {title}\n\n```json\n(.*?)^```$", told, re.MULTILINE | re.DOTALL)
            if not found:
                continue
            schema = {**next(iter(of["content"].values()))["schema"], "components": document["components"]}
            example = httpx.Response(200, text=found[1]).json()
            wrong += [f"{method} {path}, {title}: {error.json_path}: {error.message[:200]}" for error in jsonschema.Draft202012Validator(schema).iter_errors(example)]
    assert not wrong, "\n".join(wrong[:20])


def test_every_sample_in_python_is_a_call_that_exists(document, calls):
    gc = create_giant_context(api_key="gct_test", base_url="http://127.0.0.1:9")
    with_sdk = 0
    for method, path, told in calls:
        (sample,) = blocks(told, "python")
        operation = document["paths"][path][method.lower()]
        resource, name = operation["tags"][0], operation["operationId"]
        known = getattr(getattr(gc, resource, None), name, None)
        compile(f"async def sample():\n{re.sub('^', '    ', sample, flags=re.MULTILINE)}", name, "exec")
        assert (f"gc.{resource}.{name}(" in sample) == (known is not None), f"{name}: the list of what the SDK lacks is wrong"
        if known:
            constants = {word: word for word in re.findall(r"\b[A-Z][A-Z_]+\b", sample)}
            arguments = sample.split("(", 1)[1].rsplit(")", 1)[0]
            eval(f"bind({arguments})", {**constants, "bind": inspect.signature(known).bind})
            with_sdk += 1
    assert with_sdk > 100


def test_what_reads_in_a_shell_runs_as_it_stands(sandbox, calls):
    known = {
        "TOKEN": sandbox.token(sandbox.serviceKey),
        "ORGANIZATION": sandbox.organizationId,
        "PROJECT": sandbox.projectId,
        "STELE_KEY": sandbox.serviceKey,
        "CLIENT_ID": sandbox.call("GET", "/me").json()["id"],
    }
    ran = 0
    for method, path, told in calls:
        (sample,) = blocks(told, "shell")
        kind = re.search(r"/apps/(\w+)/\{appId\}", path)
        names = {**known, **({"APP": sandbox.apps[kind[1]]} if kind and kind[1] in sandbox.apps else {})}
        # What is asked for by an id of the examples is not there.
        if method != "GET" or "=0198f2c4-" in sample or not set(re.findall(r"\$([A-Z_]+)", sample)) <= set(names):
            continue
        command = f"{sample.strip()} -s -o /dev/null -w '%{{http_code}}'"
        done = subprocess.run(["sh", "-c", command], env={"PATH": "/usr/bin:/bin", **names}, capture_output=True, text=True, timeout=30)
        assert done.stdout.startswith("2"), f"{path}: {done.stdout}\n{sample}\n{done.stderr}"
        ran += 1
    assert ran > 30
