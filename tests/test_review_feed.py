"""What waits for review, for programs: the data and the feed."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeAlias
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.repositories import new_repository

from notes import Settings, Site, read_history, read_site
from notes.folder import read_folder
from notes.history import NO_HISTORY, History
from notes.history.patches import Author
from notes.own_pages.feed import VERSION, atom, data, schema

FLAG = "#I_DONT_LIKE_THIS_REWRITE"
ATOM = "{http://www.w3.org/2005/Atom}"
Json: TypeAlias = "dict[str, Any] | list[Any] | str | int"

ROOT_WORDS = {"$schema", "title", "$defs"}
TYPES = {"any": object, "object": dict, "array": list, "string": str, "integer": int}
PUBLISHED = Settings(name="The notes", address="https://notes.example/site/")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site with a resolved flag, an old one, and one that is not committed."""
    repository = new_repository(tmp_path_factory.mktemp("repository"))
    repository.put("2024-01-01", "Ann", note=f"## Part\n\nOld words. {FLAG} (too long)\n\nOther.\n\nGone. {FLAG}\n")
    repository.put("2024-02-02", "Bob", note=f"## Part\n\nOld words. {FLAG} (too long)\n\nOther.\n\nGone.\n")
    repository.write("new.md", f"# New\n\n[[Not there]]\n\n{FLAG}\n\nNew words.\n\n## Empty\n")
    repository.write("index.md", "[[note]], [[new]]\n")
    folder = read_folder(repository.docs)
    return read_site(folder.notes, folder.assets, PUBLISHED, read_history(repository.docs, PUBLISHED.labels))


def _feed(site: Site) -> ET.Element:
    return ET.fromstring(atom(site).encode())  # noqa: S314  (our own)


def test_the_data_holds_all_that_waits(site: Site) -> None:
    found: dict[str, Any] = json.loads(data(site))
    assert (found["version"], found["site"], found["commit"]) == (VERSION, "The notes", site.history.commit)
    assert found["open"] == [
        {
            "id": "new-rewrite-1",
            "note": "new.md",
            "section": ["New"],
            "line": 5,
            "label": "rewrite",
            "reason": "",
            "scope": "marks the next block",
            "excerpt": "New words.",
            "address": "https://notes.example/site/new/#new-rewrite-1",
            "since": {"state": "not committed yet"},
        },
        {
            "id": "part-rewrite-1",
            "note": "note.md",
            "section": ["Part"],
            "line": 3,
            "label": "rewrite",
            "reason": "too long",
            "scope": "marks this block",
            "excerpt": "Old words.",
            "address": "https://notes.example/site/note/#part-rewrite-1",
            "since": {"state": "committed", "day": "2024-01-01", "by": "Ann"},
        },
    ]
    assert found["resolved"] == [
        {
            "note": "note.md",
            "label": "rewrite",
            "reason": "",
            "excerpt": "Gone.",
            "since": {"state": "committed", "day": "2024-01-01", "by": "Ann"},
            "resolved": {"day": "2024-02-02", "by": "Bob"},
        }
    ]
    assert found["empty_sections"] == [
        {"note": "new.md", "section": ["New", "Empty"], "address": "https://notes.example/site/new/#empty"}
    ]
    wanted = {
        "name": "Not there",
        "notes": ["new.md"],
        "address": "https://notes.example/site/wanted/#wanted-not-there",
    }
    assert found["wanted"] == [wanted]
    assert (found["orphans"], found["drawings"]) == ([], [])


def _errors(value: Json, rule: dict[str, Any], root: dict[str, Any], place: str = "") -> Iterator[str]:
    """Tell what the part of JSON Schema that ours uses would refuse; what it does not know fails."""
    if "$ref" in rule:
        rule = root["$defs"][rule["$ref"].removeprefix("#/$defs/")]
    assert rule.keys() <= {
        *ROOT_WORDS,
        "description",
        "type",
        "properties",
        "required",
        "items",
        "enum",
        "const",
        "minimum",
    }
    if not isinstance(value, TYPES[rule.get("type", "any")]) or value not in rule.get("enum", [value]):
        yield f"{place}: {value}"
    if value != rule.get("const", value) or (isinstance(value, int) and value < rule.get("minimum", value)):
        yield f"{place}: {value}"
    for item in value if isinstance(value, list) else ():
        yield from _errors(item, rule["items"], root, f"{place}[]")
    if isinstance(value, dict):
        yield from (f"{place}.{name} lacks" for name in rule["required"] if name not in value)
        for name, inner in value.items():
            known = rule["properties"].get(name)
            yield from _errors(inner, known, root, f"{place}.{name}") if known else (f"{place}.{name} is not told",)


def test_the_data_is_what_its_schema_says(site: Site) -> None:
    rules = json.loads(schema())
    found: dict[str, Any] = json.loads(data(site))
    drawing = b"```\n+---+    +---+\n| a |--->| b |---->\n+---+    +---+\n```\n"
    other = json.loads(data(read_site({"a.md": drawing, "b.md": b"x"}, [], PUBLISHED)))
    assert list(_errors(found, rules, rules)) == list(_errors(other, rules, rules)) == []
    assert all(found[name] or other[name] for name in rules["required"])
    assert list(_errors({**found, "open": [{"line": 0}], "more": 1}, rules, rules)) != []


