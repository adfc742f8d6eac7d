"""The review page, by its cases, and what git adds to it.

A case in `cases/review_page/` is a small folder of notes, in parts as in all cases (see cases/README.md); then, in a
part `the review page`, the CommonMark of that page. A part `settings` may name `repository`, `edit` and labels.
"""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.case_files import case_files, parts
from tests.crawl import dead, one
from tests.sites import ADDRESS, build, copy_project

from notes import Label, NotePath, Settings, Site, generated_pages, note_pages, read_site
from notes.history import History, Resolved
from notes.history.patches import Author
from notes.history.standing import Untold
from notes.names import key
from notes.own_pages.feed import schema
from notes.own_pages.review_page import MOST, MOST_WHOLE, markdown
from notes.worklist import MOST_CARDS, MOST_PARTS

DRAWING = b"""## Plan

```
+---+    +---+
| a |--->| b |---->
+---+    +---+
```
"""
PAGE = "the review page"
LABEL = "label "
NOTE = b"## Part\n\nThe words. #I_DONT_LIKE_THIS_REWRITE\n"
ANN = Author("Ann", datetime(2024, 1, 31, 12, tzinfo=UTC))
MARKUP = Author("<b>*Bob*</b>\n", datetime(2024, 2, 1, tzinfo=UTC))


def _settings(text: str) -> Settings:
    values = dict(line.split(": ", 1) for line in text.splitlines())
    labels = {
        key(name.removeprefix(LABEL)): Label(label, f"About {label}.")
        for name, label in values.items()
        if name.startswith(LABEL)
    }
    return Settings(
        labels=labels or Settings().labels, repository=values.get("repository", ""), edit=values.get("edit", "")
    )


@pytest.mark.parametrize("case_file", case_files("review_page"), ids=lambda path: path.stem)
def test_case(case_file: Path) -> None:
    texts = parts(case_file)
    expected, settings = texts.pop(PAGE), _settings(texts.pop("settings", ""))
    notes = {path: f"{text}\n".encode() for path, text in texts.items() if path.endswith(".md")}
    site = read_site(notes, [path for path in texts if path not in notes], settings)
    assert markdown(site, site.special.parts[0]).strip("\n") == expected


def test_a_flag_is_no_tag_in_any_case() -> None:
    labels = {"größe": Label("size", ""), "below/another": Label("below", "")}
    site = read_site({"A.md": "Words #GRÖẞE. More #Below/another.".encode()}, [], Settings(labels=labels))
    assert site.flag_count == 2
    assert not site.tags


def _site(resolved: tuple[Resolved, ...] = (), **notes: bytes) -> Site:
    history = History(commit="c0ffee", newest=ANN, is_whole=True, resolved=resolved)
    settings = Settings(repository="https://forge.example/a/notes")
    return read_site({f"{name}.md": text for name, text in notes.items()}, [], settings, history)


def _first(site: Site) -> str:
    return markdown(site, site.special.parts[0])


def _resolved(by: Author = ANN, path: str = "index.md") -> Resolved:
    return Resolved(NotePath(path), Label("rewrite", ""), "too *long*", "The <i>words</i>.", Untold.UNKNOWN, by)


def test_a_flag_that_git_does_not_know_yet() -> None:
    page = _first(_site(index=NOTE))
    assert "line 3 · not committed yet · [Suggest a wording](" in page
    assert "&commit=c0ffee&" in page


def test_the_summary_names_the_day_of_the_oldest_flag() -> None:
    site = _site(index=NOTE, other=NOTE)
    first, other = site.since
    page = _first(replace(site, since={first: MARKUP, other: ANN}))
    assert page.startswith("2 passages in 2 notes wait for review. The oldest flag is from 2024-01-31.\n")


