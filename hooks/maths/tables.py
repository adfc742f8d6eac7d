"""In: MathML of math-core. Out: the rules of its tables are whole and its columns are, as MathJax draws them.

math-core draws a rule below the last row above a cell below it, and every rule only where a row has cells. What is
beside equations, wide enough to have them in the middle, comes after a row's last cell, though that be in any column;
it is there without a tag, too, and pushes away what stands beside the equations. A sign at the start of a column is
spaced as if it were that of a number.
"""

import re
from typing import Final
from xml.etree.ElementTree import Element, SubElement

# More than any table lacks; beyond it, a few signs would make a page of millions.
_MOST: Final = 100

_ABOVE = re.compile(r"border-top:[^;]*;")
_BESIDE = re.compile(r"(?:border|padding)-(?:left|right):[^;]*;")
_DOUBLE = re.compile(r"padding-left: 0.1em;padding-right: 0.1em;")
"""What is between two rules is a cell of its own."""

_MARGIN: Final = "width: 50%"
_WHOLE: Final = "width: 100%"
"""Of a table with margins."""
_CONTINUES: Final = "padding-left: 0;"
"""Of a cell, what the cell before it begins."""
_SIGNS: Final = frozenset("+\u2212\u00b1\u2213")
"""Those that may be between two numbers or before one."""


def draw_whole_tables(math: Element) -> None:
    """Give rows the cells that they lack, and tables what is drawn below them."""
    for table in list(math.iter("mtable")):
        rows = table.findall("mtr")
        if table.get("style") == _WHOLE and not any(map(_has_tag, rows)):
            del table.attrib["style"]
            for row in rows:
                row[:] = row[1:-1]
        if len(rows) > 1 and _is_rule_alone(rows[-1]):
            last = rows.pop()
            table.remove(last)
            table.set("style", table.get("style", "") + _rule_above(last).replace("top", "bottom", 1))
        longest = max(rows, key=len, default=table)
        if sum(len(longest) - len(row) for row in rows) <= _MOST:
            for row in rows:
                _fill(row, longest)


def space_signs(math: Element) -> None:
    """Let a sum that goes on in another column have its sign between blanks, as in `a &+ b`."""
    for cell in math.iter("mtd"):
        if _CONTINUES in cell.get("style", ""):
            first = next((element for element in cell if element.tag != "mspace"), cell)
            if first.tag == "mo" and first.text in _SIGNS:
                first.set("form", "infix")


def stand_on_lines(math: Element) -> None:
    """Let all of a row that stands on the line of a fraction reach it, as the steps of a proof do."""
    for fraction in math.iter("mfrac"):
        above = fraction[0] if len(fraction) else fraction
        if above.tag == "mtable" and len(above) == 1:
            for cell in above.iter("mtd"):
                cell.set("style", f"vertical-align: bottom;{cell.get('style', '')}")


def _has_tag(row: Element) -> bool:
    return len(row) < 2 or row[0].get("style") != _MARGIN or row[-1].attrib != row[0].attrib  # noqa: PLR2004 - margins


def _is_rule_alone(row: Element) -> bool:
    cells = [cell for cell in row if not _DOUBLE.search(cell.get("style", ""))]
    return len(cells) == 1 and not len(cells[0]) and bool(_rule_above(row))


def _rule_above(row: Element) -> str:
    """How a row's cells write it; empty if none is there."""
    return "".join(_ABOVE.findall(row[0].get("style", ""))) if len(row) else ""


def _fill(row: Element, longest: Element) -> None:
    """Give a row the cells that it lacks, if they have rules or come before others."""
    if len(row) and row[0].get("style") == _MARGIN:
        for _ in longest[len(row) :]:
            row.insert(len(row) - 1, Element("mtd"))
    missing = [_rule_above(row) + "".join(_BESIDE.findall(cell.get("style", ""))) for cell in longest[len(row) :]]
    if any("border" in style for style in missing):
        for style in missing:
            SubElement(row, "mtd", {"style": style} if style else {})