def test_the_schema_says_what_each_part_is() -> None:
    rules = json.loads(schema())
    objects = [
        rules,
        *(rules["properties"][name]["items"] for name in rules["properties"] if "items" in rules["properties"][name]),
    ]
    parts = [part for found in objects for part in found["properties"].values() if "const" not in part]
    assert all("description" in (rules["$defs"][part["$ref"][8:]] if "$ref" in part else part) for part in parts)


@pytest.mark.parametrize("address", ["https://notes.example/site/", ""])
def test_the_feed_is_what_the_standard_asks_for(site: Site, address: str) -> None:
    """RFC 4287, sections 4.1.1, 4.1.2 and 4.2: what must be there, and how often."""
    feed = _feed(replace(site, settings=replace(PUBLISHED, address=address)))
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    for part in (feed, *entries):
        counts = Counter(child.tag.removeprefix(ATOM) for child in part)
        assert [counts[name] for name in ("id", "title", "updated")] == [1, 1, 1]
        assert counts["author"] == 1 or part in entries
        assert datetime.fromisoformat(part.findtext(f"{ATOM}updated", "")).tzinfo
        assert re.match(r"[a-z]+:\S+$", part.findtext(f"{ATOM}id", ""))
        assert [link.get("href") for link in part.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]
    ids = [part.findtext(f"{ATOM}id") for part in (feed, *entries)]
    assert len(set(ids)) == len(ids)
    assert all(entry.findtext(f"{ATOM}summary") for entry in entries)


def test_the_feed_has_an_entry_for_each_flag(site: Site) -> None:
    feed = _feed(site)
    assert [feed.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated")] == [
        "https://notes.example/site/review/review.xml",
        "Review: The notes",
        "2024-01-01T12:00:00Z",
    ]
    entries = [
        [entry.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated", "summary", f"author/{ATOM}name")]
        for entry in feed.findall(f"{ATOM}entry")
    ]
    address = "https://notes.example/site"
    newest = "2024-02-02T12:00:00Z"
    assert entries == [
        [f"{address}/new/#new-rewrite-1", "New", newest, "New words.", None],
        [
            f"{address}/note/#part-rewrite-1",
            "note › Part",
            "2024-01-01T12:00:00Z",
            "too long – Old words.",
            "Ann",
        ],
    ]


def test_without_an_address_links_are_relative_and_ids_still_absolute() -> None:
    feed = _feed(read_site({"a b/note.md": f"Words. {FLAG}\n".encode()}, [], Settings()))
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == "urn:notes:a-b/note/#note-rewrite-1"
    assert [link.attrib for link in entry.findall(f"{ATOM}link")] == [{"href": "../a-b/note/#note-rewrite-1"}]
    assert [link.attrib for link in feed.findall(f"{ATOM}link")] == [{"href": "../review/"}]
    assert [element.text for element in feed.iter(f"{ATOM}updated")] == ["1970-01-01T00:00:00Z"] * 2


def test_a_site_where_nothing_waits() -> None:
    site = read_site({"index.md": b"Text.\n"}, [], Settings())
    found = json.loads(data(site))
    assert [value for value in found.values() if value] == ["review.schema.json", VERSION, "Notes"]
    assert _feed(site).findall(f"{ATOM}entry") == []


def test_a_file_of_the_same_name_steps_aside() -> None:
    site = read_site({"index.md": b"Text.\n"}, ["review/review.json"], Settings())
    assert site.addresses[site.special.data] == "review/review.json"
    assert site.addresses["review/review.json"] == "review/review-2.json"
    assert site.special.data != "review/review.json"


_ANY_TEXT = st.text(st.characters(codec=None), max_size=30)


@given(_ANY_TEXT, _ANY_TEXT, _ANY_TEXT, _ANY_TEXT)
def test_no_text_breaks_the_data_or_the_feed(name: str, words: str, reason: str, author: str) -> None:
    settings = Settings(name=name)
    text = f"## {words}\n\n{words} {FLAG} ({reason})\n".encode("utf-8", "replace")
    history = History("c0ffee", Author(author, datetime(1, 1, 1, tzinfo=UTC)), is_whole=True)
    site = read_site({"note.md": text}, [], settings, history)
    found = json.loads(data(site).encode())
    feed = _feed(site)
    assert len(found["open"]) == len(feed.findall(f"{ATOM}entry")) == site.flag_count
    for element in feed.iter():
        assert element.tag.removeprefix(ATOM) in {
            *("feed", "id", "title", "updated", "author", "name", "link", "entry", "category", "summary")
        }


def test_the_same_site_gives_the_same_bytes(site: Site) -> None:
    notes: dict[str, bytes] = {path: note.source.text for path, note in site.vault.notes.items()}
    backwards = dict(reversed(notes.items()))
    again = read_site(backwards, [], PUBLISHED, site.history)
    assert (data(again), atom(again)) == (data(site), atom(site))
    assert data(read_site(notes, [], PUBLISHED, NO_HISTORY)) != data(site)
