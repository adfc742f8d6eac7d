"""Laws of following flags, on patches that Python's difflib makes: many histories in no time."""

import difflib
from collections.abc import Sequence
from datetime import UTC, datetime

from hypothesis import example, given
from hypothesis import strategies as st

from notes.history.course import Course, mentions_of
from notes.history.mentions import Mention, Spot
from notes.history.patches import Author, FilePatch, Hunk, Mark, read_patch
from notes.history.standing import Standing, Standings

TAG = "rewrite"
PASSAGES = range(6)

_LINES = st.lists(st.sampled_from(["", "a", "-- b", "++ c", "@@ -1 +1 @@", "diff --git", "\\ No newline"]), max_size=12)


def _patch(before: Sequence[str], after: Sequence[str]) -> tuple[FilePatch, ...]:
    lines = difflib.unified_diff(before, after, "a/note.md", "b/note.md", lineterm="")
    return read_patch("\n".join(["diff --git a/note.md b/note.md", *lines, ""]).encode())


def _author(day: int) -> Author:
    return Author(f"Author {day}", datetime(2024, 1, 1 + day, tzinfo=UTC))


@given(_LINES, _LINES)
def test_the_sides_of_a_patch_are_the_texts(before: list[str], after: list[str]) -> None:
    for file in _patch(before, after):
        for hunk in file.hunks:
            assert _texts(hunk, is_old=True) == before[max(hunk.old - 1, 0) :][: len(_texts(hunk, is_old=True))]
            assert _texts(hunk, is_old=False) == after[max(hunk.new - 1, 0) :][: len(_texts(hunk, is_old=False))]


def _texts(hunk: Hunk, *, is_old: bool) -> list[str]:
    return [line.text.decode() for line in hunk.lines if (line.mark.is_old if is_old else line.mark.is_new)]


_SETS = st.sets(st.sampled_from(PASSAGES))
_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("set"), _SETS),
        st.tuples(st.just("take off"), _SETS),
        st.tuples(st.just("order"), st.permutations(PASSAGES)),
    ),
    max_size=12,
)


@given(_STEPS)
def test_a_flag_is_set_when_it_came_and_resolved_when_it_went(steps: list[tuple[str, Sequence[int]]]) -> None:
    course, standing, order = Course(frozenset({TAG})), Standings(), list(PASSAGES)
    flagged: dict[int, Author] = {}
    gone: list[tuple[str, Author, Author]] = []
    text = _text(order, flagged)
    for day, (step, which) in enumerate(steps):
        author = _author(day)
        if step == "set":
            flagged |= {passage: author for passage in which if passage not in flagged}
        elif step == "take off":
            taken = [passage for passage in order if passage in flagged and passage in which]
            gone += [(_words(passage), flagged.pop(passage), author) for passage in taken]
        else:
            order = list(which)
        before, text = text, _text(order, flagged)
        course.follow(standing, mentions_of(_patch(before, text), "", frozenset({TAG})), author)
    assert {(mention.words, since) for mention, since, _ in standing} == {
        (_words(passage), author) for passage, author in flagged.items()
    }
    assert sorted(
        map(str, ((mention.words, since, by) for _, (mention, since, by, _) in course.gone_from(standing)))
    ) == sorted(map(str, gone))


def _text(order: Sequence[int], flagged: dict[int, Author]) -> list[str]:
    return [line for passage in order for line in (_line(passage, is_flagged=passage in flagged), "")]


def _line(passage: int, *, is_flagged: bool) -> str:
    return f"Passage {passage}." + (f" #{TAG}" if is_flagged else "")


def _words(passage: int) -> str:
    return f"passage {passage}"


_PLACES = st.sampled_from(("a", "b", "c"))
_BRANCHES = st.integers(0, 3)
_DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), _BRANCHES, _PLACES, st.sampled_from(("one", "two"))),
        st.tuples(st.just("take"), _BRANCHES, _PLACES, st.sampled_from(("one", "two"))),
        st.tuples(st.just("rename"), _BRANCHES, _PLACES, _PLACES),
        st.tuples(st.just("copy"), _BRANCHES, _PLACES, _PLACES),
    ),
    max_size=30,
)


@given(_DEEDS)
@example([("put", 0, "a", "one"), ("rename", 0, "a", "b"), ("put", 0, "a", "two")])
def test_each_branch_has_its_own_flags(deeds: list[tuple[str, int, str, str]]) -> None:
    """Against lists that are copied as a whole."""
    branches: list[tuple[Standings, list[tuple[str, str]]]] = [(Standings(), [])]
    for number, (deed, branch, path, other) in enumerate(deeds):
        standings, listed = branches[branch % len(branches)]
        mention = Mention(path, 1, 0, TAG, other, "", (), (), Spot(0, 0, 0, Mark.KEPT))
        if deed == "put":
            standings.put(Standing(mention, _author(number), number))
            listed.append((path, other))
        elif deed == "take":
            assert (standings.take(mention) is not None) == ((path, other) in listed)
            listed[:] = _without((path, other), listed)
        elif deed == "copy":
            branches.append((standings.copy(), listed.copy()))
        elif other not in {place for place, _ in listed}:
            standings.rename({path: other})
            listed[:] = [(other if place == path else place, words) for place, words in listed]
    for standings, listed in branches:
        assert sorted((one.mention.path, one.mention.words) for one in standings) == sorted(listed)


def _without(item: tuple[str, str], items: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    at = items.index(item) if item in items else len(items)
    return [*items[:at], *items[at + 1 :]]
