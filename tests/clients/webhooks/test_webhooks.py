"""Messages of webhooks, verified by the published libraries of Standard Webhooks."""

import json
import subprocess
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from queue import Queue

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

HERE = Path(__file__).parent
SECONDS = 30
NAMES = ("webhook-id", "webhook-timestamp", "webhook-signature")


@contextmanager
def receiver():
    """A program that takes messages: its address, and what arrives as headers and text."""
    told = Queue()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            told.put(({name: self.headers[name] for name in NAMES}, body))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook", told
    finally:
        server.shutdown()
        server.server_close()


def in_node(secret, headers, body):
    """The type of a message that the package for Node has verified; none where it refuses it."""
    said = json.dumps({"secret": secret, "headers": headers, "body": body})
    done = subprocess.run(["node", HERE / "verify.mjs"], input=said, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0 or "WebhookVerificationError" in done.stderr, done.stderr
    return done.stdout if done.returncode == 0 else None


def verified(secret, message):
    """The type of a message that both packages have verified; none where both refuse it."""
    headers, body = message
    try:
        found = Webhook(secret).verify(body, headers)["type"]
    except WebhookVerificationError:
        found = None
    assert in_node(secret, headers, body) == found
    return found


def test_messages_are_verified_by_published_libraries(fresh):
    hooks = f"/organizations/{fresh.organizationId}/projects/{fresh.projectId}/webhooks"
    with receiver() as (url, told):
        made = fresh.call("POST", hooks, json={"url": url, "events": ["entry.created"]}).json()
        one, secret = f"{hooks}/{made['id']}", made["secret"]
        fresh.call("POST", f"{one}/ping")
        message = told.get(timeout=SECONDS)
        assert verified(secret, message) == "webhook.ping"
        headers, body = message
        for changed in (body.replace("ping", "pong"), body + " "):
            assert verified(secret, (headers, changed)) is None
        late = {**headers, "webhook-timestamp": str(int(headers["webhook-timestamp"]) - 600)}
        assert verified(secret, (late, body)) is None
        # After the secret was changed both are good, for a day.
        other = fresh.call("POST", f"{one}/rotate-secret").json()["secret"]
        fresh.call("POST", f"{one}/ping")
        message = told.get(timeout=SECONDS)
        assert [verified(known, message) for known in (secret, other)] == ["webhook.ping"] * 2
        with pytest.raises(WebhookVerificationError):
            Webhook(made["secret"][:-4] + "AAA=").verify(message[1], message[0])
