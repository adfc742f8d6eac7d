"""A folder of notes that tries everything: each text that a page, an address or a log could take for its own.

Out: files by path, and what must not be found on the site: elements of the name `x-hostile`, and a dialog.
"""

import json
import os
from collections.abc import Iterator
from typing import Final

LIVE: Final = "<x-hostile onmouseover=alert(1)>"
RUNS: Final = "<img src=x onerror=alert(1)>"
BREAKS_OUT: Final = "\"'><svg onload=alert(1)></script><script>alert(1)</script>"
COMMANDS: Final = "::error file=x::y ##[error]z"
TEMPLATE: Final = "{{ 7*7 }}{% raw %}"
ADDRESS: Final = "javascript:alert(1)"
TEXTS: Final = (LIVE, RUNS, BREAKS_OUT, COMMANDS, TEMPLATE, ADDRESS)
ACCENTS: Final = "\u0301\u0323\u0302"
"""Not in the order in which Unicode sorts them."""
FLAG: Final = "#I_DONT_LIKE_THIS_REWRITE"

NAMES: Final = (
    *(text.replace("/", "⁄") for text in TEXTS),
    *("x<", 'it\'s "quoted"', "a\nb ::error::c", "a\tb", "-rf", "trailing dot.", "trailing blank ", "CON", "nul"),
    "aux",
    *("e\u0301", "\u00e9", "\u202egnp.exe", "\u200b", "😀", "%2e%2e", "..%2f..%2fetc", "&lt;b&gt;", "#", "?"),
    "a#b?c=d&e",
    *("\udcff\udcfe", "\x7f", "\x1b[31mred", "\ufeff", "日" * 80, "index.html", "404", "search", "assets"),
    "sitemap.xml",
)
"""Of files; without `/`, NUL and more than 250 bytes, which no file system has."""

FRONT_MATTER: Final = (
    "title",
    "description",
    "author",
    "authors",
    "status",
    "subtitle",
    "template",
    "icon",
    "hide",
    "search",
    "date",
    "url",
    "canonical_url",
    "image",
    "robots",
    "class",
    "links",
    "comments",
    "revision_date",
    "categories",
    "render_macros",
)


def files() -> dict[bytes, bytes]:
    """The whole folder."""
    texts = dict(_named()) | dict(_fronted()) | {"bodies.md": _bodies(), "diagrams.md": _diagrams(), "code.md": _code()}
    texts |= {f"a{text.replace('/', '⁄')}.canvas": _board() for text in TEXTS}
    texts |= {f"a{text.replace('/', '⁄')}.base": _base(text) for text in TEXTS}
    texts |= {f"a{text.replace('/', '⁄')}.png": "" for text in TEXTS}
    return {os.fsencode(path): os.fsencode(text) for path, text in texts.items()}


def _base(text: str) -> str:
    """A base that shows the properties of all notes, and the text wherever it may say something of its own."""
    names = [*FRONT_MATTER, "aliases", "tags", "file.name", "file.links", "file.embeds", "file.tags", "formula.text"]
    views = [{"type": kind, "name": text, "order": names, "separator": text} for kind in ("table", "list", "cards")]
    calls = (f"{name}({json.dumps(text)})" for name in ("html", "link", "image"))
    return json.dumps(
        {
            "formulas": {"text": f"[{', '.join(calls)}]"},
            "properties": {"title": {"displayName": text}},
            "views": [{**view, "image": "formula.text", "groupBy": "status"} for view in views],
        }
    )


def _named() -> Iterator[tuple[str, str]]:
    for number, name in enumerate(NAMES):
        yield f"{name}.md", f"Note {number} {FLAG}\n\n[[{NAMES[number - 1]}]]\n"
        if number % 3 == 0:
            yield f"{name}/{number}.md", f"Note in a folder, {number}.\n"


def _fronted() -> Iterator[tuple[str, str]]:
    for number, text in enumerate(TEXTS):
        quoted = text.replace("'", "''")
        yield (
            f"front {number}.md",
            "".join(("---\n", *(f"{key}: '{quoted}'\n" for key in FRONT_MATTER), "---\nText.\n")),
        )
        listed = "".join(f"{key}: ['{quoted}', '{quoted}']\n" for key in ("aliases", "tags"))
        yield f"listed {number}.md", f"---\n{listed}---\nText.\n"
        mapped = "".join(f"{key}: {{'{quoted}': ['{quoted}', 1, null]}}\n" for key in FRONT_MATTER)
        yield f"mapped {number}.md", f"---\n{mapped}'{quoted}': x\n---\nText.\n"


