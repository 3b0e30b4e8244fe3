"""The published Python SDK, unchanged, against the real program: every method that is built, and what callers rely on around them."""

import inspect
import uuid

import pytest

from contract import shapes
from contract.files import files_of
from contract.forms import forms_of
from contract.methods import APP, BUILT
from support import Sdk, error, refused

# What the contract counts, so that a method that appears or vanishes is noticed.
RESOURCES, METHODS = 32, 255

# Lists that the demo may leave empty: only the hosted product suspends people, nobody has invited the demo's users elsewhere, and no site
# is served yet.
MAY_BE_EMPTY = {"me.list_my_suspension_messages", "me.list_my_invitations"}




def all_methods():
    """`resource.method` of everything that the SDK has, with the method itself."""
    client = Sdk("http://127.0.0.1", "gct_none")
    found = {}
    for resource, holder in vars(client._client).items():
        for name, method in inspect.getmembers(holder, inspect.iscoroutinefunction):
            if resource != "_client" and not name.startswith("_"):
                found[f"{resource}.{name}"] = method
    client.close()
    return found


ALL = all_methods()


def test_the_sdk_is_the_one_of_the_contract():
    assert (len({name.split(".")[0] for name in ALL}), len(ALL)) == (RESOURCES, METHODS)
    assert BUILT.keys() <= ALL.keys()


@pytest.fixture(scope="module", params=["service account", "person"])
def sdk(request, sandbox):
    """The SDK with a key of a service account, then with a personal key."""
    client = Sdk(sandbox.apiUrl, sandbox.serviceKey if request.param == "service account" else sandbox.personalKey)
    yield client
    client.close()