def test_resolved_flags_say_by_whom_and_when() -> None:
    page = _first(_site((_resolved(MARKUP, "other.md"), _resolved()), index=b"Text.\n", other=b"Text.\n"))
    assert page.startswith("Nothing waits for review. 2 flags were resolved.\n")
    items = page.partition("## Resolved\n\n")[2].partition("\n\n")[0].splitlines()
    words = "“The \\<i\\>words\\</i\\>.” – rewrite – too \\*long\\*, date unknown, resolved"
    assert items == [
        f"- [other](other.md): {words} 2024-02-01 by \\<b\\>\\*Bob\\*\\</b\\>",
        f"- [index](index.md): {words} 2024-01-31 by Ann",
    ]


def test_a_drawing_that_stays_as_drawn_is_listed_with_the_reason() -> None:
    page = _first(_site(index=DRAWING))
    items = page.partition("## Drawings that stay as drawn\n")[2].splitlines()
    assert "- [index › Plan](index.md), line 5, column 19: an arrow points at nothing" in items


def test_no_flood_of_resolved_flags() -> None:
    page = _first(_site((_resolved(),) * (MOST + 7), index=b"Text.\n"))
    assert page.count("resolved 2024-01-31") == MOST
    assert "\n\nAnd 7 more, all of them in the [data](review/review.json).\n\n" in page


def test_the_page_is_not_searched_and_counts_its_flags() -> None:
    pages = {page.path: page for page in generated_pages(_site(index=NOTE * 2))}
    assert [pages[path].badge for path in ("review.md", "wanted.md")] == [2, 0]
    assert [pages[path].is_searched for path in ("review.md", "wanted.md")] == [False, True]


def test_the_built_site_has_the_data_and_leaves_the_page_out_of_the_search(site: Path) -> None:
    flags = json.loads((site / "review" / "review.json").read_text(encoding="utf-8"))["open"]
    page = (site / "review" / "index.html").read_text(encoding="utf-8")
    assert flags
    assert all(f'id="flag-{flag["id"]}"' in page for flag in flags)
    assert all(f'href="{file}"' in page for file in ("review.json", "review.schema.json", "review.xml"))
    assert (site / "review" / "review.schema.json").read_text(encoding="utf-8") == schema()
    assert one(site / "the-ops" / "index.html", 'link[type="application/atom+xml"]')["href"] == "../review/review.xml"
    searched = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))["docs"]
    assert searched
    assert not [entry for entry in searched if entry["location"].startswith("review/")]


