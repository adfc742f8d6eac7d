"""Pictures by their cases, and what holds for each: nothing live, no id twice, drawn once."""

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
from markdown import Markdown

from pictures import (
    Drawn,
    Left,
    Picture,
    Wrong,
    count_left,
    draw,
    draw_all,
    mermaid_fence,
    mermaid_sources,
)
from pictures.colours import contrast
from pictures.engine import run
from pictures.find import MOST_CHARACTERS, MOST_OF_ONE

CASES = sorted((Path(__file__).parent / "cases" / "pictures").glob("*.md"))
ELSEWHERE = re.compile(r"url\((?!#)|https?:|javascript:|\son\w+=|href=", re.IGNORECASE)
FLOWCHART = "flowchart TB\n  n1 --> n2\n"
FIRST = 15
"""So many such small ones the build draws on a page."""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pictures")


def parts(case: Path) -> dict[str, str]:
    _, *found = re.split(r"^=== (\w+)\n", case.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {name: text.strip("\n") for name, text in zip(found[::2], found[1::2], strict=True)}


def shown(picture: Picture) -> tuple[str, str]:
    match picture:
        case Drawn(svg):
            root = fromstring(svg.replace("<br>", "<br/>"))  # noqa: S314 - our own
            return "drawn", "\n".join(facts(root))
        case Wrong(message):
            return "wrong", message.splitlines()[0].strip()
        case Left(reason):
            return "left", reason


def facts(svg: Element) -> Iterator[str]:
    yield f"title: {svg.findtext('title')}"
    yield f"description: {svg.findtext('desc')}"
    yield from (f"colour: {box.get('style')}" for box in svg.findall(".//rect[@style]"))
    for label in svg.iter("foreignObject"):
        for line in label.iter("br"):
            line.text = " / "
        yield f"label: {''.join(label.itertext())}{dress(label)}"


def dress(label: Element) -> str:
    """Tell what a label wears against a colour of the author's."""
    return {"plate": ", on a ground of its own"}.get(label.get("class", ""), "") or ", ".join(
        ["", *filter(None, [label.get("style")])]
    )


def test_there_are_cases() -> None:
    assert CASES


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case: Path, folder: Path) -> None:
    expected = parts(case)
    source = expected.pop("source")
    picture = draw(source, folder)
    assert dict([shown(picture)]) == expected
    if isinstance(picture, Drawn):
        assert not ELSEWHERE.search(picture.svg)


def test_no_id_stands_twice_on_a_page(folder: Path) -> None:
    fence, page = mermaid_fence(folder), Markdown()
    html = "".join(fence(source, "mermaid", "mermaid", {}, page) for source in (FLOWCHART, FLOWCHART, FLOWCHART + "n3"))
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids)) == 9
    assert set(re.findall(r'(?:url\(#|labelledby="|describedby=")([^)"]+)', html)) == set(ids)


def test_a_page_has_the_same_ids_in_each_build(folder: Path) -> None:
    fence = mermaid_fence(folder)
    assert fence(FLOWCHART, "", "", {}, Markdown()) == fence(FLOWCHART, "", "", {}, Markdown())


