"""Versions and the trash by the published SDK: what an entry was comes back, and what was deleted, too."""

import pytest

from support import Sdk, refused
from test_sdk import entry, section


@pytest.fixture(scope="module")
def sdk(sandbox):
    """The SDK with the service key."""
    client = Sdk(sandbox.apiUrl, sandbox.serviceKey)
    yield client
    client.close()


@pytest.fixture
def here(sandbox):
    """The demo's project."""
    return {"organization_id": sandbox.organizationId, "project_id": sandbox.projectId}


@pytest.fixture
def site(here, sandbox):
    """Its website."""
    return {**here, "app_id": sandbox.apps["website"]}


def test_an_earlier_version_is_found_read_and_restored(sdk, here, site):
    made = sdk.website.create_website_page(**site, data=entry("versions", title={"en": "Sea", "fr": "Mer"}, content=section("Wide")))
    sdk.website.update_website_page_meta(**site, page_id=made["id"], data={"title": {"en": "Lake", "fr": None}, "slug": f"{made['slug']}-2"})
    of = {"content_type": "website_page", "content_id": made["id"]}
    versions = sdk.content_versions.list_content_versions(**here, **of)["data"]
    assert [(one["version"], one["source"]) for one in versions] == [(2, "edit"), (1, "create")]
    assert all("content" not in one for one in versions)
    assert sdk.content_versions.list_content_versions(**here, **of, source="create", version="1")["meta"]["total"] == 1
    first = sdk.content_versions.get_content_version(**here, version_id=versions[1]["id"])
    assert first["content"] == made["content"] and first["fields"]["title"] == {"en": "Sea", "fr": "Mer"}
    done = sdk.content_versions.restore_content_version(**here, version_id=first["id"])
    assert (done["restoredFromVersion"], done["newVersion"], done["missing"]) == (1, 3, [])
    now = sdk.website.get_website_page(**site, page_id=made["id"])
    assert (now["title"], now["content"], now["slug"]) == (made["title"], made["content"], f"{made['slug']}-2")
    assert sdk.content_versions.list_content_versions(**here, **of)["data"][0]["source"] == "revert"
    refused(400, "BAD_REQUEST", sdk.content_versions.list_content_versions, **here, content_type="nothing", content_id=made["id"])


def test_what_was_deleted_is_listed_restored_and_deleted_for_good(sdk, here, site):
    made = sdk.website.create_website_post(**site, data=entry("trash"))
    sdk.website.delete_website_post(**site, post_id=made["id"])
    item = sdk.project_trash.list_project_trash(**here, entity_type="website_post")["data"][0]
    assert (item["entityId"], item["name"]) == (made["id"], made["name"])
    assert sdk.project_trash.get_project_trash_item(**here, trash_id=item["id"])["snapshot"] == made
    other = sdk.website.create_website_post(**site, data=entry("trash", slug=made["slug"]))
    body = refused(409, "CONFLICT", sdk.project_trash.restore_project_trash_item, **here, trash_id=item["id"])
    assert made["slug"] in body["message"]
    sdk.website.delete_website_post(**site, post_id=other["id"])
    back = sdk.project_trash.restore_project_trash_batch(**here, batch_id=item["trashBatchId"])
    assert (back["restoredCount"], back["restored"][0]["entityId"]) == (1, made["id"])
    assert sdk.website.get_website_post(**site, post_id=made["id"]) == made
    assert sdk.project_trash.permanent_delete_project_trash_item(**here, trash_id=other["id"])["success"] is True
    refused(404, "NOT_FOUND", sdk.project_trash.get_project_trash_item, **here, trash_id=other["id"])
