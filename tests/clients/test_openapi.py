"""The OpenAPI document: valid, the same from the server and from the command line, named as the SDK names things, and true."""

import copy
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from contract.methods import BUILT
from support import Sdk
from test_sdk import ALL

HERE = Path(__file__).parent
METHODS = ("get", "post", "put", "patch", "delete")
RUN_SECONDS = 600

# Ids of what the caller stands on, or of those whose removal it would notice.
CONTAINERS = {"{organizationId}", "{projectId}", "{appId}"}
PEOPLE = {"{memberId}", "{accountId}", "{keyId}"}
ENDINGS = {"revoke", "regenerate", "transfer"}


@pytest.fixture(scope="module")
def document(http):
    """The document that the server gives; nobody has to sign in for it."""
    return http.get("/api/openapi.json").raise_for_status().json()


def operations(document):
    """`(method, path, operation)` of everything in the document; paths begin at the root of the server."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield method, path, item[method]


def test_the_document_is_valid(document):
    assert document["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(document).validate()


def test_the_command_line_prints_the_same(document, binary):
    printed = subprocess.run([binary, "openapi"], check=True, capture_output=True, text=True, timeout=30)
    printed = json.loads(printed.stdout)
    assert printed["paths"] == document["paths"] and printed["components"] == document["components"]


def test_every_operation_says_who_may_call_it_and_how_it_may_end(document):
    for method, path, operation in operations(document):
        name = f"{method} {path}"
        assert operation["operationId"] and operation.get("summary"), name
        assert "security" in operation or "security" in document, name
        statuses = operation["responses"].keys()
        assert any(status.startswith("2") for status in statuses), name
        assert operation.get("security") == [] or "401" in statuses, name


def test_operations_are_named_as_the_sdk_names_them(document):
    wanted = {}
    for name in BUILT:
        # The description of each SDK method ends with its route.
        method, path = ALL[name].__doc__.split("\n\n")[-1].split()[:2]
        wanted[method.lower(), f"/api{path}"] = name.split(".")[1]
    named = {(method, path): operation["operationId"] for method, path, operation in operations(document)}
    assert len(set(named.values())) == len(named)
    # Where the SDK's path could be taken for that of something else, the document has another one, and names the SDK's beside it.
    aliases = {(method, each["x-alias"]): each["operationId"] for method, _, each in operations(document) if "x-alias" in each}
    assert {route: {**named, **aliases}.get(route) for route in wanted} == wanted


def test_what_has_two_paths_answers_the_same_at_both(sandbox, document):
    both = [(path, each["x-alias"]) for method, path, each in operations(document) if "x-alias" in each and method == "get"]
    assert len(both) == 4
    organization = sandbox.call("GET", f"/organizations/{sandbox.organizationId}").json()
    project = sandbox.call("GET", f"/organizations/{sandbox.organizationId}/projects/{sandbox.projectId}").json()
    ids = {"organizationId": sandbox.organizationId, "projectId": sandbox.projectId}
    files = "/organizations/{organizationId}/projects/{projectId}/files".format(**ids)
    ids["folderId"] = sandbox.call("POST", f"{files}/folders", json={"name": "At two paths"}).json()["id"]
    ids |= {"slug": organization["slug"], "projectSlug": project["slug"], "appSlug": "website"}
    for paths in both:
        one, other = (sandbox.call("GET", path.removeprefix("/api").format(**ids)) for path in paths)
        assert one.status_code == other.status_code == 200 and one.json() == other.json(), paths


@pytest.fixture(scope="module")
def demo(sandbox):
    """What schemathesis.toml asks for: a token, and ids of things whose loss does not end the run."""
    sandbox.reset()
    sdk = Sdk(sandbox.apiUrl, sandbox.serviceKey)
    here = (sandbox.organizationId, sandbox.projectId)
    site = (*here, sandbox.apps["website"])
    mine = sdk.me.get_me()["id"]
    first = lambda reply, good=lambda each: True: next(each["id"] for each in reply["data"] if good(each))
    # The caller's own key is seen by its own call; any other one will do.
    own = {key["id"] for key in sdk.api_keys.list_my_api_keys()["data"]}
    members = sdk.organization_members.list_organization_members(here[0], page_size="100")
    ids = {
        "ORGANIZATION": here[0],
        "PROJECT": here[1],
        "APP": site[2],
        "KB": sandbox.apps["help"],
        "ACCOUNT": first(sdk.organizations.list_service_accounts(here[0]), lambda each: each["id"] != mine),
        "KEY": first(sdk.api_keys.list_organization_api_keys(here[0], page_size="100"), lambda each: each["id"] not in own),
        "MEMBER": first(members, lambda each: each["userId"] != mine and each["role"] != "owner"),
        "PROJECT_MEMBER": first(sdk.project_members.list_project_members(*here)),
        "APP_MEMBER": first(sdk.app_members.list_app_members(*site)),
        "PAGE": first(sdk.website.list_website_pages(*site)),
        "POST": first(sdk.website.list_website_posts(*site)),
        "TOKEN": sandbox.token(sandbox.serviceKey),
        "URL": sandbox.url,
    }
    sdk.close()
    return {f"STELE_{name}": value for name, value in ids.items()}


def ends_something(method, path):
    """Whether the operation can end, or take rights from, what the run stands on."""
    parts = path.split("/")
    return method != "get" and (parts[-1] in CONTAINERS | ENDINGS or bool(PEOPLE & set(parts)))


# What is good by its schema and may be refused all the same: a cursor of another list, a key that named another request, a version.
# Tests of their own send them.
STATEFUL = {"after", "since", "Idempotency-Key", "If-Match", "If-None-Match"}


def without_state(document):
    """The document without the parameters that only an earlier answer makes good."""
    kept = copy.deepcopy(document)
    for _, _, each in operations(kept):
        each["parameters"] = [one for one in each.get("parameters", []) if one["name"] not in STATEFUL]
    return kept


def schemathesis(sandbox, demo, document, names, *options, **environment):
    """Runs all checks over the operations of these names."""
    chosen = [word for name in names for word in ("--include-operation-id", name)]
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(without_state(document), file)
        file.flush()
        command = [sys.executable, "-m", "schemathesis.cli", "run", file.name, "--url", sandbox.url, "--checks", "all", "--no-color"]
        # What was just created is asked for under the ids of the demo, which another operation may have deleted.
        command += ["--exclude-checks", "ensure_resource_availability", *options, *chosen]
        environment = {**os.environ, **demo, **environment}
        run = subprocess.run(command, cwd=HERE, env=environment, capture_output=True, text=True, timeout=RUN_SECONDS)
    assert run.returncode == 0, run.stdout[-20_000:] + run.stderr[-5_000:]
    # A run whose token had died would be content with 401 everywhere.
    token = demo["STELE_TOKEN"]
    assert sandbox.call("GET", f"/organizations/{demo['STELE_ORGANIZATION']}/projects/{demo['STELE_PROJECT']}", token=token).status_code == 200


def test_the_server_keeps_to_the_document(sandbox, document, demo):
    # Of what is no JSON it can make nothing.
    json_only = lambda each: "application/json" in each.get("requestBody", {}).get("content", {"application/json": {}})
    names = [each["operationId"] for method, path, each in operations(document) if not ends_something(method, path) and json_only(each)]
    assert len(names) >= len(BUILT)
    schemathesis(sandbox, demo, document, names)


def test_the_server_keeps_to_the_document_where_it_ends_things(sandbox, document, demo):
    sandbox.reset()
    # Changes come along once more: in the first run the page may be gone by the time that it is to be changed.
    names = [each["operationId"] for method, path, each in operations(document) if ends_something(method, path) or method == "patch"]
    assert names
    # Not the stateful phase, which expects that what was ended stays so: the hooks put everything back.
    schemathesis(sandbox, demo, document, names, "--phases", "examples,coverage,fuzzing", SCHEMATHESIS_HOOKS="schemathesis_hooks")
