"""A guide as its reader has it: files by their names, commands in their order, and what these print."""

import os
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

GUIDES = Path(__file__).resolve().parents[3] / "docs" / "guides"
# A block, with the name of the file that it is, if it has one.
BLOCK = re.compile(r"^(?:\*\*`([^`]+)`\*\*\n\n)?```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# What the reader types from elsewhere: `export NAME=something...`
TYPED = re.compile(r"^export (\w+)=\S*\.\.\.( .*)?$", re.MULTILINE)
PARTED = "-- next block --"


class Block(NamedTuple):
    name: str
    language: str
    text: str


def blocks(page):
    """All blocks of a guide."""
    return [Block(*found) for found in BLOCK.findall((GUIDES / page).read_text())]


def written(page, folder):
    """Writes the files of a guide into a folder; their names."""
    files = [block for block in blocks(page) if block.name]
    for block in files:
        (folder / block.name).write_text(block.text)
    return [block.name for block in files]


def is_shown(shown, said):
    """Whether this is what a guide shows, in which `...` stands for anything."""
    wanted = ".*".join(re.escape(part) for part in shown.strip().split("..."))
    return re.fullmatch(wanted, said.strip(), re.DOTALL) is not None


def play(page, folder, environment, leave_out=(), shown_only=None):
    """Runs the commands of a guide in one shell, and compares what they print with what the guide shows. Tells all that was printed."""
    told = [block for block in blocks(page) if not block.name and block.text.strip() != shown_only]
    assert {block.language for block in told} <= {"sh", "text"}, "a block is neither a command nor what it prints"
    commands = [TYPED.sub("", block.text) for block in told if block.language == "sh" and block.text.strip() not in leave_out]
    assert all(name in environment for block in told for name, _ in TYPED.findall(block.text))
    script = "".join(f"{text.replace('http://127.0.0.1:4011', environment['STELE_URL'])}\necho '{PARTED}'\n" for text in commands)
    command = ["bash", "-euo", "pipefail", "-c", script]
    done = subprocess.run(command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    said = done.stdout.split(f"{PARTED}\n")
    at = -1
    for block in told:
        if block.language == "text":
            assert is_shown(block.text, said[at]), f"{page} shows\n{block.text}\nand there came\n{said[at]}"
        elif block.text.strip() not in leave_out:
            at += 1
            shown_next = told[told.index(block) + 1 : told.index(block) + 2]
            assert said[at] == "" or shown_next and shown_next[0].language == "text", f"{page} does not show what came:\n{said[at]}"
    return done.stdout
