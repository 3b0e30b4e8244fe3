"""What the tests share: the sandbox's description, the SDK without `await`, and the routes that the SDK has no call for."""

import asyncio
import re
import shutil
import socket
from dataclasses import dataclass

import giantcontext
import httpx
import pytest

# A key of a sandbox: kind, 43 random characters, 6 of checksum.
KEY = re.compile(r"gct_test_(?:pat|sat)_[0-9A-Za-z]{49}")

# Routes for keys, under /api.
MAKE_KEY = "/organizations/{organization}/service-accounts/{account}/api-keys"
REGENERATE_KEY = "/organizations/{organization}/api-keys/{key}/regenerate"
REVOKE_KEY = "/organizations/{organization}/api-keys/{key}/revoke"
WHOAMI = "/whoami"


@dataclass(frozen=True)
class Sandbox:
    """The line that `stele sandbox --print json` writes: these keys and no others."""

    url: str
    apiUrl: str
    signInUrl: str
    serviceKey: str
    personalKey: str
    organizationId: str
    projectId: str
    apps: dict

    def reset(self):
        """Restores the start; ids and keys stay."""
        httpx.post(f"{self.url}/sandbox/reset", timeout=30).raise_for_status()

    def exchange(self, key, **options):
        """The reply to an exchange of this key."""
        return httpx.post(f"{self.apiUrl}/auth/token", json={"apiKey": key, **options}, timeout=30)

    def token(self, key, **options):
        """An access token for this key."""
        return self.exchange(key, **options).raise_for_status().json()["token"]

    def call(self, method, path, key=None, token=None, **request):
        """A call to `/api` with a token, by default one of the service key."""
        token = token or self.token(key or self.serviceKey)
        headers = {"Authorization": f"Bearer {token}", **request.pop("headers", {})}
        return httpx.request(method, self.apiUrl + path, headers=headers, timeout=30, **request)


def made_key(reply):
    """The key in the reply to a request that makes one: the secret is there, exactly once."""
    assert reply.is_success, reply.text
    assert "no-store" in reply.headers["cache-control"]
    (secret,) = KEY.findall(reply.text)
    return secret


class Sdk:
    """The published SDK as it is, with only `base_url` and the key given; its methods are called without `await`."""

    def __init__(self, base_url, key):
        self.sent = []
        self._loop = asyncio.Runner()
        self._client = giantcontext.create_giant_context(api_key=key, base_url=base_url)
        # The SDK keeps its HTTP client here; the hook only listens.
        self._client._client._client.event_hooks["request"].append(self._note)

    async def _note(self, request):
        self.sent.append((request.method, request.url.path))

    def __getattr__(self, resource):
        return _Resource(self._loop, getattr(self._client, resource))

    def call(self, name, **arguments):
        """Calls `resource.method`."""
        resource, method = name.split(".")
        return getattr(getattr(self, resource), method)(**arguments)

    def together(self, name, times, *values):
        """Calls `resource.method` so many times at once; the answers."""
        resource, method = name.split(".")

        async def all_of_them():
            return await asyncio.gather(*(getattr(getattr(self._client, resource), method)(*values) for _ in range(times)))

        return self._loop.run(all_of_them())

    @property
    def token(self):
        """The access token that the SDK holds."""
        return self._client._client._jwt_token

    def rest(self, seconds):
        """Lets the time that the SDK's token has left pass at once."""
        self._client._client._token_expires_at -= seconds

    def close(self):
        """Closes the SDK and its loop."""
        self._loop.run(self._client.close())
        self._loop.close()


class _Resource:
    def __init__(self, loop, resource):
        self._loop = loop
        self._resource = resource

    def __getattr__(self, method):
        return lambda *values, **named: self._loop.run(getattr(self._resource, method)(*values, **named))


def refused(status, code, call, /, *values, **named):
    """Calls, expects this refusal in the form that every error has, and returns its body."""
    with pytest.raises(httpx.HTTPStatusError) as caught:
        call(*values, **named)
    return error(caught.value.response, status, code)


def error(response, status, code):
    """Checks the form of an error reply and returns its body."""
    assert response.status_code == status, f"{response.status_code}: {response.text}"
    body = response.json()
    assert body["code"] == code
    assert isinstance(body["message"], str) and body["message"]
    assert body["requestId"] == response.headers["x-request-id"]
    return body


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def nginx(folder, text):
    """The command that starts nginx with this file among its own."""
    (folder / "server.conf").write_text(text)
    places = "".join(f"{kind}_temp_path {folder}/{kind}; " for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    whole = f"daemon off; error_log stderr; pid {folder}/pid; events {{}} http {{ access_log off; {places} include {folder}/server.conf; }}"
    (folder / "whole.conf").write_text(whole)
    return [shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(folder / "whole.conf"), "-e", "stderr"]
