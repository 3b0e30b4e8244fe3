"""The program under test: a sandbox for each file of tests, on a free port, stopped as an operator would stop it."""

import json
import os
import selectors
import signal
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from support import Sandbox

ROOT = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("STELE_BIN", ROOT / "target" / "debug" / "stele"))
START_SECONDS = 20
STOP_SECONDS = 20


@pytest.fixture(scope="session")
def binary():
    """The path of the program."""
    assert BINARY.is_file(), f"{BINARY} is missing; build it, or name another one in STELE_BIN"
    return BINARY


def first_line(process, log):
    """The first line that the program prints, as it stands."""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        if selector.select(START_SECONDS):
            line = process.stdout.readline()
            if line.endswith("\n"):
                return line
    process.kill()
    process.wait()
    log.seek(0)
    pytest.fail(f"the sandbox printed no line; exit {process.returncode}, standard error:\n{log.read()}")


def pytest_terminal_summary(terminalreporter):
    """Says why, if programs of Node.js were not found."""
    if terminalreporter.stats.keys() & {"failed", "error"} and not (ROOT / "tests" / "clients" / "node_modules").is_dir():
        terminalreporter.line("tests/clients/node_modules is missing; tests/run installs it once", red=True)


@contextmanager
def started(binary, *options):
    """A running sandbox; stopped as an operator would stop it."""
    with tempfile.TemporaryFile("w+") as log:
        command = [binary, "sandbox", "--print", "json", "--listen", "127.0.0.1:0", *options]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            yield Sandbox(**json.loads(first_line(process, log)))
            assert process.poll() is None, f"the sandbox ended by itself with {process.returncode}"
            process.send_signal(signal.SIGTERM)
            rest, _ = process.communicate(timeout=STOP_SECONDS)
            log.seek(0)
            assert process.returncode == 0, f"SIGTERM ended the sandbox with {process.returncode}:\n{log.read()}"
            assert rest == "", "the sandbox printed more than one line"
        finally:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def sandbox(binary):
    """A running sandbox with its demo data."""
    with started(binary) as one:
        yield one


@pytest.fixture
def empty(binary):
    """A running sandbox with one project and nothing in it."""
    with started(binary, "--empty") as one:
        yield one


@pytest.fixture
def fresh(sandbox):
    """The sandbox as it was at the start, for tests that revoke keys or count things."""
    sandbox.reset()
    yield sandbox
    sandbox.reset()


@pytest.fixture(scope="module")
def http(sandbox):
    """A plain HTTP client; its base is the address of the sandbox."""
    with httpx.Client(base_url=sandbox.url, timeout=30) as client:
        yield client
