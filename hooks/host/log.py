"""The log of a build. In: problems, and what MkDocs logs. Out: lines that no runner of workflows obeys."""

import logging
from collections.abc import Iterable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

import notes

log = logging.getLogger("mkdocs.notes")


def disarm() -> None:
    """MkDocs quotes names and links in what it logs, and who runs it may obey a line; `serve` comes here often."""
    for handler in logging.getLogger("mkdocs").handlers:
        others = [known for known in handler.filters if getattr(known, "__name__", "") != _disarmed.__name__]
        handler.filters = [*others, _disarmed]


def _disarmed(record: logging.LogRecord) -> bool:
    record.msg, record.args = notes.as_log_lines(record.getMessage()), None
    return True


def tell(problems: Iterable[notes.Problem], config: MkDocsConfig) -> None:
    """Log problems; a warning ends a strict build."""
    folder = Path(config.docs_dir).name
    for problem in problems:
        level = logging.WARNING if problem.severity is notes.Severity.WARNING else logging.INFO
        log.log(level, notes.as_log_line(problem, folder))
