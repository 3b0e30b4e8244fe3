"""The client for TypeScript in `clients/typescript`: made of the document of this program, packed, installed in an empty folder, and used there."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from contract import shapes
from contract.methods import BUILT
from contract.unserved import UNSERVED
from guides.test_reference import blocks, calls  # noqa: F401
from support import Sdk
from test_sdk import ALL, demo  # noqa: F401

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
CLIENT = ROOT / "clients" / "typescript"
# **`name`**, and the block that follows.
BLOCK = re.compile(r"^\*\*`([^`]+)`\*\*\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PACKAGES = HERE.parent / "node_modules"


def camel(name):
    """`website.create_website_page` as the client has it."""
    return re.sub(r"_+([a-z0-9])", lambda match: match[1].upper(), name)


def run(*command, cwd, **more):
    """What a command prints that ends well."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder into which the packed client was installed, and nothing else but the compiler and the tests."""
    folder = tmp_path_factory.mktemp("typescript")
    (packed,) = json.loads(run("npm", "pack", CLIENT, "--json", cwd=folder))
    (folder / "package.json").write_text('{"private": true, "type": "module"}')
    run("npm", "install", "--offline", "--no-audit", "--no-fund", f"./{packed['filename']}", cwd=folder)
    assert [name for name in os.listdir(folder / "node_modules") if not name.startswith(".")] == ["stele-client"]
    (folder / "node_modules" / "@types").symlink_to(PACKAGES / "@types")
    for file in HERE.iterdir():
        if file.suffix in {".mjs", ".ts", ".json"}:
            shutil.copy(file, folder)
    return folder


@pytest.fixture
def environment(sandbox):
    """What the programs of the folder are told."""
    ids = {"ORGANIZATION": sandbox.organizationId, "PROJECT": sandbox.projectId, "APP": sandbox.apps["website"]}
    told = {"URL": sandbox.url, "KEY": sandbox.serviceKey, **ids}
    return {**os.environ, "NO_COLOR": "1", **{f"STELE_{name}": value for name, value in told.items()}}


def test_what_is_there_is_what_the_script_makes(binary):
    document = run(binary, "openapi", cwd=CLIENT)
    assert run("node", "generate.mjs", "--check", cwd=CLIENT, input=document) == ""


def test_what_is_not_what_the_script_makes_is_noticed(binary, tmp_path):
    shutil.copytree(CLIENT, tmp_path / "client")
    with (tmp_path / "client" / "api" / "me.d.ts").open("a") as file:
        file.write("// A change by hand.\n")
    (tmp_path / "client" / "api" / "old.d.ts").touch()
    document = run(binary, "openapi", cwd=CLIENT)
    command = ["node", "generate.mjs"]
    checked = subprocess.run([*command, "--check"], cwd=tmp_path / "client", input=document, capture_output=True, text=True)
    assert (checked.returncode, [line.split()[0] for line in checked.stdout.splitlines()]) == (1, ["api/me.d.ts", "api/old.d.ts"])
    run(*command, cwd=tmp_path / "client", input=document)
    assert run("diff", "-r", CLIENT, tmp_path / "client", cwd=tmp_path) == ""


def test_the_methods_are_those_of_the_document_and_of_the_sdk(folder, http):
    names = "Object.entries(createStele({ baseUrl: 'http://127.0.0.1' })).flatMap(([one, all]) => Object.keys(all).map((name) => `${one}.${name}`))"
    script = f"import {{ createStele }} from 'stele-client'; console.log(JSON.stringify({names}))"
    there = set(json.loads(run("node", "--input-type=module", "--eval", script, cwd=folder)))
    paths = http.get("/api/openapi.json").json()["paths"]
    operations = [each for path in paths.values() for each in path.values()]
    assert there == {camel(f"{each['tags'][0]}.{each['operationId']}") for each in operations}
    # Those of the SDK that are missing, each by its name.
    assert {name for name in ALL if camel(name) not in there} == {f"{resource}.{name}" for resource, names in UNSERVED.items() for name in names.split()}


@pytest.fixture(scope="module")
def sdk(sandbox):
    """The SDK, which finds the ids of the demo."""
    client = Sdk(sandbox.apiUrl, sandbox.serviceKey)
    yield client
    client.close()


