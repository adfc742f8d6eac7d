"""The cases of stage 1: a small folder of notes in one file, and what comes of it (see cases/README.md)."""

from dataclasses import dataclass
from pathlib import Path

from tests.case_files import parts

_BECOMES = " becomes"
_NO_PAGE = " has no page"


@dataclass(frozen=True, slots=True)
class Case:
    """One file of a feature's folder."""

    notes: dict[str, bytes]
    assets: tuple[str, ...]
    expected: dict[str, str]
    """The text that each note must have after stage 1, without its last line end."""
    problems: tuple[str, ...]


def read_case(path: Path) -> Case:
    """Take a case file apart."""
    texts = parts(path)
    problems = tuple(texts.pop("problems", "").splitlines())
    hidden = {title.removesuffix(_NO_PAGE) for title in texts if title.endswith(_NO_PAGE)}
    notes = {title: text for title, text in texts.items() if title.endswith((".md", ".canvas", ".base"))}
    expected = {title.removesuffix(_BECOMES): text for title, text in texts.items() if title.endswith(_BECOMES)}
    assets = [title for title in texts if title not in notes and not title.endswith((_BECOMES, _NO_PAGE))]
    return Case(
        notes={title: text.encode() + b"\n" for title, text in notes.items()},
        assets=tuple(assets),
        expected={title: expected.get(title, text) for title, text in notes.items() if title not in hidden},
        problems=problems,
    )