def _bodies() -> str:
    return "\n\n".join(block for text in TEXTS for block in _body(text))


def _body(text: str) -> Iterator[str]:
    """Everywhere but where CommonMark takes it for the author's own HTML."""
    flat, shown = text.replace("|", ""), text.replace("<", "&lt;")
    title = shown.replace('"', "&quot;")
    yield f"## `{text}`"
    yield f"`{text}` #tag {FLAG} ({shown.replace('(', '').replace(')', '')})"
    yield f"[[{flat}]] [[bodies#{flat}]] ![[{flat}]] ![[{flat}.png]] ![[a{flat}.png|300]] ![[a{flat}.png|{flat}]]"
    yield f"[[bodies|{flat}]] [[{flat}|`{flat}`]] [[Missing|{flat}]]"
    yield f'[a](bodies.md "{title}") ![`{text}`](a.png "{title}") ![[bodies#{flat}]]'
    yield f"[a](<bodies.md#{shown}>) [a](<{shown}>) ![a](<{shown}>)"
    yield f"> [!{shown}] `{text}`\n> text"
    yield f"A note.[^{shown}]\n\n[^{shown}]: `{text}`"
    yield f"| `{flat}` |\n|---|\n| `{flat}` |"
    yield f"${text}$ $\\text{{{text}}}$ $\\href{{{ADDRESS}}}{{x}}$"
    yield f"==`{text}`== %%{text}%%"
    yield f"&lt;img src=x onerror=alert(1)&gt; \\<img src=x onerror=alert(1)> <{ADDRESS}> [x]({ADDRESS})"
    yield f"[x](JAVA&Tab;script:alert(1)) [x][{shown}] https://a.example/{shown} www.a.example/{shown}"


def _code() -> str:
    infos = (f"python {text}" for text in TEXTS)
    more = (f'python title="{text}"' for text in TEXTS)
    attributes = (
        '{ .python onclick="alert(1)" }',
        "{.x-hostile onmouseover=alert(1)}",
        "x-hostile",
        "mermaid onclick=alert(1)",
    )
    fences = (f"~~~ {info}\n{text}\n~~~" for info in (*infos, *more, *attributes) for text in TEXTS)
    return "\n\n".join(fences)


def _board() -> str:
    cards = [
        {"id": f"{kind}{text}", "type": kind, "subpath": text, "color": text, "x": text}
        | {field: f"`{text}`" if kind == "text" else text}  # HTML in the text of a card is live, as in a note
        for text in TEXTS
        for kind, field in (("text", "text"), ("file", "file"), ("link", "url"), ("group", "label"))
    ]
    edges = [{"fromNode": f"text{text}", "toNode": f"link{text}", "label": text, "color": text} for text in TEXTS]
    return json.dumps({"nodes": cards, "edges": edges})


def _diagrams() -> str:
    blocks = []
    for text in TEXTS:
        bar = "+" + "-" * (len(text) + 2) + "+"
        blocks.append(
            f"## `{text}`\n\n```\n{bar}\n| {text} |\n{bar}\n  |\n  | {text}\n  v\n{bar}\n| {text} |\n{bar}\n```"
        )
        label = text.replace('"', "#quot;")
        blocks.append(f'```mermaid\nflowchart LR\n  A["{label}"] -->|"{label}"| B["`{label}`"]\n```')
        blocks.append(f"```mermaid\nsequenceDiagram\n  A->>B: {text}\n```")
    loose = '%%{init: {"securityLevel": "loose", "themeCSS": "} </style><script>alert(1)</script>"}}%%'
    click = f'click A "{ADDRESS}"\n  click B call alert()\n  click B href "{ADDRESS}" "{RUNS}"'
    blocks.append(
        f'```mermaid\n{loose}\nflowchart LR\n  A["{RUNS}"] --> B\n  {click}\n  style A fill:url({ADDRESS})\n```'
    )
    blocks.append(
        f"```mermaid\n---\ntitle: {RUNS}\nconfig:\n  securityLevel: loose\n---\nflowchart LR\n  A --> B\n  {click}\n```"
    )
    return "\n\n".join(blocks)