@pytest.fixture(scope="module")
def demo(sdk, sandbox):
    """Ids of the demo, found as a user of the SDK finds them."""
    sandbox.reset()
    here = {"organization_id": sandbox.organizationId, "project_id": sandbox.projectId}
    site = {**here, "app_id": sandbox.apps["website"]}
    first = lambda reply: reply["data"][0]
    me = sdk.me.get_me()
    # Something that the caller did, so that lists of activities are not empty.
    pages = [sdk.website.create_website_page(**site, data=entry("first")) for _ in range(2)]
    members = sdk.organization_members.list_organization_members(sandbox.organizationId, page_size="100")["data"]
    new = lambda kind: sdk.call(f"website.create_website_{kind}", **site, data=entry("doomed"))["id"]

    def trashed(key="id"):
        """Something that was just deleted."""
        page = new("page")
        sdk.website.delete_website_page(**site, page_id=page)
        return sdk.project_trash.get_project_trash_item(**here, trash_id=page)[key]

    project = f"/organizations/{here['organization_id']}/projects/{here['project_id']}"

    def redirect(app, segment):
        """A redirect that somebody made."""
        body = {"fromPath": f"/old-{uuid.uuid4().hex[:12]}", "toPath": "/new"}
        return sandbox.call("POST", f"{project}/apps/{segment}/{app}/redirects", json=body).json()["id"]

    def built(**more):
        """A new block on the first page, and what a change of it says."""
        on_page = {"contentType": "website_page", "contentId": pages[0]["id"]}
        made = sdk.builder.insert_block(**here, data={**on_page, "type": "heading", "data": {"text": "Built"}})
        return {**on_page, **{name: made["block"]["id"] if name == "blockId" else made["sectionId"] if name == "sectionId" else value for name, value in more.items()}}

    part = lambda kind: lambda: sdk.call(f"website.create_website_{kind}", **site, data={"name": f"A {kind}"})["id"]
    for kind in ("header", "footer", "layout", "sidebar", "dialog"):
        part(kind)()
    help_of = {**here, "app_id": sandbox.apps["help"]}
    category = lambda: sdk.kb.create_kb_category(**help_of, data=topic())["id"]
    article = lambda: sdk.kb.create_kb_article(**help_of, data={**entry("article"), "categoryIds": [category()]})["id"]
    article()
    return {
        **site,
        **forms_of(sandbox),
        **files_of(sdk, sandbox, here, site["app_id"], entry),
        "organization_slug": sdk.organizations.get_organization(sandbox.organizationId)["slug"],
        "account_id": first(sdk.organizations.list_service_accounts(sandbox.organizationId))["id"],
        "member_id": next(member["id"] for member in members if member["userId"] == me["id"]),
        "invitation_id": first(sdk.invitations.list_organization_invitations(sandbox.organizationId))["id"],
        "project_slug": sdk.projects.get_project(**here)["slug"],
        "project_member_id": first(sdk.project_members.list_project_members(**here))["id"],
        "app_slug": "website",
        "app_member_id": first(sdk.app_members.list_app_members(**site))["id"],
        "branding_id": sandbox.call("POST", f"{project}/brandings", json={"name": f"Journal {uuid.uuid4().hex[:12]}"}).json()["id"],
        "domain_id": sandbox.call("POST", f"{project}/domains", json={"hostname": f"{uuid.uuid4().hex[:12]}.example.org", "appId": site["app_id"]}).json()["id"],
        "page_id": pages[0]["id"],
        "post_id": sdk.website.create_website_post(**site, data=entry("first"))["id"],
        "settings": {"settings": {"pageDesign": "Plain, with much room."}},
        "meta": {"title": "Renamed"},
        "word": pages[0]["name"],
        "page_type": "website_page",
        "version_id": first(sdk.content_versions.list_content_versions(**here, content_type="website_page", content_id=pages[0]["id"]))["id"],
        "trash_id": trashed(),
        "redirect_id": redirect(sandbox.apps["website"], "website"),
        "kb_id": sandbox.apps["help"],
        "kb_redirect_id": redirect(sandbox.apps["help"], "kb"),
        # Each call gets one of its own.
        "new_entry": lambda: entry("new"),
        "doomed_page": lambda: new("page"),
        "doomed_post": lambda: new("post"),
        "reader": lambda: {"email": f"reader-{uuid.uuid4().hex[:12]}@example.com"},
        "doomed_reader": lambda: sdk.website.invite_website_viewer(**site, data={"email": f"x-{uuid.uuid4().hex[:12]}@example.com"})["personId"],
        "search_index": {"contentType": "website_page", "contentId": pages[0]["id"]},
        "doomed_trash": trashed,
        "block_type": "heading",
        "on_page": {"contentType": "website_page", "contentId": pages[0]["id"]},
        "visibility": {"contentType": "website_page", "contentId": pages[0]["id"], "isListed": False},
        "block_new": lambda: {**built(), "type": "text", "data": {"markdown": "Hello"}},
        "block_patch": lambda: built(blockId=None, data={"text": "Rebuilt"}),
        "on_block": lambda: built(blockId=None),
        "section_patch": lambda: built(sectionId=None, patch={"role": "hero"}),
        "on_section": lambda: built(sectionId=None),
        "new_part": {"name": "A part"},
        "article": article,
        "category": category,
        "new_article": lambda: entry("article"),
        "new_category": lambda: topic(),
        "seo": {"seo": {"title": "Found"}},
        **{kind: part(kind) for kind in ("header", "footer", "layout", "sidebar", "dialog")},
        "doomed_batch": lambda: trashed("trashBatchId"),
    }


def entry(name, /, **fields):
    """What makes a page or a post, with a slug that nobody has."""
    slug = f"{name}-{uuid.uuid4().hex[:12]}"
    return {"name": f"Test {slug}", "slug": slug, "title": f"Test {slug}", "status": "published", **fields}


def topic(**fields):
    """What makes a category."""
    slug = f"topic-{uuid.uuid4().hex[:12]}"
    return {"name": f"Test {slug}", "slug": slug, **fields}


def section(text):
    """A content tree with one block."""
    return [{"type": "section", "columns": [{"blocks": [{"type": "text", "data": {"markdown": text}}]}]}]


@pytest.mark.parametrize("name", BUILT)
def test_every_built_method_answers_in_its_shape(name, sdk, demo):
    wanted = BUILT[name]
    named = {**{need: need for need in wanted.needs}, **wanted.fixed}
    arguments = {argument: demo[source]() if callable(demo[source]) else demo[source] for argument, source in named.items()}
    reply = sdk.call(name, **arguments)
    shapes.check(reply, wanted.shape)
    is_a_persons_own = name.startswith(("me.", "api_keys."))
    if "data" in wanted.shape and name not in MAY_BE_EMPTY and not (is_a_persons_own and demo_is_of_a_service(sdk)):
        assert reply["data"], "the demo holds at least one of everything that can be listed"
        assert reply["meta"]["total"] >= len(reply["data"])


