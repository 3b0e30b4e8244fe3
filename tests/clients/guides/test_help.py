"""What the Help of the console shows for builds and for the first call runs as it is shown, and names what is there."""

import html
import os
import re
import subprocess

import pytest

from guides.guide import GUIDES

ROOT = GUIDES.parents[1]


def shown(http, page, block, language="en"):
    """A block of a page, as its reader copies it."""
    text = http.get(f"/help/{page}", headers={"Accept": "text/html", "Accept-Language": language}).raise_for_status().text
    (found,) = re.findall(f'<pre id="{block}"[^>]*>(.*?)</pre>', text, re.DOTALL)
    return html.unescape(re.sub("<[^>]+>", "", found))


@pytest.fixture
def run(sandbox, tmp_path):
    """Runs a program with the key in its environment."""

    def run(*command):
        done = subprocess.run(command, cwd=tmp_path, env={**os.environ, "STELE_KEY": sandbox.serviceKey}, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.mark.parametrize(("page", "block"), [("getting-started", "with-curl"), ("builds", "build-step")])
def test_a_command_of_the_help_says_who_calls(http, run, page, block):
    assert '"name":"Deployment"' in run("bash", "-euo", "pipefail", "-c", shown(http, page, block))


def test_the_first_program_for_typescript_says_who_calls(http, run, tmp_path):
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "stele-client").symlink_to(ROOT / "clients" / "typescript")
    (tmp_path / "first.mjs").write_text(shown(http, "getting-started", "with-typescript"))
    assert run("node", "first.mjs") == "Deployment\n"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_scripts_that_it_names_are_there_and_have_those_options(http, run, language):
    page = http.get("/help/elsewhere", headers={"Accept": "text/html", "Accept-Language": language}).raise_for_status().text
    scripts = re.findall(r"python (clients/move/\w+\.py) .*?((?:--\w+ \w+)?)$", html.unescape(page), re.MULTILINE)
    assert len(scripts) == 4
    for script, option in scripts:
        said = run("python3", "-B", str(ROOT / script), "--help")
        named = {option.split()[0]} if option else set()
        # An export of WordPress says itself what becomes of what, and brings its files.
        chosen = {"--uploads"} if "wordpress" in script else {"--as", "--field", "--files-at"}
        assert {"--dry-run", *chosen, *named} <= set(re.findall(r"--[\w-]+", said))
