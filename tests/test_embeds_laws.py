"""What holds for embeds wherever they stand: the same words as on their own page, in the same container, no more."""

from bs4 import BeautifulSoup, Tag
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.commonmark_html import markdown

import notes

_TARGET = """\
## Part

- one ^item
\t- two ^inner
\t\t- three

  more ^para

> - a
>   b ^quoted
>
> ## Deep
> words

```
code
  kept
```
^code
"""
FLAG = " #I_DONT_LIKE_THIS_REWRITE (why)"
_WHAT = ("A", "A#Part", "A#^item", "A#^inner", "A#^para", "A#^quoted", "A#Deep", "A#^code")

# What a container's first line starts with, and its others.
_TASK = ("- [ ] ", "  ")
_CONTAINERS = st.builds(
    lambda *parts: [mark for part in parts for mark in part],
    st.sampled_from(([], [], [("  - ", "    ")])),
    st.lists(st.sampled_from((("> ", "> "), (">", ">"), ("- ", "  "), ("1. ", "   "), ("-\t", "\t"))), max_size=3),
    st.sampled_from(([], [], [_TASK])),
)
_AROUND = st.sampled_from(("", "before ", "**", "*"))
_BEHIND = st.sampled_from(
    ("", " after", "     after", "# after", "1. after", "~~~", "- after", "> after", " #tag", FLAG)
)
_BELOW = st.sampled_from(("", "AFTER", "# AFTER", "- AFTER", "> AFTER", "```\nAFTER\n```", "\n\nAFTER", "***\nAFTER"))


def _shown(text: str) -> BeautifulSoup:
    files = {"Note.md": text.encode(), "A.md": _TARGET.encode()}
    page = notes.note_pages(notes.read_site(files, [], notes.Settings()))[notes.NotePath("Note.md")]
    return BeautifulSoup(markdown().convert(page.markdown), "html.parser")


def _content(embed: Tag) -> list[str]:
    """Elements and words in order, without ids; a heading fits its place, so that its level is another."""
    parts = [
        ("h" if part.name[0] == "h" else part.name) if isinstance(part, Tag) else str(part).strip()
        for part in embed.descendants
    ]
    return [part for part in parts if part]


@settings(max_examples=300, deadline=None)
@given(_CONTAINERS, _AROUND, st.sampled_from(_WHAT), st.tuples(_BEHIND, _BELOW), st.sampled_from(("inside", "outside")))
@example([], "", "A#Part", ("", "# AFTER"), "outside")
@example([("- ", "  "), ("-\t", "\t")], "", "A", ("", "AFTER"), "inside")
def test_an_embed_shows_the_same_in_every_container(
    containers: list[tuple[str, str]], around: str, what: str, rest: tuple[str, str], where: str
) -> None:
    behind, below = rest
    first, others = ("".join(part) for part in zip(*containers, strict=True)) if containers else ("", "")
    lines = [f"{first}{around}![[{what}]]{around if '*' in around else ''}{behind}"]
    lines += [(others if where == "inside" else "") + line for line in below.split("\n")]
    page = _shown("\n".join(lines) + "\n")
    (alone,) = _shown(f"![[{what}]]\n").select(".embed")
    (embed,) = page.select(".embed")
    assert _content(embed) == _content(alone)
    assert page.text.count("AFTER") == below.count("AFTER")
    assert page.text.count("after") == behind.count("after")
    assert not [code for code in page.select("pre") if "after" in code.text]
    assert [element.name for element in embed.parents if element.name in ("blockquote", "li")] == [
        "blockquote" if mark.startswith(">") else "li" for mark, _ in reversed(containers)
    ]
    assert "embed" not in page.text
