"""Keys through the API while the published SDK holds a token: what is revoked is dead at the SDK's next call."""

import pytest

from support import KEY, MAKE_KEY, REGENERATE_KEY, REVOKE_KEY, WHOAMI, Sdk, error, made_key, refused

DEAD = ("key_revoked", "token_revoked")


@pytest.fixture
def admin(fresh):
    """The SDK with the service key of the demo, to look things up with."""
    client = Sdk(fresh.apiUrl, fresh.serviceKey)
    yield client
    client.close()


@pytest.fixture
def make(fresh, admin):
    """Makes a key of the service account with a role: its id and the secret that was shown."""

    def make_one(role="admin", **fields):
        accounts = admin.organizations.list_service_accounts(fresh.organizationId)["data"]
        account = next(account["id"] for account in accounts if account["role"] == role)
        body = {"name": f"Made for {role}", **fields}
        secret = made_key(fresh.call("POST", MAKE_KEY.format(organization=fresh.organizationId, account=account), json=body))
        keys = admin.api_keys.list_organization_api_keys(fresh.organizationId, name=body["name"])["data"]
        return keys[0]["id"], secret

    return make_one


@pytest.fixture
def renew(fresh):
    """Regenerates a key, by its id: the new secret."""
    return lambda key, **wish: made_key(fresh.call("POST", REGENERATE_KEY.format(organization=fresh.organizationId, key=key), json=wish))


@pytest.fixture
def revoke(fresh):
    """Revokes a key, by its id."""

    def revoke_one(key, **wish):
        path = REVOKE_KEY.format(organization=fresh.organizationId, key=key)
        assert fresh.call("POST", path, json=wish).is_success

    return revoke_one


@pytest.fixture
def sdk(fresh):
    """Makes SDK instances that have used their key once, and so hold a token."""
    made = []

    def with_key(key):
        client = Sdk(fresh.apiUrl, key)
        made.append(client)
        client.me.get_me()
        return client

    yield with_key
    for client in made:
        client.close()


def test_a_key_is_shown_once(fresh, admin, make):
    key, secret = make()
    assert secret.startswith("gct_test_sat_")
    listed = admin.api_keys.list_organization_api_keys(fresh.organizationId, page_size="100")["data"]
    (shown,) = [each for each in listed if each["id"] == key]
    assert secret not in str(listed) and not KEY.search(str(listed))
    assert shown["keyPrefix"].startswith("gct_test_sat_") and len(shown["keyPrefix"]) < len(secret)


def test_a_revoked_key_is_dead_at_the_next_call(fresh, make, revoke, sdk):
    key, secret = make()
    client = sdk(secret)
    exchanges = client.sent.count(("POST", "/api/auth/token"))
    revoke(key, reason="The laptop was lost")
    assert refused(401, "UNAUTHORIZED", client.me.get_me)["reason"] in DEAD
    assert client.sent.count(("POST", "/api/auth/token")) == exchanges, "the token that the SDK holds is what was refused"
    assert error(fresh.exchange(secret), 401, "UNAUTHORIZED")["reason"] == "key_revoked"


def test_a_regenerated_key_is_dead_and_the_new_one_lives(fresh, make, renew, sdk):
    key, old = make()
    client = sdk(old)
    new = renew(key)
    assert new != old
    assert refused(401, "UNAUTHORIZED", client.me.get_me)["reason"] in DEAD
    assert error(fresh.exchange(old), 401, "UNAUTHORIZED")["reason"] == "key_revoked"
    assert sdk(new).me.get_me()["id"] == fresh.call("GET", "/me").json()["id"], "the owner stays"


def test_a_grace_period_keeps_the_old_key_for_a_while(make, renew, sdk):
    key, old = make()
    client = sdk(old)
    new = renew(key, grace="1h")
    assert client.me.get_me()["id"] == sdk(old).me.get_me()["id"] == sdk(new).me.get_me()["id"]


