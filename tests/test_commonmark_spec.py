"""All examples of CommonMark 0.31.2, by the Python-Markdown that `mkdocs.yml` configures.

The examples come from the source package of markdown-it-py, which carries them; they are fetched once and kept
in pytest's cache. Without a network these tests are skipped, but not where CI is set.
"""

import json
import os
import re
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import pytest
from markdown import Markdown
from tests.commonmark_html import Node, markdown, tree

_EXAMPLES = 652
_MEMBER = re.compile(r".*/test_cmark_spec/commonmark\.json")

_DOWNLOAD = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", "markdown-it-py")

_HIGHLIGHTED = re.compile(r'<div class="[^"]*highlight"><pre>(.*?)</pre></div>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_LANGUAGE = re.compile(r' class="language-[^"]*"')
_ID = re.compile(r'(?<=<h.)(?= id=) id="[^"]*"|(?<=<h) id="[^"]*"')
_LEVEL = re.compile(r"(?<=</h)[1-6](?=>)|(?<=<h)[1-6](?=[ >])")
_NOT_WRITTEN = re.compile(r'<p class="not-written".*?</p>')

_WHOLLY_BOLD = {379, 391}
"""`** foo bar**` is all of its paragraph: the author meant bold."""
_BARE_ADDRESSES = {602, 606, 608, 611, 612}
"""GFM links them."""
_LEFT_OPEN = {173}
"""A style sheet without an end, which would take the rest of the page."""


class Example(NamedTuple):
    """One example of the specification."""

    number: int
    markdown: str
    html: str


@pytest.fixture(scope="module")
def plain() -> Markdown:
    return markdown(line_breaks=False, obsidian=False)


@pytest.fixture(scope="module")
def obsidian() -> Markdown:
    return markdown(line_breaks=False)


@pytest.fixture(scope="module")
def examples(request: pytest.FixtureRequest) -> dict[int, Example]:
    cache = request.config.cache
    assert cache is not None
    kept = cache.mkdir("commonmark") / "examples.json"
    if not kept.exists():
        kept.write_text(json.dumps(_fetched(kept.parent)))
    return {example[0]: Example(*example) for example in json.loads(kept.read_text())}


def _fetched(folder: Path) -> list[Example]:
    package = f"markdown-it-py=={version('markdown-it-py')}"
    ran = subprocess.run((*_DOWNLOAD, package, "--dest", str(folder)), capture_output=True, text=True, check=False)
    if ran.returncode:
        why = f"the examples of CommonMark cannot be fetched: {ran.stderr.strip()[-300:]}"
        pytest.fail(why) if os.environ.get("CI") else pytest.skip(why)
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as package_files:
        (member,) = (name for name in package_files.getnames() if _MEMBER.fullmatch(name))
        content = package_files.extractfile(member)
        assert content is not None
        found = json.load(content)
    return [Example(example["example"], example["markdown"], example["html"]) for example in found]


def test_all_examples_are_there(examples: dict[int, Example]) -> None:
    assert len(examples) == _EXAMPLES


@pytest.mark.parametrize("number", range(1, _EXAMPLES + 1))
def test_as_the_specification_has_it(number: int, examples: dict[int, Example], plain: Markdown) -> None:
    example = examples[number]
    assert _without_colours(plain.reset().convert(example.markdown)) == _without_colours(example.html)


@pytest.mark.parametrize("number", range(1, _EXAMPLES + 1))
def test_obsidian_differs_only_where_it_means_to(number: int, examples: dict[int, Example], obsidian: Markdown) -> None:
    example = examples[number]
    shown = _without_levels(obsidian.reset().convert(example.markdown))
    assert (shown == _without_levels(example.html)) is (number not in _WHOLLY_BOLD | _BARE_ADDRESSES | _LEFT_OPEN)


def _without_colours(html: str) -> Sequence[Node]:
    """Leave aside what a specification cannot have: colours of code, and ids of headings."""
    html = _HIGHLIGHTED.sub(lambda match: f"<pre><code>{_TAG.sub('', match[1])}</code></pre>", html)
    return tree(_ID.sub("", _LANGUAGE.sub("", html)))


def _without_levels(html: str) -> Sequence[Node]:
    """Leave aside what each page gets: levels without gaps, and words for empty sections."""
    return _without_colours(_LEVEL.sub("", _NOT_WRITTEN.sub("", html)))
