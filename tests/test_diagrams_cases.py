"""The golden drawings: each file in tests/cases/diagrams is a drawing and what becomes of it.

To add one, write a file: a heading that says what it shows, a fence with the drawing, and a fence with its Mermaid, or
a `text` fence with why it stays as drawn (kind, line, column, reason).
"""

import re
from pathlib import Path

import pytest
from tests.case_files import case_files

from notes import diagrams

CASES = case_files("diagrams")
_FENCE = re.compile(r"^```(.*)\n((?:.*\n)*?)```$", re.MULTILINE)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_drawing_becomes_what_its_file_says(case: Path) -> None:
    (info, drawing), (kind, expected) = _FENCE.findall(case.read_text("utf-8"))
    reading = diagrams.read(drawing, info)
    assert (kind, expected) == _outcome(reading)


def _outcome(reading: diagrams.Read | diagrams.Declined) -> tuple[str, str]:
    if isinstance(reading, diagrams.Read):
        return "mermaid", diagrams.mermaid(reading)
    return "text", f"{reading.kind.value}, line {reading.line}, column {reading.column}: {reading.reason}\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_remarks_are_kept(case: Path) -> None:
    text = case.read_text("utf-8")
    _, _, listed = text.partition("\nRemarks:\n\n")
    (info, drawing), _ = _FENCE.findall(text)
    reading = diagrams.read(drawing, info)
    remarks = reading.remarks if isinstance(reading, diagrams.Read) else ()
    assert [line.removeprefix("- ") for line in listed.splitlines()] == [
        " / ".join(remark.split("\n")) for remark in remarks
    ]