def _many(labels: int, flags: int) -> Site:
    """Flags in two notes, their labels by turns."""
    tags = {f"tag{number}": Label(f"label {number}", f"About {number}.") for number in range(labels)}
    words = [f"Words {number}. #tag{number % labels}\n\n" for number in range(flags)]
    notes = {"a.md": "".join(words[: flags // 2]).encode(), "b.md": "".join(words[flags // 2 :]).encode()}
    return read_site(notes, [], Settings(labels=tags))


@pytest.mark.parametrize("flags", [MOST_CARDS, MOST_CARDS + 1, MOST_CARDS * MOST_PARTS, MOST_CARDS * MOST_PARTS + 1])
def test_each_pill_leads_to_the_page_of_its_card(flags: int) -> None:
    site = _many(2, flags)
    cards = re.findall(r'id="(flag-[^"]+)"', "".join(page.markdown for page in generated_pages(site)))
    pages = {page.path: page.markdown for page in generated_pages(site)}
    pills = [pill for page in note_pages(site).values() for pill in re.findall(r"\]\((\S+)#(flag-\S+) ", page.markdown)]
    assert len(pills) == flags
    assert [pill for pill in pills if f'id="{pill[1]}"' not in pages[pill[0]]] == []
    assert sorted(cards) == sorted([anchor for _, anchor in pills] * 2)  # among all, and among those of its label
    assert len([part for part in site.special.parts if part.label is None]) <= MOST_PARTS


def test_a_flag_is_no_part_of_a_title_or_description() -> None:
    flag = "#I_DONT_LIKE_THIS_REWRITE (why (so))"
    note = f'---\ntitle: "Title {flag} #1 #other"\ndescription: "{flag} Words"\n---\nText.\n'
    site = read_site({"a.md": note.encode(), "b.md": f"# Sole {flag}\n".encode()}, [], Settings())
    pages = note_pages(site)
    assert [(page.title, page.description) for page in pages.values()] == [("Title #1 #other", "Words"), ("Sole", "")]


def test_the_ids_of_a_note_are_its_own_whatever_other_notes_say() -> None:
    text = b"## Part\n\nOne. #I_DONT_LIKE_THIS_REWRITE\n\nTwo. #I_DONT_LIKE_THIS_REWRITE\n"
    paths = ("a.md", "b/c.md", "b-c.md")
    site = read_site(dict.fromkeys(paths, text), [], Settings())
    assert [[flag.id for flag in site.flags[NotePath(path)]] for path in paths] == [
        ["part-rewrite-1", "part-rewrite-2"]
    ] * 3
    ids = [card.id for card in site.cards.values()]
    assert len(set(ids)) == len(ids) == len(paths) * 2
    assert all(f'id="{card}"' in _first(site) for card in ids)


def test_the_page_of_a_label_has_its_flags_alone() -> None:
    pages = {page.path: page for page in generated_pages(_many(3, 200))}
    of_one = [page for path, page in pages.items() if path.startswith("review/label/label-1/")]
    assert [page.title for page in of_one] == ["Review: label 1", "Review: label 1, part 2"]
    assert "About 1." in of_one[0].markdown
    words = re.findall(r"^> Words (\d+)\.$", "".join(page.markdown for page in of_one), re.MULTILINE)
    assert list(map(int, words)) == list(range(1, 200, 3))
    assert not any(page.is_in_navigation or page.is_searched for page in of_one)
    assert "[all (200)](../../../review.md)" in of_one[0].markdown
    assert "[2](2/review.md)" in of_one[0].markdown
    assert "[label 1 (67)](label/label-1/review.md)" in pages["review/2/review.md"].markdown.replace("../", "")


def test_no_page_of_a_label_stands_where_a_note_is() -> None:
    labels = {"a": Label("Straße", ""), "b": Label("other", "")}
    note = "review/label/straße/review.md"
    special = read_site({note: b"Words #A. More #B."}, [], Settings(labels=labels)).special
    assert note not in special.addresses


def test_of_very_many_flags_each_is_a_line() -> None:
    site = _many(1, MOST_WHOLE * MOST_PARTS + 1)
    page = _first(site)
    assert "There are too many to show in full; the [data](review/review.json) has all that is known of them." in page
    assert page.count('<div class="card"') == len(site.special.parts[0].flags) > MOST_WHOLE
    assert "> Words" not in page


def test_long_lists_are_cut_and_lead_to_the_data() -> None:
    notes = {
        f"{number}.md": f"## Empty {number}\n\n[[Not yet {number}]]\n\n## Also".encode() for number in range(MOST + 1)
    }
    page = _first(read_site(notes, [], Settings()))
    more = [line for line in page.splitlines() if line.startswith("And ")]
    assert more == [f"And {number} more, all of them in the [data](review/review.json)." for number in (1, 1, 1)]


def test_a_site_of_many_parts_and_labels_is_built(tmp_path: Path) -> None:
    """With `--strict`, so every link and every anchor is there."""
    project = copy_project(tmp_path / "project", {"a.md": "Words. #I_DONT_LIKE_THIS_REWRITE #unclear\n\n" * 70})
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("    tags:\n", "    tags:\n      unclear: {label: unclear}\n"), encoding="utf-8")
    built = build(project, tmp_path / "site")
    assert dead(built, ADDRESS) == []
    labels = (built / "review" / "label" / "unclear" / "2" / "index.html").read_text(encoding="utf-8")
    assert "Review: unclear, part 2" in labels