def demo_is_of_a_service(sdk):
    """Whether this key belongs to a service account, whose notifications may be none."""
    return "_sat_" in sdk._client._client._config.api_key


@pytest.mark.parametrize("name", sorted(ALL.keys() - BUILT.keys()))
def test_every_other_method_says_that_there_is_no_such_route(name, sandbox, plain_sdk):
    known = {"organization_id": sandbox.organizationId, "project_id": sandbox.projectId, "app_id": sandbox.apps["website"], "data": {}}
    required = [each for each in inspect.signature(ALL[name]).parameters.values() if each.default is inspect.Parameter.empty]
    arguments = {each.name: known.get(each.name, str(uuid.uuid4())) for each in required}
    assert "no such route" in refused(404, "NOT_FOUND", plain_sdk.call, name, **arguments)["message"].lower()


@pytest.fixture(scope="module")
def plain_sdk(sandbox):
    """The SDK with the service key, for tests that need only one caller."""
    client = Sdk(sandbox.apiUrl, sandbox.serviceKey)
    yield client
    client.close()


def test_one_token_serves_many_calls(sandbox):
    client = Sdk(sandbox.apiUrl, sandbox.serviceKey)
    for _ in range(3):
        client.me.get_me()
    client.close()
    assert client.sent.count(("POST", "/api/auth/token")) == 1
    assert client.sent.count(("GET", "/api/me")) == 3


def test_a_later_token_does_not_end_an_earlier_one(sandbox):
    earlier, later = sandbox.token(sandbox.serviceKey), sandbox.token(sandbox.serviceKey)
    for token in (earlier, later, earlier):
        assert sandbox.call("GET", "/me", token=token).status_code == 200


def test_a_base_url_may_end_in_a_slash(sandbox):
    client = Sdk(f"{sandbox.apiUrl}/", sandbox.serviceKey)
    assert client.me.get_me()["id"]
    client.close()


NO_KEYS = ["", "gct_", "gct_test_sat_short", "gct_test_sat_" + "A" * 49, "x" * 1_000, "gct_test_sat_\u202e" + "é" * 48]


@pytest.mark.parametrize("key", NO_KEYS, ids=ascii)
def test_what_is_not_a_key_of_this_server_is_refused(sandbox, key):
    client = Sdk(sandbox.apiUrl, key)
    body = refused(401, "UNAUTHORIZED", client.me.get_me)
    client.close()
    assert body["reason"] in ("key_malformed", "key_unknown")


def test_a_key_in_the_place_of_a_token_is_told_where_to_go(sandbox):
    body = error(sandbox.call("GET", "/me", token=sandbox.serviceKey), 401, "UNAUTHORIZED")
    assert "/api/auth/token" in body["message"]


@pytest.mark.parametrize("address", ["pages", "posts"])
def test_an_entry_lives_and_dies(plain_sdk, sandbox, address):
    kind = address.removesuffix("s")
    where = {"organization_id": sandbox.organizationId, "project_id": sandbox.projectId, "app_id": sandbox.apps["website"]}
    do = lambda verb, **more: plain_sdk.call(f"website.{verb}", **where, **more)
    made = do(f"create_website_{kind}", data=entry("life", content=section("Hello"), tags=["a", "b"]))
    own = {f"{kind}_id": made["id"]}

    read = do(f"get_website_{kind}", **own)
    assert read == made and read["type"] == kind
    assert read["tags"] == ["a", "b"]
    (part,) = read["content"]
    block = part["columns"][0]["blocks"][0]
    assert block["data"]["markdown"] == "Hello" and part["id"] and part["columns"][0]["id"] and block["id"]

    changed = do(f"update_website_{kind}_meta", **own, data={"name": "Another name"})
    assert changed["name"] == "Another name"
    assert (changed["slug"], changed["status"], changed["content"]) == (read["slug"], read["status"], read["content"])
    assert do(f"get_website_{kind}", **own) == changed
    assert made["id"] in [each["id"] for each in do(f"list_website_{address}", slug=made["slug"])["data"]]

    assert do(f"delete_website_{kind}", **own)["success"] is True
    refused(404, "NOT_FOUND", do, f"get_website_{kind}", **own)
    refused(404, "NOT_FOUND", do, f"delete_website_{kind}", **own)
    assert do(f"list_website_{address}", slug=made["slug"])["data"] == []


