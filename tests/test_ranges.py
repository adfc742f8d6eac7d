"""Long lists in the navigation are divided, and nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from notes.ranges import MOST, ranges


def test_a_short_list_stays_as_it_is() -> None:
    assert ranges([f"n{number}" for number in range(MOST)]) == ()


def test_a_part_is_called_by_its_first_and_last_name() -> None:
    parts = ranges([f"name {number:03}" for number in range(MOST + 2)])
    assert [(label, end - start) for label, start, end in parts] == [
        ("name 000 – name 014", 15),
        ("name 015 – name 030", 16),
        ("name 031 – name 045", 15),
        ("name 046 – name 061", 16),
    ]


def test_long_names_are_cut_in_what_a_part_is_called() -> None:
    names = ["a" * 24, *(f"b {'b' * 30}" for _ in range(MOST)), "c" * 22 + " c"]
    parts = ranges(names)
    assert parts[0][0] == f"{'a' * 24} – b {'b' * 21}…"
    assert parts[-1][0] == f"b {'b' * 21}… – {'c' * 22} c"


@given(st.integers(min_value=MOST + 1, max_value=20_000))
def test_parts_follow_one_another_and_none_is_long(count: int) -> None:
    parts = ranges([str(number) for number in range(count)])
    assert [parts[0][1], *(end for _, _, end in parts)] == [*(start for _, start, _ in parts), count]
    assert max(end - start for _, start, end in parts) <= max(MOST, int(count**0.5) + 1)
