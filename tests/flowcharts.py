"""The flowcharts that the golden drawings must become, by the name of the case."""

import re
from pathlib import Path
from typing import Final

_CASES: Final = sorted(Path(__file__).parent.joinpath("cases", "diagrams").glob("*.md"))
_MERMAID: Final = re.compile(r"^```mermaid\n((?:.*\n)*?)```$", re.MULTILINE)

FLOWCHARTS: Final = {case.stem: found[1] for case in _CASES if (found := _MERMAID.search(case.read_text("utf-8")))}
