"""What a release holds beside the binary: what shells and `man` are told of the command line, and all of it in one archive."""

import pathlib
import re
import subprocess
import tarfile

import pytest


def run(binary, *words):
    """What a command prints."""
    return subprocess.run([binary, *words], check=True, capture_output=True, text=True, timeout=30).stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "elvish", "powershell"])
def test_a_shell_learns_every_command(binary, shell):
    script = run(binary, "completions", shell)
    assert all(word in script for word in ("sandbox", "rotate-signing", "public-url"))
    if shell == "bash":
        subprocess.run(["bash", "-n"], input=script, text=True, check=True)


def test_there_is_a_manual_page_for_every_command(binary, tmp_path):
    run(binary, "man", str(tmp_path / "man1"))
    pages = {page.name: page.read_text() for page in (tmp_path / "man1").iterdir()}
    assert {"stele.1", "stele-serve.1", "stele-keys-create.1"} <= pages.keys()
    assert "public\\-url" in pages["stele-serve.1"] and all(".SH SYNOPSIS" in page for page in pages.values())


def test_a_release_holds_all_that_is_needed(binary, tmp_path):
    root = pathlib.Path(__file__).resolve().parents[2]
    subprocess.run([root / ".github/package", binary, "stele-1"], cwd=tmp_path, check=True, timeout=60)
    with tarfile.open(tmp_path / "stele-1.tar.gz") as archive:
        files = {name.removeprefix("stele-1/") for name in archive.getnames()}
        archive.extract("stele-1/stele", tmp_path, filter="data")
    assert {"README.md", "LICENSE-MIT", "LICENSE-APACHE", "CHANGELOG.md", "completions/stele.zsh", "man1/stele-serve.1"} <= files
    assert {f"operate/{file.name}" for file in (root / "docs/operate").iterdir()} <= files
    version = re.search(r'^version = "(.*)"', (root / "Cargo.toml").read_text(), re.MULTILINE).group(1)
    assert run(tmp_path / "stele-1/stele", "--version").startswith(f"stele {version}")
