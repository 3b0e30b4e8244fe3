"""Ordinary OAuth, JWT and PASETO clients, which know nothing of Stele, and the wire forms that they rely on."""

import base64
import json
import time
from urllib.parse import quote

import jwt
import pyseto
import pytest
from authlib.integrations.httpx_client import OAuth2Client as AuthlibHttpx
from authlib.integrations.requests_client import OAuth2Session as AuthlibSession
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

from support import error

EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
OF_A_KEY = "urn:stele:token-type:api-key"
OF_A_TOKEN = "urn:ietf:params:oauth:token-type:access_token"
AS_JWT = "urn:ietf:params:oauth:token-type:jwt"
AS_PASETO = "urn:stele:token-type:paseto"


@pytest.fixture(autouse=True)
def plain_http(monkeypatch):
    """These clients refuse addresses without TLS unless told that it is a test."""
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")


@pytest.fixture(scope="module")
def account(sandbox):
    """The id of the service account: the `client_id`."""
    return sandbox.call("GET", "/me").json()["id"]


@pytest.fixture
def post(sandbox, http):
    """Posts a form to an OAuth endpoint."""
    return lambda path, form, **more: http.post(f"/oauth/{path}", data=form, **more)


def basic(name, secret):
    """The value of an Authorization header."""
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()}


def granted(reply):
    """The body of a reply that grants a token."""
    assert reply.status_code == 200, reply.text
    assert "no-store" in reply.headers["cache-control"]
    body = reply.json()
    assert body["token_type"].lower() == "bearer" and 60 < body["expires_in"] <= 3600 and "refresh_token" not in body
    return body


def denied(reply, status, code):
    """Checks a refusal of RFC 6749, section 5.2."""
    assert reply.status_code == status, reply.text
    assert reply.json()["error"] == code and reply.json()["error_description"]
    assert "no-store" in reply.headers["cache-control"]
    return reply


@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
def test_authlib_gets_asks_about_and_revokes_a_token(fresh, account, method):
    with AuthlibSession(account, fresh.serviceKey, token_endpoint_auth_method=method, revocation_endpoint_auth_method=method) as client:
        token = client.fetch_token(f"{fresh.url}/oauth/token", grant_type="client_credentials")
        assert client.get(f"{fresh.apiUrl}/me").json()["id"] == account

        about = client.introspect_token(f"{fresh.url}/oauth/introspect", token=token["access_token"]).json()
        assert about["active"] is True and about["sub"] == account and about["exp"] > time.time()

        assert client.revoke_token(f"{fresh.url}/oauth/revoke", token=token["access_token"]).status_code == 200
        assert client.introspect_token(f"{fresh.url}/oauth/introspect", token=token["access_token"]).json() == {"active": False}
    error(fresh.call("GET", "/me", token=token["access_token"]), 401, "UNAUTHORIZED")
    assert fresh.call("GET", "/me").status_code == 200, "the key lives on"


def test_requests_oauthlib_gets_a_token(sandbox, account):
    session = OAuth2Session(client=BackendApplicationClient(client_id=account, scope=["read"]))
    token = session.fetch_token(f"{sandbox.url}/oauth/token", client_secret=sandbox.serviceKey)
    assert token["scope"] == ["read"]
    assert session.get(f"{sandbox.apiUrl}/me").json()["id"] == account
    organization = f"{sandbox.apiUrl}/organizations/{sandbox.organizationId}/projects/{sandbox.projectId}"
    page = {"name": "No", "slug": "no"}
    assert session.post(f"{organization}/apps/website/{sandbox.apps['website']}/pages", json=page).status_code == 403


@pytest.mark.parametrize("client", [AuthlibSession, AuthlibHttpx])
def test_authlib_asks_for_two_scopes(sandbox, account, client):
    with client(account, sandbox.serviceKey, scope="read write") as session:
        assert session.fetch_token(f"{sandbox.url}/oauth/token", grant_type="client_credentials")["scope"] == "read write"
        assert session.get(f"{sandbox.apiUrl}/whoami").json()["access"] == "write"


