"""Forms, by the published SDK: its seven methods, and what visitors send in between."""

import pytest

from contract.forms import made, send
from support import Sdk, refused


@pytest.fixture(scope="module")
def sdk(sandbox):
    """The SDK with the service key."""
    client = Sdk(sandbox.apiUrl, sandbox.serviceKey)
    yield client
    client.close()


@pytest.fixture
def forms(sandbox):
    """The demo's forms."""
    return {"organization_id": sandbox.organizationId, "project_id": sandbox.projectId, "app_id": sandbox.apps["forms"]}


def test_forms_are_listed_changed_and_deleted(sandbox, sdk, forms):
    form = made(sandbox)
    (found,) = sdk.forms.list_forms(**forms, slug=form["slug"])["data"]
    assert found["id"] == form["id"] and found["isActive"] is True and found["submissionCount"] == 0
    got = sdk.forms.get_form(**forms, form_id=form["id"])
    assert [field["type"] for field in got["fields"]] == ["text", "email"]
    data = {"description": "For readers", "settings": {"successMessage": {"en": "Thanks", "fr": "Merci"}}}
    sdk.forms.update_form_meta(**forms, form_id=form["id"], data=data)
    changed = sdk.forms.update_form_meta(**forms, form_id=form["id"], data={"settings": {"source": "site"}})
    assert changed["settings"] == {"successMessage": {"en": "Thanks", "fr": "Merci"}, "source": "site"}
    refused(400, "BAD_REQUEST", sdk.forms.update_form_meta, **forms, form_id=form["id"], data={"slug": "other"})
    assert sdk.forms.delete_form(**forms, form_id=form["id"])["success"] is True
    refused(404, "NOT_FOUND", sdk.forms.get_form, **forms, form_id=form["id"])


def test_what_visitors_send_is_read_and_what_is_refused_is_counted(sandbox, sdk, forms):
    form = made(sandbox)
    here = {**forms, "form_id": form["id"]}
    sent = send(sandbox, form, name="Ann", email="ann@example.org").json()
    (listed,) = sdk.forms.list_form_submissions(**here, search="ann@example")["data"]
    assert listed["id"] == sent["id"] and listed["data"] == {"name": "Ann", "email": "ann@example.org"}
    assert sdk.forms.get_form_submission(**here, submission_id=sent["id"]) == listed
    assert sdk.forms.get_form(**here)["submissionCount"] == 1
    assert send(sandbox, form, **{"stele.website": "spam", "stele.again": "1"}).status_code == 403
    blocked = sdk.forms.get_form_blocked_submissions(**here, window_days=7)
    assert (blocked["windowDays"], blocked["total"], blocked["byReason"][0]["reason"]) == (7, 1, "honeypot")
