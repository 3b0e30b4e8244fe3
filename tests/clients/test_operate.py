"""The files in `docs/operate` work with the program as it is: as far as a machine without Docker and without systemd as its first process can tell."""

import contextlib
import os
import re
import shutil
import signal
import ssl
import subprocess
from pathlib import Path

import httpx
import pytest
import yaml

from support import free_port, nginx

ROOT = Path(__file__).resolve().parents[2]
OPERATE = ROOT / "docs" / "operate"
HOST = "content.example.com"


def known_settings():
    """The environment variables of all settings, as the README lists them."""
    return set(re.findall(r"`(STELE_[A-Z_]+)`", (ROOT / "README.md").read_text()))


def test_the_unit_is_one_that_systemd_takes_and_holds_tight(binary, tmp_path):
    text = (OPERATE / "stele.service").read_text()
    assert set(re.findall(r"STELE_[A-Z_]+(?==)", text)) <= known_settings()
    unit = tmp_path / "stele.service"
    unit.write_text(text.replace("/usr/local/bin/stele", str(binary)))
    checked = subprocess.run(["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True, timeout=60)
    assert (checked.returncode, [line for line in checked.stderr.splitlines() if "stele.service" in line]) == (0, []), checked.stderr
    command = ["systemd-analyze", "security", "--no-pager", "--offline=true", "--threshold=15", str(unit)]
    tight = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert tight.returncode == 0, tight.stdout[-500:] + tight.stderr


def test_the_containers_know_the_settings_and_the_program():
    compose = yaml.safe_load((OPERATE / "compose.yaml").read_text())
    stele = compose["services"]["stele"]
    assert (OPERATE / stele["build"] / "Dockerfile").resolve() == ROOT / "Dockerfile"
    docker = (ROOT / "Dockerfile").read_text()
    # One is for the build, not for the server.
    named = set(stele["environment"]) | set(re.findall(r"STELE_[A-Z_]+(?==)", docker)) - {"STELE_COMMIT"}
    assert len(named) > 4 and named <= known_settings()
    port = re.search(r"STELE_LISTEN=0\.0\.0\.0:(\d+)", docker).group(1)
    assert f"EXPOSE {port}" in docker and compose["services"]["proxy"]["command"].endswith(f"--to stele:{port}")


def test_the_image_builds_from_what_is_there(tmp_path):
    """The layer of the dependencies has all the files that cargo asks for before it builds anything."""
    for name in ("Cargo.toml", "Cargo.lock"):
        shutil.copy(ROOT / name, tmp_path)
    layer = re.search(r"RUN (mkdir -p src.*?) \\\n\s*&& cargo build", (ROOT / "Dockerfile").read_text(), re.DOTALL).group(1)
    subprocess.run(["sh", "-c", layer], cwd=tmp_path, check=True, timeout=60)
    known = ["cargo", "metadata", "--locked", "--offline", "--no-deps", "--format-version", "1"]
    read = subprocess.run(known, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert read.returncode == 0, read.stderr


@contextlib.contextmanager
def served(binary, tmp_path, *settings):
    """A server that is told of its proxy: its port, and what it has logged."""
    port, log = free_port(), tmp_path / "log"
    command = [binary, "serve", "--data", tmp_path / "stele.db", "--listen", f"127.0.0.1:{port}"]
    command += ["--public-url", f"https://{HOST}", "--trusted-proxies", "127.0.0.1", *settings]
    with log.open("w") as told:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=told)
    try:
        with httpx.Client(transport=httpx.HTTPTransport(retries=8)) as client:
            client.get(f"http://127.0.0.1:{port}/healthz").raise_for_status()
        yield port, log
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def behind(binary, tmp_path):
    """One that logs as usual."""
    with served(binary, tmp_path) as server:
        yield server


@pytest.mark.parametrize("form", ["text", "json"])
def test_fail2ban_finds_who_was_refused(binary, tmp_path, form):
    with served(binary, tmp_path, "--log-format", form) as (port, log):
        at, caller = f"http://127.0.0.1:{port}", {"X-Forwarded-For": "203.0.113.7"}
        assert httpx.post(f"{at}/api/auth/token", json={"apiKey": "gct_sat_none"}, headers=caller).status_code == 401
        typed = {"email": "nobody@press.example", "password": "a wrong passphrase"}
        refused = httpx.post(f"{at}/sign-in", data=typed, headers={**caller, "Origin": f"https://{HOST}"})
        assert refused.status_code == 422, refused.text
    found = subprocess.run(["fail2ban-regex", log, OPERATE / "fail2ban-filter.conf"], capture_output=True, text=True, timeout=60)
    assert re.search(r"Failregex: 2 total", found.stdout), found.stdout
    assert re.search(r"Date template hits:\s*\|- \[# of hits\] date format\s*\|\s*\[[1-9]", found.stdout), found.stdout


def with_nginx(folder, text, tls):
    """nginx with this file, its certificate and two free ports."""
    plain, secure = free_port(), free_port()
    text = re.sub(r"listen \[::\].*\n", "\n", text).replace("listen 80;", f"listen 127.0.0.1:{plain};")
    text = text.replace("listen 443 ssl;", f"listen 127.0.0.1:{secure} ssl;")
    text = re.sub(r"ssl_certificate .*;", f"ssl_certificate {tls[0]};", text)
    text = re.sub(r"ssl_certificate_key .*;", f"ssl_certificate_key {tls[1]};", text)
    return nginx(folder, text), plain, secure


def with_caddy(folder, text, tls):
    """Caddy with this file; its certificate is given, since the name is nobody's."""
    plain, secure = free_port(), free_port()
    own = f"{{\n\tadmin off\n\thttp_port {plain}\n\thttps_port {secure}\n}}\n"
    text = text.replace(f"{HOST} {{\n", f"{HOST} {{\n\tbind 127.0.0.1\n\ttls {tls[0]} {tls[1]}\n")
    (folder / "Caddyfile").write_text(own + text)
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"], plain, secure


@pytest.mark.parametrize(("file", "start"), [("nginx.conf", with_nginx), ("Caddyfile", with_caddy)])
def test_a_proxy_with_tls_serves_it_and_tells_who_calls(file, start, behind, tmp_path):
    port, log = behind
    tls = tmp_path / "cert.pem", tmp_path / "key.pem"
    certify = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    certify += ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}", "-keyout", tls[1], "-out", tls[0]]
    subprocess.run(certify, check=True, capture_output=True, timeout=60)
    text = (OPERATE / file).read_text()
    assert text.count("127.0.0.1:4010") == 1
    command, plain, secure = start(tmp_path, text.replace("127.0.0.1:4010", f"127.0.0.1:{port}"), tls)
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    proxy = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        trusted = ssl.create_default_context(cafile=str(tls[0]))
        with httpx.Client(transport=httpx.HTTPTransport(retries=8, verify=trusted), headers={"Host": HOST}) as client:
            secured = {"extensions": {"sni_hostname": HOST}}
            alive = client.get(f"https://127.0.0.1:{secure}/sign-in", **secured)
            assert alive.status_code == 200 and "max-age=" in alive.headers["strict-transport-security"]
            moved = client.get(f"http://127.0.0.1:{plain}/sign-in")
            assert moved.status_code in (301, 308) and moved.headers["location"].startswith(f"https://{HOST}")
            # Whoever calls cannot choose for whom they are taken.
            forged = {"X-Forwarded-For": "203.0.113.99"}
            refused = client.post(f"https://127.0.0.1:{secure}/api/auth/token", json={"apiKey": "gct_sat_none"}, headers=forged, **secured)
            assert refused.status_code == 401
            long = client.post(f"https://127.0.0.1:{secure}/api/auth/token", content=b'{"apiKey":"' + b"x" * 1_500_000 + b'"}', **secured)
            assert long.status_code in (400, 401, 413, 415) and long.headers["x-request-id"], "the server answered, not the proxy"
            # Lines of the log are written together, a moment after the answer.
            told = []
            while not told:
                client.get(f"https://127.0.0.1:{secure}/healthz", **secured).raise_for_status()
                told = [line for line in log.read_text().splitlines() if "/api/auth/token" in line]
        assert told and all("address=127.0.0.1" in line for line in told), told
    finally:
        proxy.terminate()
        proxy.wait(20)
