"""The files of `cases/`. In: a feature. Out: its files, and a file in its parts (see cases/README.md)."""

import re
from pathlib import Path

_CASES = Path(__file__).parent / "cases"
_PART = re.compile(r"^=== (.+)\n", re.MULTILINE)


def case_files(feature: str) -> list[Path]:
    """All cases of a feature, in order; never none."""
    found = sorted(path for path in (_CASES / feature).glob("*.md") if path.name != "README.md")
    assert found, f"no cases in {_CASES / feature}"
    return found


def parts(case_file: Path) -> dict[str, str]:
    """The text of each part of a case by its title, without blank lines around it."""
    titles_and_texts = _PART.split(case_file.read_text(encoding="utf-8"))[1:]
    return {title: text.strip("\n") for title, text in zip(titles_and_texts[::2], titles_and_texts[1::2], strict=True)}
