"""ASCII drawings become graphs, graphs become Mermaid. In: a fence's text and language. Out: `Read` or `Declined`.

The stages, each a module that takes the values of those before it and returns a new one:
`grid` → `bare` → `styles` → `refuse` → `realign` → `hypotheses` → `boxes` → `areas` → `lines` → `texts` → `wires` →
`ends` → `edges`, `ports` → `asides` → `labels` → `judge` → `account` → `assemble`, then `emit`. What has no box goes by
`chains` too. `reading` runs them in this order, `explain` shows what they saw.
A drawing is read whole, or it stays as its author drew it.
"""

from notes.diagrams.emit import mermaid
from notes.diagrams.explain import explain
from notes.diagrams.outcome import Declined, Kind, Read
from notes.diagrams.reading import cost, is_asked, read
from notes.diagrams.refuse import looks_drawn

__all__ = ["Declined", "Kind", "Read", "cost", "explain", "is_asked", "looks_drawn", "mermaid", "read"]
