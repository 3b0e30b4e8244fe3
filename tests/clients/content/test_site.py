"""What surrounds the entries of a website, by the published SDK: redirects, tags, addresses, readers."""

import uuid

import pytest

from support import Sdk, refused
from test_sdk import entry


@pytest.fixture(scope="module")
def sdk(sandbox):
    """The SDK with the service key."""
    client = Sdk(sandbox.apiUrl, sandbox.serviceKey)
    yield client
    client.close()


@pytest.fixture
def site(sandbox):
    """The demo's website."""
    return {"organization_id": sandbox.organizationId, "project_id": sandbox.projectId, "app_id": sandbox.apps["website"]}


def test_a_renamed_page_leaves_a_redirect(sdk, site):
    made = sdk.website.create_website_page(**site, data=entry("redirect"))
    sdk.website.update_website_page_meta(**site, page_id=made["id"], data={"slug": f"{made['slug']}-2"})
    found = sdk.website.list_website_redirects(**site, source="auto", status="308", search=made["slug"])["data"]
    assert [(one["fromPath"], one["toPath"]) for one in found] == [(f"/{made['slug']}", f"/{made['slug']}-2")]
    assert sdk.website.get_website_redirect(**site, redirect_id=found[0]["id"]) == found[0]
    assert sdk.website.list_website_redirects(**site, source="manual")["data"], "the demo has one"


def test_tags_and_addresses_follow_the_entries(sdk, site):
    tag = f"tag {uuid.uuid4().hex[:12]}"
    made = sdk.website.create_website_post(**site, data=entry("tagged", tags=[tag, f"{tag} too"]))
    assert sdk.website.list_website_tags(**site, search=tag.upper())["data"] == [tag, f"{tag} too"]
    assert sdk.website.list_website_tags(**site, tag=tag)["meta"]["total"] == 1
    urls = sdk.website.get_website_urls(**site)
    assert f"blog/{made['slug']}" in urls["slugs"] and len(urls["entries"]) == len(urls["slugs"])
    here = {name: site[name] for name in ("organization_id", "project_id")}
    assert [one["id"] for one in sdk.projects.list_project_urls(**here, path=f"/blog/{made['slug']}")["data"]] == [made["id"]]
    sdk.website.delete_website_post(**site, post_id=made["id"])
    assert sdk.website.list_website_tags(**site, search=tag)["data"] == []
    assert f"blog/{made['slug']}" not in sdk.website.get_website_urls(**site)["slugs"]


def test_readers_are_invited_while_they_sign_in(sdk, sandbox, site):
    email = f"reader-{uuid.uuid4().hex[:12]}@example.com"
    invited = sdk.website.invite_website_viewer(**site, data={"email": email})
    assert (invited["email"], invited["created"], invited["sent"]) == (email, True, False)
    assert sdk.website.invite_website_viewer(**site, data={"email": email.upper()})["created"] is False
    (reader,) = sdk.website.list_website_viewers(**site, search=email)["data"]
    assert (reader["personId"], reader["hasSignedIn"], reader["signedInAt"]) == (invited["personId"], False, None)
    auth = "/organizations/{organization_id}/projects/{project_id}/apps/website/{app_id}/viewer-auth".format(**site)
    assert sandbox.call("PATCH", auth, json={"enabled": False}).json()["enabled"] is False
    assert sdk.website.list_website_viewers(**site)["data"] == []
    refused(404, "VIEWER_AUTH_DISABLED", sdk.website.invite_website_viewer, **site, data={"email": email})
    assert sandbox.call("PATCH", auth, json={"enabled": True}).json()["enabled"] is True
    assert sdk.website.remove_website_viewer(**site, uid=reader["uid"]) == {"uid": reader["uid"]}
    refused(404, "NOT_FOUND", sdk.website.remove_website_viewer, **site, uid=reader["uid"])


def test_what_waits_for_sites_says_so(sdk, site):
    here = {name: site[name] for name in ("organization_id", "project_id")}
    made = sdk.website.create_website_page(**site, data=entry("index"))
    answer = sdk.website.submit_content_to_search_engines(**here, data={"contentType": "website_page", "contentId": made["id"]})
    assert answer["submitted"] is False and answer["reason"]
    refused(404, "NOT_FOUND", sdk.website.submit_content_to_search_engines, **here, data={"contentType": "website_page", "contentId": str(uuid.uuid4())})
    refused(404, "NOT_FOUND", sdk.website.get_website_custom_domain, **site, domain_id=str(uuid.uuid4()))