def test_the_sdk_lives_through_many_tokens_with_gaps_and_five_calls_at_once(fresh, sdk, http):
    client = sdk(fresh.serviceKey)
    tokens = []
    for _ in range(5):
        assert len({each["id"] for each in client.together("me.get_me", 5)}) == 1
        assert client.token not in tokens, "renewed after the gap"
        tokens.append(client.token)
        client.me.get_me()
        assert client.token == tokens[-1], "not renewed without one"
        # Nothing but the new token could answer the next calls.
        form = {"token": client.token, "client_secret": fresh.serviceKey}
        assert http.post("/oauth/revoke", data=form).status_code == 200
        client.rest(3600)
    exchanges = [path for _, path in client.sent if path.endswith("/auth/token")]
    assert len(tokens) <= len(exchanges) <= 5 * len(tokens)


def test_a_key_that_revokes_itself_is_dead(fresh, make, sdk):
    key, secret = make()
    client = sdk(secret)
    token = fresh.token(secret)
    path = REVOKE_KEY.format(organization=fresh.organizationId, key=key)
    assert fresh.call("POST", path, token=token, json={}).is_success
    error(fresh.call("GET", "/me", token=token), 401, "UNAUTHORIZED")
    refused(401, "UNAUTHORIZED", client.me.get_me)


def test_a_key_that_reads_does_not_write(fresh, make, sdk):
    _, secret = make(access="read")
    where = (fresh.organizationId, fresh.projectId, fresh.apps["website"])
    client = sdk(secret)
    assert client.website.list_website_pages(*where)["data"]
    body = refused(403, "FORBIDDEN", client.website.create_website_page, *where, {"name": "No", "slug": "no"})
    assert fresh.projectId in body["message"], "it names the project"


def test_a_viewer_does_not_write_even_with_full_access(fresh, make, sdk):
    _, secret = make(role="viewer", access="full")
    where = (fresh.organizationId, fresh.projectId, fresh.apps["website"])
    refused(403, "FORBIDDEN", sdk(secret).website.create_website_page, *where, {"name": "No", "slug": "no"})


def test_a_key_of_one_project_does_not_see_another(fresh, admin, make, sdk):
    _, secret = make(projects=[fresh.projectId])
    every = [project["id"] for project in admin.projects.list_projects(fresh.organizationId)["data"]]
    other = next(project for project in every if project != fresh.projectId)
    client = sdk(secret)
    assert [project["id"] for project in client.projects.list_projects(fresh.organizationId)["data"]] == [fresh.projectId]
    refused(404, "NOT_FOUND", client.projects.get_project, fresh.organizationId, other)


def test_the_demo_has_an_expired_and_a_revoked_key(fresh):
    listed = fresh.call("GET", f"/organizations/{fresh.organizationId}/api-keys", params={"status": "all", "pageSize": 100}).json()["data"]
    assert {"active", "expired", "revoked"} <= {key["status"] for key in listed}


@pytest.mark.parametrize("which", ["serviceKey", "personalKey"])
def test_whoami_tells_who_and_never_the_key(fresh, which):
    key = getattr(fresh, which)
    reply = fresh.call("GET", WHOAMI, key=key)
    assert reply.status_code == 200
    assert not KEY.search(reply.text)
    assert fresh.organizationId in reply.text and fresh.projectId in reply.text


def test_a_reset_restores_the_start_with_the_same_keys(fresh, make, sdk):
    _, secret = make()
    where = (fresh.organizationId, fresh.projectId, fresh.apps["website"])
    client = sdk(fresh.personalKey)
    before = client.website.list_website_pages(*where)["meta"]["total"]
    client.website.create_website_page(*where, {"name": "Gone", "slug": "gone-after-a-reset"})
    fresh.reset()
    error(fresh.exchange(secret), 401, "UNAUTHORIZED")
    assert sdk(fresh.personalKey).website.list_website_pages(*where)["meta"]["total"] == before


def test_no_list_of_keys_holds_a_key(sandbox):
    lists = [sandbox.call("GET", "/me/api-keys"), sandbox.call("GET", f"/organizations/{sandbox.organizationId}/api-keys?status=all")]
    assert all(reply.json()["data"] for reply in lists)
    assert not any(KEY.search(reply.text) for reply in lists)
