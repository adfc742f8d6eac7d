"""Repositories to test. In: notes, authors, days. Out: a real git repository whose commits are always the same."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

_ENVIRONMENT: Final = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_MERGE_AUTOEDIT": "no",
}


@dataclass(frozen=True, slots=True)
class Repository:
    """A folder under git."""

    root: Path

    @property
    def docs(self) -> Path:
        """The folder of the notes."""
        return self.root / "docs"

    def git(self, *arguments: str, environment: Mapping[str, str] | None = None) -> str:
        """Run git; gives what it prints."""
        return subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env={**_ENVIRONMENT, **(environment or {})},
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    def write(self, name: str, text: str) -> None:
        """Write a note."""
        note = self.docs / name
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_bytes(text.encode())

    def commit(self, day: str, author: str = "Ann") -> str:
        """Commit all that has changed, at noon; gives the commit's id."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=.", environment=signature(author, day))
        return self.git("rev-parse", "HEAD").strip()

    def merge(self, branch: str, day: str, author: str = "Merger") -> None:
        """Merge a branch that has no conflict with this one."""
        self.git("merge", "--quiet", "--no-ff", branch, environment=signature(author, day))

    def put(self, day: str, author: str = "Ann", **notes: str) -> str:
        """Write notes, named without their ending, and commit them."""
        for name, text in notes.items():
            self.write(f"{name}.md", text)
        return self.commit(day, author)

    def put_apart(self, branch: str, day: str, author: str = "Ann", **notes: str) -> None:
        """The same on a new branch; then go back to the main one."""
        self.git("switch", "--quiet", "--create", branch)
        self.put(day, author, **notes)
        self.git("switch", "--quiet", "main")


def new_repository(folder: Path) -> Repository:
    """An empty repository."""
    repository = Repository(folder)
    repository.docs.mkdir(parents=True)
    repository.git("init", "--quiet", "--initial-branch=main")
    return repository


def put_before_git(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a script of the shell in a folder run where git is asked for."""
    program = folder / "git"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="ascii")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)


def signature(author: str, day: str) -> dict[str, str]:
    """What makes a commit's author and time."""
    return {
        f"GIT_{role}_{part}": value
        for role in ("AUTHOR", "COMMITTER")
        for part, value in (("NAME", author), ("EMAIL", "nobody@notes.example"), ("DATE", f"{day}T12:00:00+00:00"))
    }
