"""What holds for the links of every vault: they lead where the rules say, whatever stands around them."""

import random
from collections.abc import Sequence
from itertools import chain

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.plain_resolver import Answer, answer

import notes
from commonmark import dialect
from commonmark.events import Kind
from notes.edits import Edit, apply
from notes.links import destination, resolve_fragment
from notes.note import Link, read_note
from notes.pages import note_pages
from notes.source import NotePath
from notes.vault import Ambiguous, Found, Missing, Resolution, Vault, index

_NAMES = (
    *("Git", "git", "Git notes", "Git-notes", "git_NOTES", "index", "README", "Week 5", "Week 6", "v1.2", "x.png"),
    *(
        "\u00c4",
        "A\u0308",
        "\u00e4",
        "日本",
        "हिंदी",
        "हदी",
        "C",
        "C++",
        "C#",
        "!!!",
        "???",
        "👍",
        "👎",
        "straße",
        "STRASSE",
    ),
    *("A & B (c)", "100%", "it's, ok!", "a.md", "Обзор", "ΟΔΟΣ", "οδος", "الويب"),
)
_FOLDERS = ("", "a", "A", "b", "a/b", "b/a", "Git", "git", "a/Git notes", "\u00c4/b", "A\u0308/b", "日本/b/a/c")
_NOTES = st.builds(
    "{}/{}{}".format, st.sampled_from(_FOLDERS), st.sampled_from(_NAMES), st.sampled_from([".md"] * 5 + [".markdown"])
).map(lambda path: path.removeprefix("/"))
_ASSETS = st.builds("{}/{}".format, st.sampled_from(_FOLDERS), st.sampled_from(["x.png", "Git.pdf", "v1.2.svg"])).map(
    lambda path: path.removeprefix("/")
)
_STARTS = ("", "", "", "/", "./", "../", "../../", "b/", "a/b/", "Git/")
_TARGETS = st.builds(
    "{}{}{}".format,
    st.sampled_from(_STARTS),
    st.sampled_from(_NAMES) | st.sampled_from(_FOLDERS) | _NOTES | _ASSETS,
    st.sampled_from(("", "", ".md", "/", " ", ".MD")),
) | st.text("/.#aG+ ", max_size=6)
_ALIASES = st.lists(st.sampled_from(_NAMES), max_size=2)


@st.composite
def vaults(draw: st.DrawFn) -> tuple[dict[str, list[str]], list[str]]:
    """Notes with their aliases, and other files."""
    found = draw(st.dictionaries(_NOTES, _ALIASES, min_size=1, max_size=9))
    return found, draw(st.lists(_ASSETS, max_size=3, unique=True))


def vault_of(aliases: dict[str, list[str]], assets: Sequence[str]) -> Vault:
    texts = {path: f"---\naliases: {names!r}\n---\n" for path, names in aliases.items()}
    return index([read_note(NotePath(path), text.encode()) for path, text in texts.items()], assets)


def as_answer(resolution: Resolution) -> Answer:
    match resolution:
        case Found(path, guessed):
            return Answer((path,), guessed)
        case Ambiguous(_, candidates):
            return Answer(candidates)
        case Missing():
            return Answer()


@settings(max_examples=600, deadline=None)
@given(vaults(), _TARGETS, st.data())
def test_a_name_leads_where_the_rules_say(
    vault: tuple[dict[str, list[str]], list[str]], target: str, data: st.DataObject
) -> None:
    aliases, assets = vault
    source = data.draw(st.sampled_from(sorted(aliases)))
    found = vault_of(aliases, assets).resolve(target, source)
    assert as_answer(found) == answer(target, source, aliases, assets)


@settings(max_examples=200, deadline=None)
@given(vaults(), st.data())
def test_the_path_that_is_said_to_settle_a_choice_settles_it(
    vault: tuple[dict[str, list[str]], list[str]], data: st.DataObject
) -> None:
    aliases, assets = vault
    known = vault_of(aliases, assets)
    source = data.draw(st.sampled_from(sorted(aliases)))
    for path in (*aliases, *assets):
        assert known.resolve(known.settling_name(path), source) == Found(path)
