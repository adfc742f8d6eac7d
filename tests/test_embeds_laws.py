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

_NOTE = """\
# One

## Two *words* `code` and **bold**, ==m== ~~s~~ #tag

Three
===

Four
Five
---

Words %%gone%% around <b>x</b> and <https://a.example>.

Words ^id

***

- a
- b
  - c ^of

1. x

   y

- [x] done

> a
> b

> [!tip]- Title
> words

    code
      x

```py
code
```

| a | b |
|---|---|
| [[A\\|l]] | c |

<div>z</div>

$$
x^2
$$

x[^1] y

[^1]: A note.

^[in a sentence]

[[Note#One|l]] [x](Note.md) [x][1] and [1]

[1]: https://a.example

![p](a.png)
"""
"""A block of each kind, between blank lines."""


def _page(text: str, of: str = "Note.md", target: str = _TARGET) -> BeautifulSoup:
    files = {"Note.md": text.encode(), "A.md": target.encode()}
    page = notes.note_pages(notes.read_site(files, ["a.png"], notes.Settings()))[notes.NotePath(of)]
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
    page = _page("\n".join(lines) + "\n")
    (alone,) = _page(f"![[{what}]]\n").select(".embed")
    (embed,) = page.select(".embed")
    assert _content(embed) == _content(alone)
    assert page.text.count("AFTER") == below.count("AFTER")
    assert page.text.count("after") == behind.count("after")
    assert not [code for code in page.select("pre") if "after" in code.text]
    assert [element.name for element in embed.parents if element.name in ("blockquote", "li")] == [
        "blockquote" if mark.startswith(">") else "li" for mark, _ in reversed(containers)
    ]
    assert "embed" not in page.text


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(_NOTE.split("\n\n")), min_size=1))
def test_an_embed_shows_what_the_page_of_its_note_shows(blocks: list[str]) -> None:
    target = "\n\n".join(blocks)
    alone = _page("![[A]]\n\nx[^1] [y][1]\n\n[^1]: Of another.\n[1]: b.png\n", target=target)
    own = _page("", "A.md", target)
    embed = alone.select_one(".embed")
    assert embed
    embed.find_all("p", recursive=False)[-1].decompose()  # what leads to the note
    for added in (*own.select(".backlinks, .not-written, .footnote, br"), *alone.select(".not-written, br")):
        added.replace_with(" ")
    assert _tags(embed) == _tags(own)
    assert embed.text.split() == own.text.split()


def _tags(page: Tag) -> list[str]:
    return [element.name.rstrip("123456") for element in page.find_all()]