def test_a_picture_is_drawn_once(tmp_path: Path) -> None:
    draw(FLOWCHART, tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_text(json.dumps(["Wrong", {"message": "kept"}]), encoding="utf-8")
    assert draw(FLOWCHART, tmp_path) == Wrong("kept")


def test_the_sources_of_a_text_are_found() -> None:
    text = "```mermaid\none\n```\n\n> ~~~ mermaid title\n> two\n>   lines\n> ~~~\n"
    others = "```text\nmermaid\n```\n\n    ```mermaid\n    no\n"
    assert list(mermaid_sources([text, others, "none"])) == ["one", "two\n  lines"]


def fenced(*sources: str) -> str:
    return "".join(f"```mermaid\n{source}\n```\n\n" for source in sources)


def test_a_page_has_its_first_pictures_drawn_and_each_once() -> None:
    many = [f"{FLOWCHART}n{number}" for number in range(FIRST + 2)]
    text = fenced(*many, many[0])
    assert list(mermaid_sources([text, fenced(many[-1])])) == [*many[:-2], many[0], many[-1]]
    assert count_left(text) == 2


@pytest.mark.parametrize(
    "more",
    [
        "\nn1 --> n2" * (MOST_OF_ONE // 2),
        "\nn1 & n2 & n3 --> " + " & ".join("abcdefghijklmnopqrstuvwxyz"),
        "\n%% " + "x" * MOST_CHARACTERS,
    ],
)
def test_a_large_diagram_is_left_to_the_browser_and_takes_no_place(more: str, tmp_path: Path) -> None:
    small = [f"{FLOWCHART}n{number}" for number in range(FIRST)]
    assert list(mermaid_sources([fenced(FLOWCHART + more, *small)])) == small
    html = mermaid_fence(tmp_path)(FLOWCHART + more, "mermaid", "mermaid", {}, Markdown())
    assert '<pre class="mermaid"' in html
    assert not list(tmp_path.iterdir())


def test_slow_kinds_count_for_more() -> None:
    lines = "\n  a" * (MOST_OF_ONE // 3)
    assert list(mermaid_sources([fenced(f"mindmap{lines}", f"flowchart TB{lines}")])) == [f"flowchart TB{lines}"]


def test_the_fence_draws_what_is_chosen_of_its_page_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def note(source: str, _: Path) -> Picture:
        drawn.append(source)
        return Wrong("")

    monkeypatch.setitem(mermaid_fence.__globals__, "draw", note)
    fence, page = mermaid_fence(tmp_path), Markdown()
    many = [f"{FLOWCHART}n{number}" for number in range(FIRST + 1)]
    shown = [fence(source, "mermaid", "mermaid", {}, page) for source in many]
    assert drawn == many[:-1]
    assert '<pre class="mermaid"' in shown[-1]
    fence(many[-1], "mermaid", "mermaid", {}, Markdown())
    assert drawn == many


def test_what_takes_too_long_is_tried_once_a_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(run.__globals__, "_SECONDS", 0.01)
    assert isinstance(draw_all([FLOWCHART], tmp_path)[FLOWCHART], Left)
    monkeypatch.undo()
    assert isinstance(draw(FLOWCHART, tmp_path), Left)
    assert isinstance(draw_all([FLOWCHART], tmp_path)[FLOWCHART], Drawn)


def test_many_are_drawn_as_each_alone(tmp_path: Path) -> None:
    sources = (FLOWCHART, "nothing", FLOWCHART + "n3", FLOWCHART)
    assert draw_all(sources, tmp_path / "all") == {source: draw(source, tmp_path / "each") for source in sources}


def test_builds_at_the_same_time_leave_whole_pictures(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as builds:
        drawn = list(builds.map(lambda _: draw(FLOWCHART, tmp_path), range(4)))
    (kept,) = tmp_path.iterdir()
    assert json.loads(kept.read_text(encoding="utf-8"))[0] == "Drawn"
    assert {*drawn, draw(FLOWCHART, tmp_path)} == {drawn[0]}


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000", "#fff", 21), ("#777777", "#fff", 4.48), ("#f00", "#0f0", 2.91)]
)
def test_contrast_is_reckoned_as_wcag_says(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize("damage", ["", "{", '["Other", {}]', '["Drawn", {"svg": "x"}]'])
def test_a_kept_picture_that_is_damaged_is_drawn_anew(tmp_path: Path, damage: str) -> None:
    drawn = draw(FLOWCHART, tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_text(damage, encoding="utf-8")
    assert draw(FLOWCHART, tmp_path) == drawn


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert isinstance(draw(FLOWCHART, tmp_path / "file"), Drawn)


def test_a_source_that_is_wrong_stays_as_text(folder: Path) -> None:
    html = mermaid_fence(folder)("flowchart TB\n a[<b> -->", "mermaid", "mermaid", {}, Markdown())
    assert html.startswith('<pre class="wrong"')
    assert "a[&lt;b&gt; --&gt;" in html