@pytest.fixture
def pages(plain_sdk, sandbox):
    """The pages of the demo's website: `pages("list", ...)`, `pages("create", ...)` and so on."""
    where = {"organization_id": sandbox.organizationId, "project_id": sandbox.projectId, "app_id": sandbox.apps["website"]}
    names = {"list": "list_website_pages", "update": "update_website_page_meta"}
    return lambda verb, /, **more: plain_sdk.call(f"website.{names.get(verb, f'{verb}_website_page')}", **where, **more)


def test_a_page_starts_published_and_a_post_as_a_draft(plain_sdk, sandbox):
    where = {"organization_id": sandbox.organizationId, "project_id": sandbox.projectId, "app_id": sandbox.apps["website"]}
    bare = lambda: {name: value for name, value in entry("status").items() if name != "status"}
    assert plain_sdk.website.create_website_page(**where, data=bare())["status"] == "published"
    assert plain_sdk.website.create_website_post(**where, data=bare())["status"] == "draft"


def test_writing_one_language_keeps_the_others(pages):
    made = pages("create", data=entry("words", title={"en": "Hello", "fr": "Bonjour"}))
    assert made["title"] == {"en": "Hello", "fr": "Bonjour"}
    changed = pages("update", page_id=made["id"], data={"title": {"fr": "Salut"}})
    assert changed["title"] == {"en": "Hello", "fr": "Salut"}


def test_a_language_can_be_chosen(pages, sandbox):
    made = pages("create", data=entry("words", title={"en": "Hello", "fr": "Bonjour"}))
    path = f"/organizations/{sandbox.organizationId}/projects/{sandbox.projectId}/apps/website/{sandbox.apps['website']}/pages/{made['id']}"
    assert sandbox.call("GET", path, params={"locale": "fr"}).json()["title"] == "Bonjour"
    assert sandbox.call("GET", path, params={"locale": "de"}).json()["title"] == "Hello", "falls back to the project's language"


def test_a_slug_is_taken_once(pages):
    made = pages("create", data=entry("slug"))
    refused(409, "CONFLICT", pages, "create", data=entry("slug", slug=made["slug"]))
    other = pages("create", data=entry("slug"))
    refused(409, "CONFLICT", pages, "update", page_id=other["id"], data={"slug": made["slug"]})
    assert pages("get", page_id=other["id"])["slug"] == other["slug"]


def test_a_slug_can_be_renamed(pages):
    made = pages("create", data=entry("slug"))
    slug = f"renamed-{uuid.uuid4().hex[:12]}"
    assert pages("update", page_id=made["id"], data={"slug": slug})["slug"] == slug
    assert [each["id"] for each in pages("list", slug=slug)["data"]] == [made["id"]]
    assert pages("list", slug=made["slug"])["data"] == []


def test_lite_leaves_the_content_out(pages):
    made = pages("create", data=entry("lite", content=section("Heavy")))
    (whole,) = pages("list", slug=made["slug"])["data"]
    (light,) = pages("list", slug=made["slug"], lite="true")["data"]
    assert "content" in whole and "content" not in light
    assert {**light, "content": whole["content"]} == whole


