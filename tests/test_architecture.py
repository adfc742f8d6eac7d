"""The order of the modules, and the wall around the host.

In: the source below `hooks/`, read without running it. Out: a sentence for each import that goes the wrong way.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

HOOKS = Path(__file__).parent.parent / "hooks"


def _modules(package: str, names: str) -> tuple[str, ...]:
    return tuple(f"{package}.{name}" for name in names.split())


def _package(name: str, modules: str) -> tuple[str, ...]:
    """A package stands behind its modules, since its `__init__` imports them for others."""
    return (*_modules(name, modules), name)


ORDER = (
    *_package("searching", "scripts pages program pieces"),
    *_package("pictures", "library picture find engine mermaid words colours tidy draw fence"),
    *_package(
        "maths",
        "colours definitions accents sizes brackets pieces chemistry diagrams proofs signs units environments "
        "hrefs spelling limits tables physics preamble references macros typeset",
    ),
    *_package(
        "commonmark",
        "spans events marks tags block_ids mentions comments maths_blocks emphasis tables bare_addresses stand_ins "
        "dollars spaced_bold linked_embeds doubled_brackets callouts underlines dialect "  # what is written
        "headings highlights inline_notes tasks open_html nesting "
        "addresses html_addresses media links elements open_tree blocks footnotes "  # what is shown
        "text_marks passages contents tree direction finish page time_limit fences other_sites extension",
    ),
    *_package("canvas", "file curves"),
    *_package("excalidraw", "lz_string scene heads svg data"),
    *_package("publishing", "policy inert contained comments staging"),
    *_package(
        "notes.diagrams",
        "grid glyphs graph outcome bare styles realign hypotheses boxes areas lines texts wires ends edges ports "
        "asides labels scene account assemble chains refuse judge reading emit explain",
    ),
    *_modules(
        "notes",
        "problems ranges source withheld properties_yaml front_matter names order edits writing addresses near "
        "note parts flags shown reader as_written outline block_ids lint exported scenes parse boxes uncommented moved "
        "plain sentences",
    ),
    *_package(
        "notes.bases",
        "dates values syntax patterns scope operators functions files formulas definition narrowing results",
    ),
    *_modules(
        "notes",
        "derived canvases base_files page_files "  # one note
        "vault folder "  # all notes
        "anchors outgoing link_problems links html_links titles properties embeds schemes "  # a feature each
        "backlinks wanted trails review unflagged tags drawings",
    ),
    *_package("notes.history", "patches git mentions pairs standing course resolved changed since"),
    *_modules(
        "notes",
        "base_world base_markup base_words base_layouts base_views obsidian settings worklist special_pages site",
    ),
    *_package("notes.own_pages", "home review_page tags_page wanted_page feed specimens guide"),
    *_package("notes", "foot pages export earlier changes summary"),
    "notes.__main__",
    *_package(
        "host",
        "log theme memory settings folder places navigation "
        "markup raw_html svg_links searched search mermaid rebuilds serving",
    ),
    "events",
)
"""All modules: each imports only from those before it."""

HOST = frozenset({"mkdocs", "material", "mermaid2"})
"""Packages of the generator, its theme and its plugins."""
HOST_SPEAKERS = ("events", "host")
"""The only modules and packages that may import them."""


def wrong_imports(folder: Path, order: Sequence[str]) -> list[str]:
    """Tell what breaks the order, or the wall, in the modules of a folder."""
    modules = {_name(path.relative_to(folder)): path for path in sorted(folder.rglob("*.py"))}
    rank = {name: place for place, name in enumerate(order)}
    return [
        *(f"{name} has no place in the order" for name in modules if name not in rank),
        *(f"{name} is in the order and no module" for name in order if name not in modules),
        *(
            sentence
            for name, path in modules.items()
            if name in rank
            for sentence in _judge(name, sorted(set(_imports(name, path, modules))), rank)
        ),
    ]


def _judge(name: str, imported: Sequence[str], rank: Mapping[str, int]) -> Iterator[str]:
    for other in imported:
        if other.partition(".")[0] in HOST and name.partition(".")[0] not in HOST_SPEAKERS:
            yield f"{name} imports {other}, which only {', '.join(HOST_SPEAKERS)} may"
        if rank.get(other, -1) >= rank[name]:
            yield f"{name} imports {other}, which is not before it"


def _name(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(name: str, path: Path, modules: Mapping[str, Path]) -> Iterator[str]:
    package = name if path.stem == "__init__" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = _source(node, package)
            for alias in node.names:
                member = f"{source}.{alias.name}"
                yield member if member in modules else source


def _source(node: ast.ImportFrom, package: str) -> str:
    """Give the full name of what is imported from; a dot more is a package further out."""
    if node.level == 0:
        return node.module or ""
    outer = package.split(".")[: len(package.split(".")) - node.level + 1]
    return ".".join((*outer, *filter(None, [node.module])))


def test_modules_import_only_from_those_before_them() -> None:
    assert wrong_imports(HOOKS, ORDER) == []


def test_stage_1_needs_no_python_markdown() -> None:
    program = "import sys, notes, notes.__main__; print([name for name in sys.modules if name == 'markdown'])"
    assert subprocess.check_output([sys.executable, "-c", program], cwd=HOOKS, text=True) == "[]\n"


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.py": "", "b.py": "import a"}, id="forward"),
        pytest.param({"a.py": "import os, markdown", "b.py": "from a import b"}, id="another-package"),
        pytest.param({"a.py": "'import b'", "b.py": "# from c import d"}, id="only-words"),
        pytest.param(
            {"p/one.py": "", "p/two.py": "from . import one", "p/__init__.py": "from .two import x"}, id="dots"
        ),
        pytest.param({"a.py": "", "events.py": "from mkdocs.plugins import x"}, id="who-speaks-with-the-host"),
    ],
)
def test_an_import_in_order_is_left_alone(tmp_path: Path, files: Mapping[str, str]) -> None:
    _write(tmp_path, files)
    assert wrong_imports(tmp_path, [_name(Path(file)) for file in files]) == []


@pytest.mark.parametrize(
    ("files", "told"),
    [
        pytest.param({"a.py": "import b", "b.py": ""}, "a imports b, which is not before it", id="backward"),
        pytest.param({"a.py": "import b", "b.py": "import a"}, "a imports b, which is not before it", id="cycle"),
        pytest.param(
            {"a.py": "def f():\n    from b import c", "b.py": ""},
            "a imports b, which is not before it",
            id="in-a-function",
        ),
        pytest.param(
            {"p/one.py": "from . import two", "p/two.py": "", "p/__init__.py": ""},
            "p.one imports p.two, which is not before it",
            id="one-dot",
        ),
        pytest.param(
            {"p/q/one.py": "from ..two import x", "p/two.py": ""},
            "p.q.one imports p.two, which is not before it",
            id="two-dots",
        ),
        pytest.param(
            {"p/one.py": "from p import x", "p/__init__.py": ""},
            "p.one imports p, which is not before it",
            id="its-own-package",
        ),
        pytest.param(
            {"a.py": "from mkdocs.plugins import x"}, "a imports mkdocs.plugins, which only events, host may", id="host"
        ),
    ],
)
def test_an_import_out_of_order_is_told(tmp_path: Path, files: Mapping[str, str], told: str) -> None:
    _write(tmp_path, files)
    assert wrong_imports(tmp_path, [_name(Path(file)) for file in files]) == [told]


def test_a_module_without_a_place_is_told(tmp_path: Path) -> None:
    _write(tmp_path, {"new.py": ""})
    assert wrong_imports(tmp_path, []) == ["new has no place in the order"]


def test_a_place_without_a_module_is_told(tmp_path: Path) -> None:
    assert wrong_imports(tmp_path, ["gone"]) == ["gone is in the order and no module"]


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
