"""A small vault with all that a note may hold, for tests that look at whole pages."""

import json
from typing import Final

_PIXEL: Final = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"

_CODE: Final = '''# Of each colour, a word
@decorated
class Marked(Exception):
    """Words."""

    def method(self, number: int = 12345) -> None:
        return print("text\\n", None, True) if number and __debug__ else self.method(number)
'''

EVERYTHING: Final = f"""---
tags: [first, second/part]
aliases: [All of it]
---
# Everything

A [link](https://elsewhere.example), a [[wish]], a [[Other#A part|part of another]], `code`, ==a highlight==,
~~struck~~, %%hidden%%, #inline/tag, https://bare.example and a footnote.[^one] #I_DONT_LIKE_THIS_REWRITE (it is long)

[^one]: At the end, with `code`.

## Wide things

```python
{"wide = " * 40}
```

```python
{_CODE}```

```python hl_lines="1-7"
{_CODE}```

| {" | ".join("heading" for _ in range(20))} |
| {" | ".join(":-:" for _ in range(20))} |
| {"wide" * 40} {"| 2 " * 19}|

| | of columns |
|-|-|
| of rows | cells |

{"long" * 60} and `{"code" * 60}`

$$\\sum_{{i=1}}^{{n}} x_i = {" + ".join(f"x_{{{at}}}" for at in range(60))}$$

Within a line: $e^{{i\\pi}} + 1 = 0$, $\\href{{https://example.org/}}{{a^2}}$ and ${"y" * 80}$.

## Lists and quotes

- [ ] to do
- [x] done
  1. one

     with a paragraph
  2. two

> A quote with a list
>
> - of one item

Term
: no definition list here

---

> [!warning]- Folded
> Text with $x$

> [!tip] Open *title*
> > [!note]
> > Within

## Pictures

![a picture|30]({_PIXEL}) ![[sound.mp3]] ![[film.mp4|320x200]] ![[paper.pdf]] ![far](https://elsewhere.example/x.png)

```mermaid
sequenceDiagram
  one->>two: asks
```

```mermaid
flowchart LR
  n1["one"] -- "then" --> n2["two"]
  style n1 fill:#fcc
```

```
+-----+     +-----+
| one |---->| two |
+-----+     +-----+
```

```mermaid
flowchart LR
  n1["one" --> n2
```

### Headings

#### Fourth

##### Fifth

###### Sixth

### Headings

#### Fourth

##### A link to [[Other]] and [`code`](Other.md) and ==a mark with [[Other]] and a [[wish]]==

## ![a picture]({_PIXEL})

##

### Below none

Words with [`code`](Other.md), ==[[Other]], [`code`](Other.md), a [[wish]], #first and https://bare.example==.

> Quoted [`code`](Other.md) and ==[[Other]]==

## Parts of others

![[Other]]

![[Other#A part]]

![[wish]]

![[Drawing.excalidraw|200]]

![[Board.canvas]]

```base
filters: file.ext == "md"
views:
  - type: table
    order: [file.name, up, tags, file.links, file.size, file.tags, done]
    groupBy: done
    summaries:
      file.name: Filled
  - type: cards
    name: As cards
    image: file.embeds[0]
    order: [file.name, up, done]
  - type: list
    name: As a list
    indentProperties: true
    order: [file.name, up, done]
```

![[All.base]]

## An empty section

## اللغة العربية

هذه فقرة باللغة العربية، فيها كلمة `code` ورابط إلى [[Other]].

- בעברית: רשימה
- mixed: שלום
"""

DRAWING: Final = """---
excalidraw-plugin: parsed
---
# Excalidraw Data
## Text Elements
Client ^aaaaaaaa

## Drawing
```json
{"elements": [
  {"type": "rectangle", "width": 120, "height": 50, "backgroundColor": "#a5d8ff", "fillStyle": "solid"},
  {"type": "text", "x": 20, "y": 12, "width": 80, "height": 25, "text": "Client", "textAlign": "center"}
]}
```
"""

OTHER: Final = """# Other

It leads back to [[Everything]], and to [[Everything#Pictures]]. #first

## A part

Its words. ^block
"""

_CARDS: Final = (
    {"type": "group", "label": "A group", "x": -20, "y": -20, "width": 700, "height": 340, "color": "4"},
    {"id": "a", "type": "text", "text": f"# Words\n\n{'wide' * 40} [[Other]] #first [[wish]] `code`\n\n> [!tip] x"},
    {"id": "b", "type": "file", "file": "Other.md", "x": 400, "width": 260, "color": "1"},
    {"id": "c", "type": "file", "file": "paper.pdf", "y": 120, "width": 300, "height": 180},
    {"id": "d", "type": "link", "url": "https://elsewhere.example/card", "x": 400, "y": 120, "color": "#123456"},
    {"id": "e", "type": "text", "text": "```mermaid\nflowchart LR\n  a --> b\n```", "x": 3000, "y": 2000},
    {"id": "f", "type": "text", "text": "", "x": 800},
)
_EDGES: Final = (
    {"fromNode": "a", "toNode": "b", "label": "leads to", "color": "3"},
    {"fromNode": "b", "fromSide": "right", "toNode": "e", "toSide": "left", "fromEnd": "arrow"},
)
BOARD: Final = json.dumps({"nodes": _CARDS, "edges": _EDGES})

ALL: Final = """
views:
  - name: All
    order: [file.name, file.ext]
  - type: kanban
    name: Board
    groupBy: file.ext
"""

VAULT: Final = {
    "Everything.md": EVERYTHING,
    "Other.md": OTHER,
    "Drawing.excalidraw.md": DRAWING,
    "Board.canvas": BOARD,
    "All.base": ALL,
    "Folder/index.md": "# Folder\n\nWords.\n",
    "Folder/Inner/index.md": "# Inner\n\nWords.\n",
    "Folder/Inner/Note.md": "Words.\n",
    "sound.mp3": "",
    "film.mp4": "",
    "paper.pdf": "",
}
