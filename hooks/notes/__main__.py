"""The command line: `python -m notes check | export | draw`, for contributors and for workflows.

Exit codes: 0 nothing to tell (a flag is no problem), 1 problems, 2 misuse, 3 (draw) the drawing stays as drawn.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from notes import diagrams, summary
from notes.changes import find_problems, read_change, told
from notes.drawings import Drawing, find_drawings
from notes.export import export
from notes.folder import Folder, read_folder
from notes.history.git import GitError
from notes.names import is_note
from notes.obsidian import read_preamble
from notes.parse import read_note
from notes.problems import Kind, Problem, as_annotation, as_record, as_text, one_line
from notes.settings import Settings, read_settings
from notes.source import NotePath
from notes.writing import count
from pictures import KEPT, Fault, Job, faults

FORMATS: dict[str, Callable[[Problem, str], str]] = {
    "text": as_text,
    "github": as_annotation,
    "json": lambda problem, folder: json.dumps(as_record(problem, folder), ensure_ascii=False),
}
MISUSE, AS_DRAWN = 2, 3
UNREAD = 141
"""As a shell counts a program that nobody reads any more;"""
STOPPED = 130
"""and one that Ctrl-C ended."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        code = command(options)
        print(end="", flush=True)
    except BrokenPipeError:
        _write_no_more()  # who reads has seen enough, as `head` has
        return UNREAD
    except KeyboardInterrupt:
        return STOPPED
    except OSError as error:
        if error.filename is None:
            _write_no_more()
        return _misuse(one_line(f"{error.filename or 'standard output'}: {error.strerror}"))
    return code


def _write_no_more() -> None:
    """Python would write what is left once more as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m notes", description="Tools for a folder of notes.")
    commands = parser.add_subparsers(required=True)
    check = commands.add_parser("check", help="report the problems in a folder of notes")
    check.add_argument("docs", type=Path)
    check.add_argument("--format", choices=FORMATS, default="text")
    check.add_argument(
        "--since", metavar="COMMIT", help="report only what has been added since this commit, flags included"
    )
    check.set_defaults(command=_check)
    out = commands.add_parser("export", help="write the notes as plain CommonMark into another folder")
    out.add_argument("docs", type=Path)
    out.add_argument("out", type=Path)
    out.set_defaults(command=_export)
    draw = commands.add_parser("draw", help="print the Mermaid of a drawing")
    draw.add_argument("file", help="a drawing, a note with drawings (.md), or - for standard input")
    draw.add_argument("--explain", action="store_true", help="mark each character by what it was read as")
    draw.set_defaults(command=_draw)
    return parser


def _check(options: argparse.Namespace) -> int:
    if not options.docs.is_dir():
        return _misuse(f"{options.docs} is not a folder")
    docs = _absolute(options.docs)
    settings, wrong = read_settings(docs)
    preamble, of_preamble = read_preamble(docs)
    settings = replace(settings, preamble=preamble)
    folder = read_folder(docs, settings.unpublished)
    folder = replace(folder, problems=(*wrong, *of_preamble, *folder.problems))
    try:
        found = _found(docs, folder, settings, options)
    except GitError as error:
        return _misuse(one_line(str(error)))
    for problem in found:
        print(FORMATS[options.format](problem, options.docs.as_posix()))
    problems = [problem for problem in found if problem.kind is not Kind.FLAG]
    if options.format == "text":
        notes = sum(map(is_note, folder.notes))
        print(f"{count(notes, 'note', 'notes')}, {count(len(problems), 'problem', 'problems')}")
    return 1 if problems else 0


def _absolute(docs: Path) -> Path:
    """A folder by a path that tells what is beside it, as `.` does not."""
    return Path(os.path.abspath(docs))  # noqa: PTH100 - `resolve` would follow a link, beside which the settings are


def _found(docs: Path, folder: Folder, settings: Settings, options: argparse.Namespace) -> Sequence[Problem]:
    mermaid = partial(_mermaid, docs)
    if options.since is None:
        return find_problems(folder, settings, mermaid)[1]
    change = read_change(docs, folder, settings, mermaid, options.since)
    if options.format == "github" and (page := os.environ.get("GITHUB_STEP_SUMMARY")):
        with Path(page).open("a", encoding="utf-8") as file:
            file.write(summary.markdown(change, options.docs.as_posix()))
    return told(change)


def _mermaid(docs: Path, jobs: Sequence[Job]) -> Mapping[str, Fault]:
    """What is wrong with Mermaid's sources; what is found is kept for the next time."""
    with TemporaryDirectory() as elsewhere:
        kept = docs.parent / KEPT if (docs.parent / "mkdocs.yml").is_file() else Path(elsewhere)
        return faults(jobs, kept)


def _export(options: argparse.Namespace) -> int:
    if not options.docs.is_dir():
        return _misuse(f"{options.docs} is not a folder")
    if options.out.exists() and (not options.out.is_dir() or any(options.out.iterdir())):
        return _misuse(f"{options.out} exists and is not an empty folder")
    if options.out.resolve().is_relative_to(options.docs.resolve()):
        return _misuse(f"{options.out} lies in the folder of notes, which is never written")
    docs = _absolute(options.docs)
    settings, wrong = read_settings(docs)
    if wrong:  # what they keep off the site may not be known
        return _misuse("\n".join(as_text(problem, options.docs.as_posix()) for problem in wrong))
    try:
        export(docs, options.out, settings)
    except OSError as error:
        return _misuse(one_line(f"{error.filename or options.out}: {error.strerror}"))
    return 0


def _draw(options: argparse.Namespace) -> int:
    try:
        data = sys.stdin.buffer.read() if options.file == "-" else Path(options.file).read_bytes()
    except OSError as error:
        return _misuse(f"{options.file}: {error.strerror}")
    if not is_note(options.file):
        return _draw_one(options, data.decode("utf-8", "replace"), 0)
    drawings = find_drawings(read_note(NotePath(options.file), data))
    if not drawings:
        print(f"{options.file}: there is no drawing in this note", file=sys.stderr)
        return AS_DRAWN
    return max([_draw_one(options, drawing.fence.content, _line(drawing), drawing.fence.info) for drawing in drawings])


def _line(drawing: Drawing) -> int:
    """The line of its fence's opening marks, 1-based."""
    return drawing.note.source.position(drawing.fence.start).line


def _draw_one(options: argparse.Namespace, drawing: str, above: int, info: str = "") -> int:
    """Print what becomes of a drawing that has so many lines `above` it in its file."""
    if options.explain:
        print(diagrams.explain(drawing))
    match diagrams.read(drawing, info):
        case diagrams.Read() as reading:
            print(diagrams.mermaid(reading))
            return 0
        case declined:
            at = f"{options.file}:{above + declined.line}:{declined.column}"
            print(f"{at}: {declined.reason}", file=sys.stderr)
            return AS_DRAWN


def _misuse(message: str) -> int:
    print(message, file=sys.stderr)
    return MISUSE


if __name__ == "__main__":
    sys.exit(main())
