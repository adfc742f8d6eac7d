"""History: since when and by whom each flag is set, which were resolved, and when notes changed. In: a repository."""

from notes.history.resolved import Resolved
from notes.history.since import NO_HISTORY, History, changed_flags, find_reflog, find_since, read_history

__all__ = ["NO_HISTORY", "History", "Resolved", "changed_flags", "find_reflog", "find_since", "read_history"]