@pytest.fixture(scope="module")
def client(folder, sandbox):
    """The client, called from here."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    environment = {**os.environ, "STELE_URL": sandbox.url, "STELE_KEY": sandbox.serviceKey}
    with subprocess.Popen(["node", "driver.mjs"], cwd=folder, env=environment, **pipes) as process:

        def call(name, arguments):
            resource, method = camel(name).split(".")
            said = {"resource": resource, "method": method, "of": {camel(each): value for each, value in arguments.items()}}
            process.stdin.write(json.dumps(said) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield call
        process.stdin.close()


@pytest.mark.parametrize("name", BUILT)
def test_every_built_method_answers_in_its_shape(name, client, demo):  # noqa: F811
    wanted = BUILT[name]
    named = {**{need: need for need in wanted.needs}, **wanted.fixed}
    arguments = {argument: demo[source]() if callable(demo[source]) else demo[source] for argument, source in named.items()}
    told = client(name, arguments)
    assert "error" not in told, told
    shapes.check(told["answer"], wanted.shape)


def test_the_client_around_a_call(folder, fresh, environment):
    said = run("node", "--test", "--test-reporter=tap", "client.test.mjs", cwd=folder, env=environment)
    assert re.search(r"^# pass (\d+)$", said, re.MULTILINE)[1] == str((HERE / "client.test.mjs").read_text().count('\ntest("'))


def test_a_day_compiles_and_is_lived_through(folder, fresh, environment):
    run("node", PACKAGES / "typescript" / "bin" / "tsc", "--project", ".", cwd=folder)
    assert json.loads(run("node", "day.js", cwd=folder, env=environment)) == {
        "madeTwice": False,
        "title": {"en": "Tides", "fr": "Marées"},
        "unchanged": True,
        "changed": "Ebb",
        "stale": [412, "PRECONDITION_FAILED"],
        "wrong": [400, "BAD_REQUEST", "invalid", "name", 2],
        "listed": True,
        "sitemap": True,
        "isGone": True,
        "scope": "read",
    }


def test_what_the_readme_shows_runs(folder, fresh, environment):
    shown = dict(BLOCK.findall((CLIENT / "README.md").read_text()))
    assert shown.keys() == {"tides.mjs"}
    (folder / "tides.mjs").write_text(shown["tides.mjs"])
    assert run("node", "tides.mjs", cwd=folder, env=environment).split("\n")[:2] == ["/tides { en: 'Tides', fr: 'Marées' }", "taken: slug"]


def test_the_package_is_of_this_version_and_holds_its_licences(folder):
    package = json.loads((CLIENT / "package.json").read_text())
    cargo = (ROOT / "Cargo.toml").read_text()
    of_cargo = lambda name: re.search(rf'^{name} = "(.*)"', cargo, re.MULTILINE)[1]  # noqa: E731
    assert (package["version"], package["license"]) == (of_cargo("version"), of_cargo("license"))
    assert not {"dependencies", "peerDependencies", "optionalDependencies", "scripts"} & package.keys()
    for name in ("LICENSE-MIT", "LICENSE-APACHE"):
        assert (folder / "node_modules" / "stele-client" / name).read_text() == (ROOT / name).read_text()
    assert {"README.md", "index.js", "index.d.ts"} <= set(os.listdir(folder / "node_modules" / "stele-client"))


def test_every_sample_of_the_reference_compiles(folder, calls):  # noqa: F811
    samples = [sample for _, _, told in calls for sample in blocks(told, "typescript")]
    assert len(samples) == len(calls) > 150
    # What stands alone in a call is a name that the reader has: an id, or what is asked for.
    names = sorted({name for sample in samples for name in re.findall(r"^  (\w+),$", sample, re.MULTILINE)})
    begins = 'import { openAsBlob, readFileSync } from "node:fs";\nimport { createStele } from "stele-client";\nconst client = createStele({ baseUrl: "http://127.0.0.1" });\n'
    declared = "".join(f"declare const {name}: string;\n" for name in names)
    told = "".join(f"export async function sample{number}() {{\n{sample}\nreturn result;\n}}\n" for number, sample in enumerate(samples))
    (folder / "samples.ts").write_text(begins + declared + told)
    options = ["--strict", "--noEmit", "--module", "nodenext", "--target", "es2022", "--lib", "es2023,dom,dom.iterable,dom.asynciterable", "--types", "node"]
    run("node", PACKAGES / "typescript" / "bin" / "tsc", *options, "samples.ts", cwd=folder)
