"""Pictures by their cases, and what holds for each: nothing live, no id twice, drawn once."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
from markdown import Markdown
from tests.case_files import case_files, parts

from pictures import (
    Drawn,
    GivenUp,
    Job,
    Left,
    Picture,
    Wrong,
    count_left,
    draw,
    draw_all,
    faults,
    mermaid_fence,
    mermaid_jobs,
)
from pictures.colours import contrast
from pictures.find import MOST_CHARACTERS
from pictures.mermaid import ask
from pictures.tidy import tidy

ELSEWHERE = re.compile(r"url\((?!#)|https?:|javascript:|\son\w+=|href=", re.IGNORECASE)
FLOWCHART = "flowchart TB\n  n1 --> n2"
SEQUENCE = "sequenceDiagram\n  one->>two: asks"
DRESSED = """\
%%{init: {"theme": "dark", "flowchart": {"curve": "stepBefore"}, "themeVariables": {"fontSize": "40px"}}}%%
flowchart LR
  classDef default fill:#f00
  subgraph n1
    n2 --- n3
  end"""
WITH_PROPERTIES = "---\ntitle: A\nconfig:\n  look: handDrawn\n  layout: elk\n---\nflowchart BT\n  n1 --> n2"
FIRST = 20
"""So many such small ones the build draws on a page."""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pictures")


def to_draw(source: str) -> Job:
    return Job(source, draws=True)


def to_read(source: str) -> Job:
    return Job(source, draws=False)


def shown(picture: Picture) -> tuple[str, str]:
    match picture:
        case Drawn(svg):
            root = fromstring(svg.replace("<br>", "<br/>"))  # noqa: S314 - our own
            return "drawn", "\n".join(facts(root))
        case Wrong(message):
            return "wrong", message.splitlines()[0].strip()
        case Left(reason) | GivenUp(reason):
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


@pytest.fixture(scope="module")
def drawn() -> Mapping[str, Picture]:
    """Return the pictures of the cases, and of some that would dress all others like themselves, if one could."""
    return drawn_in([DRESSED, WITH_PROPERTIES, FLOWCHART, *(parts(case)["source"] for case in case_files("pictures"))])


def drawn_in(order: Sequence[str]) -> Mapping[str, Picture]:
    """Return the pictures of some sources that one process draws in this order, among others that it only reads."""
    jobs = [job for source in order for job in (to_read(SEQUENCE), to_draw(source))]
    answers = zip(jobs, ask(jobs), strict=True)
    return {
        job.source: tidy(answer, job.source) if isinstance(answer, str) else answer
        for job, answer in answers
        if job.draws
    }


@pytest.mark.parametrize("case", case_files("pictures"), ids=lambda case: case.stem)
def test_case(case: Path, drawn: Mapping[str, Picture]) -> None:
    expected = parts(case)
    picture = drawn[expected.pop("source")]
    assert dict([shown(picture)]) == expected
    if isinstance(picture, Drawn):
        assert not ELSEWHERE.search(picture.svg)


def test_no_id_stands_twice_on_a_page(folder: Path) -> None:
    fence, page = mermaid_fence(folder), Markdown()
    html = "".join(
        fence(source, "mermaid", "mermaid", {}, page) for source in (FLOWCHART, FLOWCHART, FLOWCHART + "\nn3")
    )
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids)) == 9
    assert set(re.findall(r'(?:url\(#|labelledby="|describedby=")([^)"]+)', html)) == set(ids)


def test_a_page_has_the_same_ids_in_each_build(folder: Path) -> None:
    fence = mermaid_fence(folder)
    assert fence(FLOWCHART, "", "", {}, Markdown()) == fence(FLOWCHART, "", "", {}, Markdown())


def test_a_picture_is_drawn_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = draw(to_draw(FLOWCHART), tmp_path)
    monkeypatch.setattr("pictures.mermaid._answers", None)
    assert draw(to_draw(FLOWCHART), tmp_path) == picture


def test_the_sources_of_a_text_are_found() -> None:
    text = "```mermaid\none\n```\n\n> ~~~ mermaid title\n> two\n>   lines\n> ~~~\n"
    others = "```text\nmermaid\n```\n\n    ```mermaid\n    no\n"
    assert list(mermaid_jobs([text, others, "none"])) == [to_read("one"), to_read("two\n  lines")]


def fenced(*sources: str) -> str:
    return "".join(f"```mermaid\n{source}\n```\n\n" for source in sources)


def test_a_page_has_its_first_pictures_drawn_and_each_once() -> None:
    many = [f"{FLOWCHART}\nn{number}" for number in range(FIRST + 2)]
    text = fenced(*many, many[0])
    jobs = list(mermaid_jobs([text, fenced(many[-1])]))
    assert [job.source for job in jobs if job.draws] == [*many[:-2], many[0], many[-1]]
    assert [job.source for job in jobs if not job.draws] == many[-2:]
    assert count_left(text) == 2


@pytest.mark.parametrize(
    "more",
    [
        "\nn1 --> n2" * 50,
        "\nn1 & n2 & n3 & n4 --> " + " & ".join("abcdefghijklmnopqrstuvwxyz"),
        f'\nn1["{"word " * 1_500}"]',
    ],
    ids=["lines", "edges", "label"],
)
def test_a_large_flowchart_is_left_to_the_browser_and_takes_little_place(more: str, tmp_path: Path) -> None:
    small = [f"{FLOWCHART}\nn{number}" for number in range(FIRST - 1)]
    first, *others = mermaid_jobs([fenced(FLOWCHART + more, *small)])
    assert first == to_read(FLOWCHART + more)
    assert others == [to_draw(source) for source in small]
    html = mermaid_fence(tmp_path)(FLOWCHART + more, "mermaid", "mermaid", {}, Markdown())
    assert '<pre class="mermaid"' in html


@pytest.mark.parametrize(
    ("look", "padding", "is_asked"),
    [
        ("handDrawn", "20000", False),
        ("handDrawn", "'4000'", False),
        ("handDrawn", "200", True),
        ("classic", "20000", True),
    ],
)
def test_mermaid_is_not_asked_to_fill_thousands_of_pixels_by_hand(look: str, padding: str, *, is_asked: bool) -> None:
    source = f"---\nconfig:\n  look: {look}\n  flowchart:\n    padding: {padding}\n---\n{FLOWCHART}"
    assert bool(list(mermaid_jobs([fenced(source)]))) is is_asked


@pytest.mark.parametrize(
    "more", ["\n%% " + "x" * MOST_CHARACTERS, "\na-->b;" * 450, " " * 3_000 + "n3", "\nclassDef a " + "b:c," * 900]
)
def test_what_is_larger_still_mermaid_is_not_asked_about(more: str, tmp_path: Path) -> None:
    assert not list(mermaid_jobs([fenced(FLOWCHART + more)]))
    html = mermaid_fence(tmp_path)(FLOWCHART + more, "mermaid", "mermaid", {}, Markdown())
    assert '<pre class="mermaid"' in html
    assert not list(tmp_path.iterdir())


def test_other_diagrams_are_read_as_far_as_a_page_may() -> None:
    many = [f"{SEQUENCE} {number}" for number in range(1_000)]
    read = list(mermaid_jobs([fenced(*many)]))
    assert 80 < len(read) < 120
    assert read == [to_read(source) for source in many[: len(read)]]
    assert not count_left(fenced(*many))
    assert count_left(fenced(*many, FLOWCHART)) == 1


@pytest.mark.parametrize(
    "before",
    [
        *("", "---\ntitle: A\n---\n", "%% a\n", '%%{init: {\n"theme": "dark"\n}}%%\n', "\n---\n---\n %% a\n\n"),
        "%%{ open\n%% a\n",
    ],
)
def test_a_flowchart_may_have_properties_and_comments_before_it(before: str) -> None:
    assert count_left(fenced(f"{before}graph LR\n{FLOWCHART * 50}")) == 1
    assert not count_left(fenced(f"{before}sequenceDiagram\n{FLOWCHART * 50}"))


def test_the_fence_draws_what_is_chosen_of_its_page_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Job] = []

    def note(job: Job, _: Path) -> Picture:
        asked.append(job)
        return Wrong("")

    monkeypatch.setitem(mermaid_fence.__globals__, "draw", note)
    fence, page = mermaid_fence(tmp_path), Markdown()
    many = [f"{FLOWCHART}\nn{number}" for number in range(FIRST + 1)]
    for source in many:
        fence(source, "mermaid", "mermaid", {}, page)
    assert asked == [*map(to_draw, many[:-1]), to_read(many[-1])]
    fence(many[-1], "mermaid", "mermaid", {}, Markdown())
    assert asked[-1] == to_draw(many[-1])


def test_what_takes_too_long_is_tried_once_a_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ask.__globals__, "_SECONDS", 0.01)
    job = to_draw(FLOWCHART)
    assert isinstance(faults([job], tmp_path)[FLOWCHART], GivenUp)
    monkeypatch.undo()
    assert isinstance(draw(job, tmp_path), GivenUp)
    assert not faults([job], tmp_path)
    assert isinstance(draw(job, tmp_path), Drawn)


def test_one_that_takes_too_long_costs_the_others_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ask.__globals__, "_SECONDS", 5)
    endless = to_read("sequenceDiagram\n" + "A->>B: hi\n" * 3_000)
    first, second, third = ask([to_read(SEQUENCE), endless, to_draw(FLOWCHART)])
    assert isinstance(first, str)
    assert isinstance(second, GivenUp)
    assert isinstance(third, str)
    assert third.startswith("<svg")


def test_one_that_fills_the_memory_costs_the_others_nothing() -> None:
    first, second, third = ask([to_read(SEQUENCE), to_read("block-beta\n space:4000000000"), to_draw(FLOWCHART)])
    assert isinstance(first, str)
    assert second == Wrong("it takes more than 128 MiB of memory")
    assert isinstance(third, str)
    assert third.startswith("<svg")


def test_no_picture_depends_on_what_was_asked_before(drawn: Mapping[str, Picture], tmp_path: Path) -> None:
    assert drawn_in(list(drawn)[::-1]) == drawn
    assert draw(to_draw(FLOWCHART), tmp_path) == drawn[FLOWCHART]


@pytest.mark.parametrize("source", ["flowchart LR\n A([One]) --> B{{Two}}", WITH_PROPERTIES], ids=["plain", "by-hand"])
def test_nothing_in_a_picture_is_left_to_chance(source: str) -> None:
    pictures = [list(ask([*map(to_draw, before), to_draw(source)]))[-1] for before in ((), (FLOWCHART, source))]
    assert pictures[0] == pictures[1]


def test_each_of_many_has_its_picture(tmp_path: Path) -> None:
    sources = (FLOWCHART, "nothing", FLOWCHART + "\nn3", FLOWCHART)
    jobs = [*map(to_draw, sources), to_read(FLOWCHART), to_read(SEQUENCE), to_read("nothing")]
    pictures = draw_all(jobs, tmp_path)
    kinds = (Drawn, Wrong, Drawn, Drawn, Left, Left, Wrong)
    assert [type(pictures[job]) for job in jobs] == list(kinds)
    assert pictures[jobs[2]] == draw(jobs[2], tmp_path / "alone")
    assert draw_all(jobs, tmp_path) == pictures  # as they were kept


def test_builds_at_the_same_time_leave_whole_pictures(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as builds:
        drawn = list(builds.map(lambda _: draw(to_draw(FLOWCHART), tmp_path), range(4)))
    (kept,) = tmp_path.iterdir()
    assert json.loads(kept.read_text(encoding="utf-8").partition("\n")[2])[0] == "Drawn"
    assert {*drawn, draw(to_draw(FLOWCHART), tmp_path)} == {drawn[0]}


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000", "#fff", 21), ("#777777", "#fff", 4.48), ("#f00", "#0f0", 2.91)]
)
def test_contrast_is_reckoned_as_wcag_says(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


def test_kept_pictures_that_are_damaged_are_drawn_anew(tmp_path: Path) -> None:
    damages: tuple[Callable[[bytes], bytes], ...] = (
        lambda _: b"",
        lambda kept: kept[: len(kept) // 2],
        lambda kept: kept.replace(b"Letters", b"Lettres"),  # which no reader of JSON would see
        lambda _: b"\xff" * 99,
        lambda _: b"[" * 100_000,
    )
    jobs = [to_draw(f"{FLOWCHART}\nn{number}[Letters]") for number in range(len(damages))]
    pictures = draw_all(jobs, tmp_path)
    for kept, damage in zip(list(tmp_path.iterdir()), damages, strict=True):
        kept.write_bytes(damage(kept.read_bytes()))
    assert draw_all(jobs, tmp_path) == pictures


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    picture = draw(to_draw(FLOWCHART), tmp_path / "file")
    assert isinstance(picture, Drawn)
    draw(to_draw(FLOWCHART), tmp_path / "folder")
    (kept,) = (tmp_path / "folder").iterdir()
    kept.unlink()
    kept.mkdir()  # as much in the way as a full disk
    assert draw(to_draw(FLOWCHART), tmp_path / "folder") == picture
    assert list((tmp_path / "folder").iterdir()) == [kept]


def test_a_source_that_is_wrong_stays_as_text(folder: Path) -> None:
    html = mermaid_fence(folder)("flowchart TB\n a[<b> -->", "mermaid", "mermaid", {}, Markdown())
    assert html.startswith('<pre class="wrong"')
    assert "a[&lt;b&gt; --&gt;" in html


@pytest.mark.parametrize("sign", ["数", "タ", "한", "🚀"])
def test_a_label_of_wide_letters_has_room_in_its_box(sign: str, tmp_path: Path) -> None:
    size, line, widest = 16, 24, 200  # of a letter, of a line; Mermaid's own
    for count in (5, 12, 40):
        picture = draw(to_draw(f"flowchart LR\n n1[{sign * count}]"), tmp_path)
        assert isinstance(picture, Drawn)
        (box,) = re.findall(r'<rect [^>]*width="([\d.]+)" height="([\d.]+)"', picture.svg)
        width, height = map(float, box)
        assert width >= min(count * size, widest)
        assert height >= line * -(-count * size // int(width))
