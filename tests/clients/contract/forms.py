"""Forms of the demo, and what visitors send to them: the SDK makes neither."""

import uuid

import httpx


def made(sandbox):
    """A form that asks for a name and an address."""
    project = f"/organizations/{sandbox.organizationId}/projects/{sandbox.projectId}"
    fields = [("textField", "name"), ("emailField", "email")]
    blocks = [{"type": kind, "data": {"label": name, "name": name, "required": True}} for kind, name in fields]
    slug = f"form-{uuid.uuid4().hex[:12]}"
    body = {"name": slug, "slug": slug, "content": [{"columns": [{"blocks": blocks}]}]}
    return sandbox.call("POST", f"{project}/apps/forms/{sandbox.apps['forms']}/forms", json=body).raise_for_status().json()


def send(sandbox, form, **answers):
    """What a page of any site sends."""
    return httpx.post(f"{sandbox.url}/f/{form['id']}", json=answers, timeout=30)


def forms_of(sandbox):
    """Ids and bodies, by the names that the table of methods has for them."""
    form = made(sandbox)
    sent = send(sandbox, form, name="Ann", email="ann@example.org").raise_for_status().json()
    return {
        "forms_id": sandbox.apps["forms"],
        "form_id": form["id"],
        "form_meta": {"settings": {"source": "site"}},
        "submission_id": sent["id"],
        "doomed_form": lambda: made(sandbox)["id"],
    }