def test_pages_of_a_list_do_not_overlap(pages):
    whole = pages("list", page_size="200", sort="slug:asc", lite="true")
    size = 5
    wanted = range(1, whole["meta"]["total"] // size + 3)
    parts = [pages("list", page=str(number), page_size=str(size), sort="slug:asc", lite="true") for number in wanted]
    assert [each["id"] for part in parts for each in part["data"]] == [each["id"] for each in whole["data"]]
    total = whole["meta"]["total"]
    assert total == len(whole["data"]) >= 12, "the demo has a dozen pages"
    numbers = {name: value for name, value in parts[0]["meta"].items() if name != "next"}
    assert numbers == {"total": total, "page": 1, "pageSize": size, "pageCount": -(-total // size)}
    assert parts[-1]["data"] == [], "after the last page there is nothing"


def test_page_and_flags_may_be_numbers_and_booleans(pages):
    reply = pages("list", page=1, page_size=3, lite=True)
    assert len(reply["data"]) == 3 and "content" not in reply["data"][0]


def test_a_list_is_newest_first_and_can_be_sorted(pages):
    names = lambda sort: [each["slug"] for each in pages("list", page_size="200", lite="true", sort=sort)["data"]]
    assert names("slug:asc") == sorted(names("slug:asc"))
    assert names("slug:desc") == names("slug:asc")[::-1]
    made = pages("create", data=entry("newest"))
    assert pages("list", page_size="1")["data"][0]["id"] == made["id"]


def test_a_list_can_be_filtered_and_searched(pages):
    word = uuid.uuid4().hex
    made = pages("create", data=entry("search", name=f"Årsbok {word}", status="draft"))
    found = lambda **query: [each["id"] for each in pages("list", **query)["data"]]
    assert found(search=word.upper()) == [made["id"]]
    assert found(search=f"årsbok {word}") == [made["id"]]
    assert found(search=word, status="draft") == [made["id"]]
    assert found(search=word, status="published") == []
    assert found(search="%") == [] == found(search=f"{word}%")
    assert all(each["status"] == "draft" for each in pages("list", status="draft")["data"])


SENSELESS = [
    *({"page": value} for value in ("0", "-1", "1000000000", "x")),
    *({"page_size": value} for value in ("0", "1000000")),
    *({"sort": value} for value in ("content:asc", "slug:up")),
    {"lite": "perhaps"},
    {"status": "unheard-of"},
]


@pytest.mark.parametrize("query", SENSELESS, ids=str)
def test_a_list_refuses_what_makes_no_sense_and_names_it(pages, query):
    (name,) = query
    body = refused(400, "BAD_REQUEST", pages, "list", **query)
    assert [fault["field"] for fault in body["errors"]] == [{"page_size": "pageSize"}.get(name, name)]


WRONG = [
    *({"name": value} for value in ("", "n" * 10_000, "a\0b", 7, None)),
    {"slug": "a b"},
    {"title": ["x"]},
    {"surprise": 1},
]


@pytest.mark.parametrize("change", WRONG, ids=lambda change: str(change)[:40])
def test_a_page_refuses_wrong_fields_and_names_them(pages, change):
    (name,) = change
    body = refused(400, "BAD_REQUEST", pages, "create", data=entry("bad", **change))
    assert name in [fault["field"] for fault in body["errors"]]


@pytest.mark.parametrize("page_id", [str(uuid.UUID(int=7)), "not-an-id", "a/b c", "../../projects", "%00", "é"])
def test_an_unknown_id_is_not_found(pages, page_id):
    body = refused(404, "NOT_FOUND", pages, "get", page_id=page_id)
    assert "no such route" not in body["message"].lower()


def test_a_page_is_not_found_through_another_project(plain_sdk, sandbox, pages):
    made = pages("create", data=entry("elsewhere"))
    projects = plain_sdk.projects.list_projects(sandbox.organizationId)["data"]
    other = next(project["id"] for project in projects if project["id"] != sandbox.projectId)
    refused(404, "NOT_FOUND", plain_sdk.website.get_website_page, sandbox.organizationId, other, sandbox.apps["website"], made["id"])
    refused(404, "NOT_FOUND", plain_sdk.projects.get_project, str(uuid.uuid4()), sandbox.projectId)


def test_settings_merge_and_refuse_what_is_unknown(plain_sdk, sandbox):
    where = (sandbox.organizationId, sandbox.projectId, sandbox.apps["website"])
    change = lambda settings: plain_sdk.project_apps.update_app_settings(*where, {"settings": settings})["settings"]
    assert change({"pageDesign": "Plain"})["pageDesign"] == "Plain"
    assert change({})["pageDesign"] == "Plain"
    assert change({"pageDesign": None}).get("pageDesign") is None
    assert "unheardOf" in refused(400, "BAD_REQUEST", change, {"unheardOf": 1})["message"]
