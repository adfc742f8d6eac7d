"""What of MkDocs, its theme and its plugins has to be steered; with `events.py` all that knows them."""

from collections.abc import Mapping
from pathlib import Path

code: Mapping[Path, int] = {}
"""The files of the hooks, and when each was last written: as they were when `events` imported them."""