def test_requests_oauthlib_asks_for_two_scopes_and_revokes_by_basic(fresh, account):
    client = BackendApplicationClient(client_id=account, scope=["read", "write"])
    session = OAuth2Session(client=client)
    # It raises when the answer names another scope than it asked for.
    token = session.fetch_token(f"{fresh.url}/oauth/token", auth=(account, fresh.serviceKey), include_client_id=None)
    assert sorted(token["scope"]) == ["read", "write"]
    assert session.get(f"{fresh.apiUrl}/whoami").json()["access"] == "write"
    url, headers, body = client.prepare_token_revocation_request(f"{fresh.url}/oauth/revoke", token["access_token"])
    assert session.post(url, headers=headers, data=body, withhold_token=True).status_code == 401, "without the client's secret"
    assert session.get(f"{fresh.apiUrl}/whoami").status_code == 200
    assert session.post(url, headers=headers, data=body, auth=(account, fresh.serviceKey), withhold_token=True).status_code == 200
    assert session.get(f"{fresh.apiUrl}/whoami").status_code == 401


@pytest.mark.parametrize("token_type", [AS_JWT, None])
def test_pyjwt_verifies_a_jwt_by_the_published_keys(sandbox, account, post, token_type):
    if token_type:
        form = {"grant_type": EXCHANGE, "subject_token": sandbox.serviceKey, "subject_token_type": OF_A_KEY, "requested_token_type": token_type}
        token = granted(post("token", form))["access_token"]
    else:
        token = sandbox.token(sandbox.serviceKey, format="jwt")
    key = jwt.PyJWKClient(f"{sandbox.url}/oauth/jwks").get_signing_key_from_jwt(token)
    whole = jwt.decode_complete(token, key, algorithms=["EdDSA"], audience=f"{sandbox.url}/api", issuer=f"{sandbox.url}/oauth")
    assert (whole["header"]["typ"], whole["header"]["alg"], whole["header"]["kid"]) == ("at+jwt", "EdDSA", key.key_id)
    assert whole["payload"]["sub"] == account
    assert {"exp", "iat", "jti", "client_id", "scope"} <= whole["payload"].keys()
    assert sandbox.call("GET", "/me", token=token).status_code == 200


def test_the_published_keys_are_public_and_can_be_cached(sandbox, http):
    for path in ("/oauth/jwks", "/.well-known/paseto-keys"):
        reply = http.get(path)
        assert reply.status_code == 200 and "max-age=300" in reply.headers["cache-control"]
        assert reply.json()["keys"]
    for key in http.get("/oauth/jwks").json()["keys"]:
        assert (key["kty"], key["crv"], key["alg"], key["use"]) == ("OKP", "Ed25519", "EdDSA", "sig") and "d" not in key


@pytest.mark.parametrize("forge", ["none", "HS256", "another key", "changed"])
def test_a_forged_jwt_is_refused(sandbox, http, forge):
    token = sandbox.token(sandbox.serviceKey, format="jwt")
    head = jwt.get_unverified_header(token)
    claims = jwt.decode(token, options={"verify_signature": False})
    (x,) = [key["x"] for key in http.get("/oauth/jwks").json()["keys"] if key["kid"] == head["kid"]]
    if forge == "changed":
        first, _, last = token.split(".")
        body = base64.urlsafe_b64encode(json.dumps({**claims, "exp": claims["exp"] + 9000}).encode()).decode().rstrip("=")
        forged = f"{first}.{body}.{last}"
    elif forge == "another key":
        own = jwt.algorithms.OKPAlgorithm.from_jwk({"kty": "OKP", "crv": "Ed25519", "x": X_OF_RFC_8037, "d": D_OF_RFC_8037})
        forged = jwt.encode(claims, own, algorithm="EdDSA", headers=head)
    else:
        secret = base64.urlsafe_b64decode(x + "=") if forge == "HS256" else None
        forged = jwt.encode(claims, secret, algorithm=forge, headers={"typ": head["typ"], "kid": head["kid"]})
    assert error(sandbox.call("GET", "/me", token=forged), 401, "UNAUTHORIZED")["reason"] == "token_invalid"


