"""The knowledge base, by the published SDK: a tree of categories, and the articles in them."""

import uuid

import pytest

from support import Sdk, refused
from test_sdk import entry, topic


@pytest.fixture(scope="module")
def sdk(sandbox):
    """The SDK with the service key."""
    client = Sdk(sandbox.apiUrl, sandbox.serviceKey)
    yield client
    client.close()


@pytest.fixture
def help(sandbox):
    """The demo's knowledge base."""
    return {"organization_id": sandbox.organizationId, "project_id": sandbox.projectId, "app_id": sandbox.apps["help"]}


def test_categories_are_a_tree(sdk, help):
    root = sdk.kb.create_kb_category(**help, data=topic(icon=f"icon-{uuid.uuid4().hex[:8]}"))
    child = sdk.kb.create_kb_category(**help, data=topic(parentId=root["id"]))
    grandchild = sdk.kb.create_kb_category(**help, data=topic(parentId=child["id"], title={"en": "Late", "fr": "Retard"}))
    (found,) = sdk.kb.list_kb_categories(**help, icon=root["icon"])["data"]
    assert [found["id"], found["children"][0]["id"], found["children"][0]["children"][0]["id"]] == [root["id"], child["id"], grandchild["id"]]
    assert found["parentId"] is None and found["children"][0]["parentId"] == root["id"]
    changed = sdk.kb.update_kb_category_meta(**help, category_id=child["id"], data={"description": "By boat"})
    assert changed["description"] == "By boat" and changed["children"][0]["id"] == grandchild["id"]
    refused(400, "BAD_REQUEST", sdk.kb.update_kb_category_meta, **help, category_id=child["id"], data={"parentId": None})
    refused(409, "CONFLICT", sdk.kb.create_kb_category, **help, data=topic(slug=root["slug"]))
    sdk.kb.delete_kb_category(**help, category_id=child["id"])
    refused(404, "NOT_FOUND", sdk.kb.get_kb_category, **help, category_id=child["id"])
    assert sdk.kb.get_kb_category(**help, category_id=grandchild["id"])["parentId"] == root["id"]
    here = {name: help[name] for name in ("organization_id", "project_id")}
    assert sdk.project_trash.restore_project_trash_item(**here, trash_id=child["id"])["entityType"] == "kb_category"
    assert sdk.kb.get_kb_category(**help, category_id=grandchild["id"])["parentId"] == child["id"]


def test_articles_are_in_categories_and_leave_redirects(sdk, help):
    category = sdk.kb.create_kb_category(**help, data=topic())
    made = sdk.kb.create_kb_article(**help, data={"name": "Post", "slug": f"post-{uuid.uuid4().hex[:12]}", "categoryIds": [category["id"]]})
    assert (made["status"], made["isListed"], made["categoryIds"]) == ("draft", True, [category["id"]])
    assert [one["id"] for one in sdk.kb.list_kb_articles(**help, category_id=category["id"])["data"]] == [made["id"]]
    later = sdk.kb.create_kb_article(**help, data=entry("later"))
    assert later["order"] > made["order"] and later["status"] == "published"
    sdk.kb.update_kb_article_meta(**help, article_id=made["id"], data={"slug": f"{made['slug']}-2"})
    (redirect,) = sdk.kb.list_kb_redirects(**help, search=made["slug"])["data"]
    assert (redirect["fromPath"], redirect["toPath"]) == (f"/articles/{made['slug']}", f"/articles/{made['slug']}-2")
    sdk.kb.delete_kb_category(**help, category_id=category["id"])
    assert sdk.kb.get_kb_article(**help, article_id=made["id"])["categoryIds"] == []
    sdk.kb.delete_kb_article(**help, article_id=made["id"])
    refused(404, "NOT_FOUND", sdk.kb.get_kb_article, **help, article_id=made["id"])
