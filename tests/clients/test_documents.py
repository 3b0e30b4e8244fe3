"""What the documents in `docs/clients` and the Help of the console show runs: each named block is taken from the page as the reader sees it."""

import html
import os
import re
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest
import yaml

from support import free_port, nginx

HERE = Path(__file__).parent
DOCS = HERE.parents[1] / "docs" / "clients"
# **`name`**, and the block that follows.
BLOCK = re.compile(r"^\*\*`([^`]+)`\*\*\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = {page.name: dict(BLOCK.findall(page.read_text())) for page in DOCS.glob("*.md")}
ALL = {name: text for blocks in NAMED.values() for name, text in blocks.items()}
NODE_MODULES = HERE / "node_modules"


@pytest.fixture
def folder(tmp_path):
    """A folder with every named block as a file."""
    for name, text in ALL.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "node_modules").symlink_to(NODE_MODULES)
    return tmp_path


@pytest.fixture
def run(folder, sandbox, binary):
    """Runs a command in the folder, with what the pages say is in the environment; tells what it printed."""
    account = sandbox.call("GET", "/me").json()["id"]
    names = {"STELE_URL": sandbox.url, "STELE_KEY": sandbox.serviceKey, "STELE_CLIENT_ID": account, "STELE_BIN": str(binary)}
    insecure = {"AUTHLIB_INSECURE_TRANSPORT": "1", "OAUTHLIB_INSECURE_TRANSPORT": "1"}

    def run(*command, **more):
        environment = {**os.environ, **names, **insecure, **{name: str(value) for name, value in more.items()}}
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


def test_every_named_block_is_run_here():
    text = Path(__file__).read_text()
    assert len(ALL) == sum(map(len, NAMED.values())) > 10
    assert [name for name in ALL if f'"{name}"' not in text] == []


@pytest.mark.parametrize("name", ["with_authlib.py", "with_requests_oauthlib.py", "with-openid-client.mjs"])
def test_an_oauth_client_gets_a_token_that_is_good(run, name):
    assert run(sys.executable if name.endswith(".py") else "node", name) == "Deployment read\n"


@pytest.mark.parametrize("block", ["oauth-python", "oauth-javascript"])
def test_what_help_shows_runs(run, folder, http, block):
    page = http.get("/help/clients", headers={"Accept": "text/html"}).raise_for_status().text
    (shown,) = re.findall(f'<pre id="{block}"[^>]*>(.*?)</pre>', page, re.DOTALL)
    file = folder / ("shown.py" if block == "oauth-python" else "shown.mjs")
    file.write_text(html.unescape(re.sub("<[^>]+>", "", shown)))
    assert run(sys.executable if file.suffix == ".py" else "node", file.name) == "Deployment\n"


def test_jose_verifies_a_token(run, sandbox):
    name = "with-jose.mjs"
    assert run("node", name).split() == [sandbox.call("GET", "/me").json()["id"], "read"]


def test_a_token_is_asked_about(run, sandbox):
    said = run("sh", "introspect.sh")
    assert '"active":true' in said and f'"organization":"{sandbox.organizationId}"' in said


def test_pytest_has_a_fixture(run):
    assert {"conftest.py", "test_site.py"} <= ALL.keys()
    assert "1 passed" in run(sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:schemathesis", "test_site.py")


def test_node_has_a_fixture(run):
    assert {"stele.mjs", "site.test.mjs"} <= ALL.keys()
    assert "# pass 1" in run("node", "--test", "--test-reporter=tap", "site.test.mjs")


def test_a_step_of_github_actions_starts_a_sandbox(run, folder, binary):
    (step,) = yaml.safe_load(ALL["step.yml"])
    (folder / "bin").mkdir()
    (folder / "bin" / "stele").symlink_to(binary)
    told = folder / "github_env"
    # The runner keeps the process group of a step together as this does, and ends it with the job.
    script = step["run"] + "\necho $!\n"
    number = run("bash", "-e", "-c", script, RUNNER_TEMP=folder, GITHUB_ENV=told, PATH=f"{folder / 'bin'}:{os.environ['PATH']}")
    try:
        names = dict(line.split("=", 1) for line in told.read_text().splitlines())
        assert names.keys() == {"STELE_URL", "STELE_KEY", "STELE_ORGANIZATION", "STELE_PROJECT"}
        reply = httpx.post(f"{names['STELE_URL']}/api/auth/token", json={"apiKey": names["STELE_KEY"]}, timeout=30)
        assert reply.status_code == 200
    finally:
        os.kill(int(number), 15)


class Service(BaseHTTPRequestHandler):
    """A service behind a proxy: it says whom the proxy let through."""

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"{self.headers['X-Token-Subject']} {self.headers['X-Token-Scope']}".encode())

    def log_message(self, *_):
        pass


def caddy(folder, text):
    """The command that starts Caddy with this file, without its port for administration."""
    (folder / "Caddyfile").write_text("{\n\tadmin off\n\tauto_https off\n}\n" + text)
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


@pytest.fixture(params=["nginx.conf", "Caddyfile"])
def proxy(request, folder, fresh):
    """The address of a proxy with this file: only the three addresses of the page are others."""
    service = HTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=service.serve_forever, daemon=True).start()
    port, text = free_port(), ALL[request.param]
    for shown, real in ((4010, fresh.url.rsplit(":", 1)[1]), (3000, service.server_port), (8080, port)):
        assert f"127.0.0.1:{shown}" in text
        text = text.replace(f"127.0.0.1:{shown}", f"127.0.0.1:{real}")
    command = (nginx if request.param == "nginx.conf" else caddy)(folder, text)
    environment = {**os.environ, "HOME": str(folder)}
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", transport=httpx.HTTPTransport(retries=8)) as client:
            yield client
    finally:
        process.terminate()
        process.wait(20)
        service.shutdown()


def test_a_proxy_lets_through_who_has_a_good_token(proxy, fresh):
    account = fresh.call("GET", "/me").json()["id"]
    token = fresh.token(fresh.serviceKey, access="read")
    as_caller = {"Authorization": f"Bearer {token}"}
    for headers in ({}, {"Authorization": "Bearer nonsense"}, {"X-Token-Subject": account}):
        refused = proxy.get("/", headers=headers)
        assert refused.status_code == 401 and refused.headers["www-authenticate"].startswith("Bearer")
    passed = proxy.get("/anything", headers={**as_caller, "X-Token-Subject": "somebody", "X-Token-Scope": "full"})
    assert (passed.status_code, passed.text) == (200, f"{account} read")

    asked = {"client_secret": fresh.serviceKey, "token": token}
    httpx.post(f"{fresh.url}/oauth/revoke", data=asked, timeout=30).raise_for_status()
    assert proxy.get("/", headers=as_caller).status_code == 401