# The key pair that is printed in RFC 8037, appendix A: anybody's.
D_OF_RFC_8037 = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"
X_OF_RFC_8037 = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"


@pytest.mark.parametrize("token_type", [AS_PASETO, None])
def test_pyseto_verifies_a_paseto_by_the_published_keys(sandbox, http, account, post, token_type):
    if token_type:
        form = {"grant_type": EXCHANGE, "subject_token": sandbox.serviceKey, "subject_token_type": OF_A_KEY, "requested_token_type": token_type}
        token = granted(post("token", form))["access_token"]
    else:
        token = sandbox.token(sandbox.serviceKey)
    published = http.get("/.well-known/paseto-keys").json()["keys"]
    keys = {each["kid"]: pyseto.Key.from_paserk(each["key"]) for each in published}
    assert all(key.to_paserk_id() == kid and kid.startswith("k4.pid.") for kid, key in keys.items())

    read = pyseto.Paseto.new().decode(list(keys.values()), token, deserializer=json)
    assert read.footer["kid"] in keys
    assert (read.payload["iss"], read.payload["aud"], read.payload["sub"]) == (f"{sandbox.url}/oauth", f"{sandbox.url}/api", account)
    assert sandbox.call("GET", "/me", token=token).status_code == 200


def test_an_exchange_answers_as_documented(sandbox):
    for wish, form in (({}, "paseto"), ({"format": "paseto"}, "paseto"), ({"format": "jwt"}, "jwt")):
        reply = sandbox.exchange(sandbox.serviceKey, **wish)
        assert reply.status_code == 200 and "no-store" in reply.headers["cache-control"]
        body = reply.json()
        assert (body["tokenType"], body["format"], body["expiresIn"]) == ("Bearer", form, 900)
        assert body["token"].startswith("v4.public." if form == "paseto" else "eyJ") and body["expiresAt"].endswith("Z")


def test_metadata_lies_at_the_path_of_the_issuer(sandbox, http):
    body = http.get("/.well-known/oauth-authorization-server/oauth").raise_for_status().json()
    assert body["issuer"] == f"{sandbox.url}/oauth"
    for name, path in (("token_endpoint", "token"), ("jwks_uri", "jwks"), ("introspection_endpoint", "introspect"), ("revocation_endpoint", "revoke")):
        assert body[name] == f"{sandbox.url}/oauth/{path}"
    assert {"client_credentials", EXCHANGE} <= set(body["grant_types_supported"])
    assert {"client_secret_basic", "client_secret_post"} <= set(body["token_endpoint_auth_methods_supported"])
    AuthorizationServerMetadata(body).validate()


@pytest.mark.parametrize("path", ["oauth-authorization-server", "oauth-protected-resource", "openid-configuration"])
def test_nothing_is_announced_at_the_root(http, path):
    reply = http.get(f"/.well-known/{path}")
    assert reply.headers["content-type"].startswith("application/json")
    error(reply, 404, "NOT_FOUND")


def test_a_token_exchange_narrows_and_never_widens(sandbox, post):
    form = {"grant_type": EXCHANGE, "subject_token": sandbox.serviceKey, "subject_token_type": OF_A_KEY}
    body = granted(post("token", {**form, "requested_token_type": AS_JWT, "scope": "read"}))
    assert (body["issued_token_type"], body["scope"]) == (AS_JWT, "read")
    assert jwt.decode(body["access_token"], options={"verify_signature": False})["scope"] == "read"
    assert granted(post("token", {**form, "subject_token_type": OF_A_TOKEN}))["access_token"]

    minted = post("token", {**form, "subject_token": body["access_token"], "subject_token_type": OF_A_TOKEN})
    assert minted.status_code in (400, 401) and minted.json()["error"] in ("invalid_grant", "invalid_request", "invalid_client")


