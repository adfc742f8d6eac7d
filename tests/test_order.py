"""The order of names: that of Obsidian's list of files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes.order import by_name


@pytest.mark.parametrize(
    "listed",
    [
        pytest.param(["Week 1", "Week 2", "Week 10"], id="numbers-count"),
        pytest.param(["1.9 a", "1.10 a", "2", "10"], id="numbers-after-points-too"),
        pytest.param(["第2章", "第10章"], id="numbers-between-signs-of-Chinese"),
        pytest.param(["apple", "Berry", "cherry"], id="in-any-case"),
        pytest.param(["Eis", "Émile", "Erde", "Über", "unter"], id="letters-with-accents-beside-those-without"),
        pytest.param(["_templates", "🏠 Home", "01 Inbox", "Areas"], id="signs-then-numbers-then-letters"),
        pytest.param(["a", "a b", "a-b", "ab"], id="blanks-first"),
        pytest.param(["_a", "-a", "!a", "(a", "《a", "@a", "#a", "+a", "★ a"], id="signs"),
        pytest.param(["An", "Đại số", "Em", "Łódź", "Lublin", "Ole", "Øst", "Zoo"], id="letters-with-strokes"),
        pytest.param(["Ærø", "Straßen", "Strategie"], id="two-in-one"),
        pytest.param(["ılık", "jilet"], id="a-letter-of-Turkish"),
        pytest.param(["Ґанок", "Гора", "Їжак", "Йога", "Кава", "Яма"], id="Cyrillic"),
        pytest.param(["إدارة", "اب", "بيت", "پروژه", "کتاب", "گزارش", "لغة"], id="Arabic-and-Persian"),
        pytest.param(["מים", "מן", "נר"], id="final-letters-of-Hebrew"),
        pytest.param(["アイデア", "あとで", "ガイド", "かんばん", "コード", "コマンド"], id="both-kana"),
        pytest.param(["कमल", "काम", "किताब", "कुल"], id="vowels-of-Hindi"),
        pytest.param(["กบ", "ก่อน", "กา", "เกม", "ขา"], id="vowels-before-their-letter"),
        pytest.param(["a 2/z", "a 10/b"], id="folders-as-notes"),
        pytest.param(["01", "1"], id="the-same-number"),
        pytest.param(["A", "a"], id="the-same-letter"),
    ],
)
def test_names_are_listed_as_in_obsidian(listed: list[str]) -> None:
    assert sorted([*listed[1:], *listed[:1]], key=by_name) == listed


@given(st.text(), st.text())
def test_any_two_names_have_an_order(one: str, other: str) -> None:
    assert (by_name(one) == by_name(other)) == (one == other)
    assert (by_name(one) < by_name(other)) != (by_name(other) <= by_name(one))
