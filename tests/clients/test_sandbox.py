"""What a sandbox prints runs; what it is started with holds."""

import glob
import json
import os
import re
import subprocess
import sys
from contextlib import contextmanager

import httpx

FAKETIME = {"FAKETIME_NO_CACHE": "1", "DONT_FAKE_MONOTONIC": "1"}


@contextmanager
def started(binary, *options, **environment):
    """A sandbox with these options; the process."""
    command = [binary, "sandbox", "--listen", "127.0.0.1:0", *options]
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env={**os.environ, **environment}, text=True, **pipes) as process:
        try:
            yield process
        finally:
            process.terminate()


@contextmanager
def told(binary, *options, **environment):
    """A sandbox with these options; what it tells."""
    with started(binary, "--print", "json", *options, **environment) as process:
        yield json.loads(process.stdout.readline())


def hours_later(hours):
    """The environment of a program whose clock is ahead."""
    return {"LD_PRELOAD": glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")[0], "FAKETIME": f"+{hours}h", **FAKETIME}


def test_the_python_that_it_prints_runs_as_a_file(binary, tmp_path):
    with started(binary) as process:
        lines = iter(process.stdout.readline, "asyncio.run(main())\n")
        program = "".join(lines).split("giantcontext==1.224.0):\n")[1] + "asyncio.run(main())\n"
        (tmp_path / "printed.py").write_text(program)
        said = subprocess.run([sys.executable, "printed.py"], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert said.returncode == 0 and "imprint" in said.stdout, said.stderr


def test_a_number_fixes_ids_and_keys(binary):
    def all_of(at, number, **environment):
        with told(binary, "--seed", str(number), **environment) as sandbox:
            token = httpx.post(f"{sandbox['apiUrl']}/auth/token", json={"apiKey": sandbox["serviceKey"]}).raise_for_status().json()["token"]
            site = f"/organizations/{sandbox['organizationId']}/projects/{sandbox['projectId']}/apps/website/{sandbox['apps']['website']}"
            as_caller = {"Authorization": f"Bearer {token}"}
            pages = httpx.get(f"{sandbox['apiUrl']}{site}/pages?sort=name&lite=true", headers=as_caller).raise_for_status().json()
            fixed = {name: value for name, value in sandbox.items() if not name.lower().endswith("url")}
            return fixed, [page["id"] for page in pages["data"]]

    first = all_of("now", 7)
    assert first == all_of("later", 7, **hours_later(31)) and first[0]["serviceKey"] != all_of("now", 8)[0]["serviceKey"]


def test_the_format_of_tokens_is_as_it_was_started_with(binary):
    with told(binary, "--token-format", "jwt") as sandbox:
        reply = httpx.post(f"{sandbox['apiUrl']}/auth/token", json={"apiKey": sandbox["serviceKey"]}).json()
    assert reply["format"] == "jwt" and reply["token"].startswith("eyJ")


def test_it_works_where_nothing_can_be_written_on_disk(binary):
    with told(binary, TMPDIR="/proc/nowhere") as sandbox:
        assert httpx.get(f"{sandbox['apiUrl']}/health/echo").status_code == 200


def test_what_only_a_sandbox_has_is_told_and_counted(binary, tmp_path):
    command = [binary, "sandbox", "--listen", "127.0.0.1:0", "--print", "json"]
    with (tmp_path / "log").open("w") as log, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as process:
        url = json.loads(process.stdout.readline())["url"]
        assert httpx.post(f"{url}/sandbox/reset").status_code == 200
        foreign = httpx.post(f"{url}/sandbox/reset", headers={"Sec-Fetch-Site": "cross-site"})
        assert foreign.status_code == 403 and foreign.headers["x-request-id"]
        process.terminate()
    told = (tmp_path / "log").read_text()
    assert "method=POST route=/sandbox/reset status=200" in told and "status=403" in told and 'reason="cross_site"' in told, told


def test_it_never_asks_for_a_password_again(binary, tmp_path):
    data = str(tmp_path / "stele.db")
    with told(binary, "--data", data) as sandbox, httpx.Client(base_url=sandbox["url"]) as browser:
        assert browser.get("/sandbox/sign-in").status_code == 303
        cookies = dict(browser.cookies)
    with told(binary, "--data", data, **hours_later(9)) as sandbox, httpx.Client(base_url=sandbox["url"], cookies=cookies) as browser:
        page = browser.get("/o/northwind-press/settings/accounts", headers={"Accept": "text/html"}).text
        account = re.search(r"/o/northwind-press/settings/accounts/[0-9a-f-]{36}", page)[0]
        form = browser.get(f"{account}/keys/new", headers={"Accept": "text/html"})
        assert form.status_code == 200 and 'type="password"' not in form.text and 'name="access"' in form.text