def test_basic_is_form_decoded_and_split_at_the_first_colon(sandbox, account, post):
    for name, secret in ((account, sandbox.serviceKey), (account.replace("-", "%2D"), sandbox.serviceKey.replace("_", "%5F")), (quote(account), quote(sandbox.serviceKey))):
        granted(post("token", {"grant_type": "client_credentials"}, headers=basic(name, secret)))
    denied(post("token", {"grant_type": "client_credentials"}, headers=basic(account, sandbox.serviceKey + ":x")), 401, "invalid_client")


def test_the_client_id_is_the_account_or_the_key_or_left_out(sandbox, account, post):
    token = sandbox.token(sandbox.serviceKey, format="jwt")
    key = jwt.decode(token, options={"verify_signature": False})["client_id"]
    secret = {"grant_type": "client_credentials", "client_secret": sandbox.serviceKey}
    for name in ({}, {"client_id": account}, {"client_id": key}):
        granted(post("token", {**secret, **name}))
    denied(post("token", {**secret, "client_id": sandbox.organizationId}), 401, "invalid_client")


@pytest.mark.parametrize("secret", ["", "wrong", "gct_test_sat_" + "A" * 49])
def test_a_wrong_secret_is_asked_for_again_only_where_basic_was_used(account, post, secret):
    by_basic = denied(post("token", {"grant_type": "client_credentials"}, headers=basic(account, secret)), 401, "invalid_client")
    assert by_basic.headers["www-authenticate"].startswith("Basic")
    in_body = denied(post("token", {"grant_type": "client_credentials", "client_id": account, "client_secret": secret}), 401, "invalid_client")
    assert "www-authenticate" not in in_body.headers


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ("grant_type=client_credentials&grant_type=client_credentials", "invalid_request"),
        ("grant_type=client_credentials&scope=read&scope=full", "invalid_request"),
        ("scope=read", "invalid_request"),
        ("", "invalid_request"),
        ("grant_type=password&username=a&password=b", "unsupported_grant_type"),
        ("grant_type=client_credentials&scope=everything", "invalid_scope"),
        ("grant_type=client_credentials&scope=openid+reed", "invalid_scope"),
        ("grant_type=client_credentials&audience=https://elsewhere.example", "invalid_target"),
        ("grant_type=client_credentials&resource=https://elsewhere.example", "invalid_target"),
        ("grant_type=client_credentials&actor_token=x&actor_token_type=x", "invalid_request"),
        (f"grant_type={quote(EXCHANGE)}", "invalid_request"),
    ],
)
def test_a_wrong_request_is_refused_by_its_name(sandbox, account, post, form, code):
    headers = {**basic(account, sandbox.serviceKey), "Content-Type": "application/x-www-form-urlencoded"}
    denied(post("token", None, content=form, headers=headers), 400, code)


def test_a_key_can_be_revoked_by_whoever_holds_it(fresh, account, post):
    form = {"token": fresh.serviceKey}
    assert post("revoke", form, headers=basic(account, fresh.serviceKey)).status_code == 200
    assert error(fresh.exchange(fresh.serviceKey), 401, "UNAUTHORIZED")["reason"] == "key_revoked"


def test_what_is_not_a_token_is_not_active_and_can_be_revoked_without_fuss(sandbox, account, post):
    for token in ("nonsense", "v4.public.AAAA", "a.b.c"):
        assert post("introspect", {"token": token}, headers=basic(account, sandbox.serviceKey)).json() == {"active": False}
        assert post("revoke", {"token": token}, headers=basic(account, sandbox.serviceKey)).status_code == 200


@pytest.mark.parametrize("path", ["introspect", "revoke"])
def test_only_a_client_may_ask_about_a_token_or_revoke_it(sandbox, post, path):
    token = sandbox.token(sandbox.serviceKey)
    denied(post(path, {"token": token}), 401, "invalid_client")
    assert sandbox.call("GET", "/me", token=token).status_code == 200
