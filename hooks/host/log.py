"""The log of a build. In: problems, and what MkDocs logs. Out: lines that no runner of workflows obeys."""

import logging
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from mkdocs.config.defaults import MkDocsConfig

import notes

log = logging.getLogger("mkdocs.notes")

_MOST: Final = 100
"""Problems of one kind in one file that are told; `check` tells all."""


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
    told: Counter[tuple[str, notes.Kind]] = Counter()
    for problem in problems:
        told[problem.at.path, problem.kind] += 1
        if told[problem.at.path, problem.kind] <= _MOST:
            log.log(_level(problem.kind), line(problem, config))
    for (path, kind), count in told.items():
        if count > _MOST:
            more = count - _MOST
            log.log(_level(kind), "%s/%s: %d more of the kind `%s`", _folder(config), path, more, kind.code)


def line(problem: notes.Problem, config: MkDocsConfig) -> str:
    """Word a problem, as the log does."""
    return notes.as_log_line(problem, _folder(config))


def _folder(config: MkDocsConfig) -> str:
    return Path(config.docs_dir).name


def _level(kind: notes.Kind) -> int:
    return logging.WARNING if kind.severity is notes.Severity.WARNING else logging.INFO
