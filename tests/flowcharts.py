"""The flowcharts that the golden drawings must become, by the name of the case."""

import re
from typing import Final

from tests.case_files import case_files

_MERMAID: Final = re.compile(r"^```mermaid\n((?:.*\n)*?)```$", re.MULTILINE)

FLOWCHARTS: Final = {
    case.stem: found[1] for case in case_files("diagrams") if (found := _MERMAID.search(case.read_text("utf-8")))
}
