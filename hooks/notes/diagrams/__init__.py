"""ASCII drawings become graphs, graphs become Mermaid. Knows a fence's text and language, nothing else.

The reading is a list of stages, each a module: `refuse` → `grid` → `realign` → `boxes` → `areas` → `lines` → `texts`
→ `wires` → `ends` → `edges` → `labels` → `account` → `assemble`; then `emit`. A drawing is read whole or it stays as its author drew it.
"""

from notes.diagrams.emit import describe, mermaid
from notes.diagrams.outcome import Declined, Kind, Read
from notes.diagrams.reading import read

__all__ = ["FORCED", "Declined", "Kind", "Read", "describe", "explain", "mermaid", "read"]
FORCED = "diagram"


def explain(drawing: str) -> str:
    return ""
