"""What one hostile note costs a whole build, measured for each kind of them.

`python -m tests.bench_holding_up [NAME ...]` builds a small folder of ordinary notes with one hostile note beside
them, each time in a process of its own, and prints CPU seconds and peak memory. A family is measured at three sizes,
each twice the one before: `2x` and `4x` say how often the time of the first size the others take, `growth` how often
the time between the first two goes into that between the last two (2 is linear, 4 quadratic; noise if times are alike;
nothing, where one of the notes is shown as written: `w`).

Of the other rows, what the folder costs without the hostile note is taken away. Where hundreds of notes are hostile
together, that is the folder with as many harmless ones: the theme takes about 10 ms for a page whatever it says.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from tests.hostile_vault import ACCENTS
from tests.sites import MKDOCS, PUBLISHED, copy_project

FIRST: Final = 100_000
"""Bytes of a family's first size."""
LONGEST: Final = 5.0
"""CPU seconds that a hostile note may cost a build, if its row says nothing else."""
MOST: Final = 512
"""MiB."""
OTHERS: Final = {"One.md": "# One\n\nSee [[Two]].\n", "a/Two.md": "# Two\n\n- [[One]]\n"}
CONFIG: Final = "INHERIT: mkdocs.yml\ndocs_dir: docs\nsite_dir: site\n"

Vault = Mapping[str, str]


def flood(text: str) -> Callable[[int], Vault]:
    """Make a family: the same text again and again."""
    return lambda size: {"Hostile.md": text * (size // len(text.encode()))}


def numbered(text: str) -> Callable[[int], Vault]:
    """Make a family: texts that differ by a number, `№`."""

    def vault(size: int) -> Vault:
        return {"Hostile.md": "".join(text.replace("№", str(at)) for at in range(size // (len(text.encode()) + 4)))}

    return vault


def within(before: str, text: str, after: str = "\n") -> Callable[[int], Vault]:
    """Make a family: one construct with the same text in it again and again."""
    return lambda size: {"Hostile.md": before + text * (size // len(text.encode())) + after}


def nested(opening: str, closing: str = "") -> Callable[[int], Vault]:
    """Make a family: one inside of the other."""

    def vault(size: int) -> Vault:
        depth = size // len((opening + closing).encode())
        return {"Hostile.md": f"{opening * depth}end{closing * depth}\n"}

    return vault


def staircase(line: str) -> Callable[[int], Vault]:
    """Make a family: each line further in than the one before; the depth grows with the square root of the size."""

    def vault(size: int) -> Vault:
        depth = int(size**0.5)
        return {"Hostile.md": "".join(f"{'  ' * at}{line}\n" for at in range(depth))}

    return vault


# One text a word: `␣` is a blank, `⏎` the end of a line, `⇥` a tab, the others as Unicode draws them.
SIGNS: Final = str.maketrans("␣⏎⇥␀␌␍", " \n\t\x00\x0c\r")
FLOODS: Final = r"""
[ ] ![ [[ [[a [[a]] ![[ ![[a]] ![[One]]⏎⏎ [[a| [[a#b]]␣ [a](b)␣ ![[One# [[# [[^a]] [[| [[One]]␣ [[Nope]]␣ [[]] [[␣ ]]␣
` ```␣ `a ```⏎ ~~~⏎⏎ %% %%a %%⏎ %%[[a]]%% `[[a]]`␣ $ $a␣ $$ $$a⏎ $x$␣ $& $1- == ==a==␣ ==a␣ ~~a * ** _ *a**b ***a a* _a
**a␣**⏎⏎ #a␣ # #␣a⏎ #a/ a# | |a|⏎|-|⏎ |a a|b⏎-|-⏎ ^ ^a⏎⏎ a␣^b⏎⏎ [^a] [^a]:␣b⏎ >␣[!note]⏎ >␣[!a]-␣b⏎⏎ > >␣a⏎ -␣ -␣a⏎
1.␣a⏎ -␣[␣]␣a⏎ *␣a⏎⏎ ␣␣␣␣a⏎ ⇥ ⏎ a⏎⏎ a⏎ a \ \[ & &amp; &#1; < <a <a␣ <a> </a> <div>⏎ <div>⏎⏎ <!-- <!--␣a␣-->⏎⏎ <? <br>
-␣<?⏎ -␣<!D⏎ -␣<![CDATA[⏎ <div␣a="</div>"> <div><!--</div>-->
<![CDATA[ <a␣href= <b␣a=' <http://a> http://a␣ http:// www.a.b␣ a@b.c␣ a@ ---⏎ ===⏎ a⏎=⏎ é 😀 ␀ ␌ ␍ a␍ ![a](b)␣
![a](One.md)␣ [a]:␣b⏎ [a] [a][ ( ]( [a]( [](< [a](<b>)␣ " ' {{ {% :: ##[ [x](javascript:a)␣ <javascript:a>␣ 0 1.
#I_DONT_LIKE_THIS_REWRITE␣ a␣#I_DONT_LIKE_THIS_REWRITE␣(b)⏎⏎ #I_DONT_LIKE_THIS_REWRITE␣(
"""
NUMBERED: Final = """
#␣a№⏎⏎ #␣a⏎⏎b№⏎⏎ [[a№]]␣ [[a№|b]]⏎⏎ ![[a№]]⏎⏎ #t№␣ a␣^b№⏎⏎ [a№]:␣b⏎ [^a№] [^a№]:␣b⏎⏎ [^a№]␣⏎⏎[^a№]:␣b⏎⏎
[a№]␣[a№]:␣c⏎⏎ №.␣a⏎ <a␣id=a№></a> <div␣id=a№>⏎⏎ #I_DONT_LIKE_THIS_REWRITE␣(a№)⏎⏎
#␣a␣#I_DONT_LIKE_THIS_REWRITE␣(№)⏎⏎ [a](b№.md)␣ ![a](b№.png)␣ [[#a№]]␣ #␣a№⏎[[#a№]]⏎ #␣a№⏎[[#b№]]⏎ #␣a№⏎![[#a№]]⏎
#␣a⏎##␣b№⏎[[#a#b№]]⏎ a␣^b№⏎⏎[[#^c№]]⏎⏎ [[One#a№]]␣ ![[One#a№]]⏎⏎
[[a№.png]]␣ |a№ [a](#a№)␣ [[Hostile#^b№]]␣ ```a№⏎b⏎```⏎ $a№$␣ &#№; ```````№ #␣a№␣#b№⏎ -␣a№␣[[b]]⏎ >␣a№⏎⏎
http://a№.b␣ [a](javascript:№)␣ <x:№>␣ ```⏎+--+⏎|a№|⏎+--+⏎```⏎⏎ #␣h⏎⏎```⏎A␣-->␣B№⏎```⏎⏎
```⏎+----+␣␣␣+---+⏎|␣a№␣|-->|␣b␣|⏎+----+␣␣␣+---+⏎```⏎⏎
"""
NOISE: Final = """\
<-->│<--#→┐|↓<a╔=┤v==>:|a|┼|a|)▶-┼╔┐-┘┬-->┴o↓#┘/a_==>
+--+┐┘└:ab[|a|=║>║_)┴#ab_-->├|a|└┴:<--┌-->>└├┘*|^\\→|▶^
"""
"""Characters that may draw, of which nothing comes."""
NESTED: Final = """
> >␣ -␣ 1.␣ >␣-␣ **a␣…␣a** *a␣…␣a* *a␣_b␣…_* […] […](a) ![…](a) [[…]] ![[…]] (…) ~~a␣…~~ ==a␣…== <b>…</b> <a>
$a{…}$ %%…%% {…} [a](…) >␣[!note]⏎>␣ [^a] ``␣…␣`` <div>⏎⏎…⏎⏎</div> <div>…</div>⏎ <details>⏎⏎
"""
STAIRCASES: Final = "-␣a 1.␣a >␣a -␣[␣]␣a -␣[[a]]␣#b␣^c ``` <b>"


def spelled(words: str) -> dict[str, str]:
    """Take the texts out of a list of words; the words are their names."""
    return {word: word.translate(SIGNS) for word in words.split()}


def _either(number: int, signs: str) -> str:
    """A name that is another one for each number below 2^17, by which of two signs stands where."""
    return "x" + "x".join(f"{number:017b}").translate(str.maketrans("01", signs)) + "x"


FAMILIES: Final[Mapping[str, Callable[[int], Vault]]] = {
    **{f"flood of {name}": flood(text) for name, text in spelled(FLOODS).items()},
    **{f"numbered {name}": numbered(text) for name, text in spelled(NUMBERED).items()},
    **{f"nested {name}": nested(*text.split("…")) for name, text in spelled(NESTED).items()},
    **{f"staircase of {name}": staircase(text) for name, text in spelled(STAIRCASES).items()},
    "callouts in callouts": lambda size: {
        "Hostile.md": "".join(f"{'>' * at} [!note]- a\n" for at in range(int((2 * size) ** 0.5)))
    },
    "maths, nested": lambda size: {"Hostile.md": "$" + "{" * (size // 2) + "}" * (size // 2) + "$\n"},
    "maths, fractions": lambda size: {
        "Hostile.md": "$$" + "\\frac{1}{" * (size // 10) + "2" + "}" * (size // 10) + "$$\n"
    },
    "maths, one long formula": lambda size: {"Hostile.md": "$" + "x+" * (size // 2) + "x$\n"},
    "maths, commands that say much": lambda size: {
        "Hostile.md": "$\\def\\b{" + "x" * 190 + "}\\def\\a{" + "\\b" * 60 + "}$\n" + "$\\a$ " * (size // 5) + "\n"
    },
    "maths, definitions": lambda size: {"Hostile.md": "$\\newcommand{\\a}[1]{#1}\\a{x}$ " * (size // 32) + "\n"},
    "maths, brackets without a partner": flood(f"${'(' * 40}$ "),
    "maths, blanks in a definition": flood(f"$\\DeclareMathOperator{' ' * 4_900}x$\n\n"),
    "maths, a long number": flood(f"$a\\\\[{'1' * 4_900}$\n\n"),
    "maths, long formulas": numbered(f"${'x+' * 2_400}№$\n\n"),
    "maths marks, then backslashes": within("$$", "\\"),
    "code fences that lengthen": lambda size: {
        "Hostile.md": "".join("`" * at + "a" for at in range(1, int((2 * size) ** 0.5)))
    },
    "code of one language": lambda size: {"Hostile.md": "```python\n" + "x = [1, 'a']\n" * (size // 13) + "```\n"},
    "bases": flood("```base\nviews: [{type: cards}]\n```\n\n"),
    "bases, views of one": within("```base\nviews:\n", "- {type: list, name: View}\n", "```\n"),
    "bases, filters of one": within("```base\nfilters:\n  or:\n", "  - price > 3 && !done\n", "```\n"),
    "bases, a long formula": within("```base\nformulas:\n  x: 1", " + 1", "\nviews: [{order: [formula.x]}]\n```\n"),
    "bases, a property of many values": within(
        "---\nlist: [", "value, ", "x]\n---\n```base\nviews: [{order: [list]}]\n```\n"
    ),
    "a passage that it embeds ten times": lambda size: {
        "Hostile.md": "# A\n\n" + "> a\n\n" * (size // 5) + "# B\n\n" + "![[#A]]\n\n" * 10
    },
    "ids of one block, in another note": lambda size: {"Hostile.md": "^b\n\n" * (size // 4), "A.md": "![[Hostile]]\n"},
    "headings and comments, in another note": lambda size: {
        "Hostile.md": f"# a %%{'b' * 50}%%\n" * (size // 59),
        "A.md": "![[Hostile]]\n",
    },
    "code of a slow language": lambda size: {"Hostile.md": "```js\n" + "/" * size + "\n```\n"},
    "code of one long line": lambda size: {"Hostile.md": "```makefile\n" + "a" * size + "\n```\n"},
    "code of words": lambda size: {"Hostile.md": "```csharp\n" + "a\n" * (size // 2) + "```\n"},
    "code of words, in blocks": flood("```java\n" + "a\n" * 190 + "```\n\n"),
    "code left open": flood("```d\n" + "/*\n" * 3_000 + "```\n\n"),
    "code of blank lines": lambda size: {"Hostile.md": "```c\n" + "\n\t" * (size // 2) + "a\n```\n"},
    "drawings of noise": numbered(f"```⏎a№⏎{NOISE * 20}```⏎⏎".translate(SIGNS)),
    "footnotes in footnotes": flood("x ^[a ^[b] c] "),
    "embeds in lists inside of each other": lambda size: {
        "Hostile.md": "- " * (size // 4) + "![[One]] " * (size // 18) + "\n"
    },
    "footnotes of one name": within("x [^a] ^id\n\n", "[^a]: b\n\n", "![[#^id]]\n"),
    "lines that it embeds itself beside links": within(
        "".join(f"Line {at}. ^id{at}\n\n![[#^id{at}]]\n\n" for at in range(400)), "[a](x:y) #tag "
    ),
    "footnotes of an embedded passage": lambda size: {
        "Hostile.md": "".join(f"[^{at}] " for at in range(size // 30))
        + "^id\n\n![[#^id]]\n\n"
        + "".join(f"[^{at}]: [[One]]\n\n" for at in range(size // 30))
    },
    "a drawing that is large": lambda size: {"Hostile.md": "```\n" + "+--+  |ab|-->\n" * (size // 14) + "```\n"},
    "a table of many columns": lambda size: {"Hostile.md": "|a" * (size // 4) + "|\n" + "|-" * (size // 4) + "|\n"},
    "a table of few cells in many rows": lambda size: {
        "Hostile.md": "|a" * 300 + "|\n" + "|-" * 300 + "|\n" + "|b\n" * (size // 3)
    },
    "a short head of a table, blanks in it": within("a|b", " ", "x\n--|--|--\n"),
    "dashes of a table, blanks behind them": within("a|b\n--|--", " ", ":\n"),
    "blanks beside many bars": within("|a\n" * 400, " ", "x\n"),
    "items on one line with a formula": within("", "-  ", "x$$\na\n$$\n"),
    "an embedded heading, blanks in it": within("![[#^id]]\n\n> # a", " ", "b\n>\n> words\n\n^id\n"),
    "one line of links": lambda size: {"Hostile.md": "[[One]] [[Nope]] #a `b` " * (size // 24)},
    "one line of text": lambda size: {"Hostile.md": "word " * (size // 5)},
    "words": lambda size: {"Hostile.md": "Some words in a sentence, and a few more.\n\n" * (size // 43)},
    "bold, blanks in it": within("# A\n\n**a", " ", "b **\n"),
    "a heading of open highlights": within("# ", "==a "),
    "an anchor that is missing beside many": within("[x](#nope)", "id=", ""),
    "a diagram of open directives": within("```mermaid\n", "%%{\n", "```\n"),
    "diagrams of blanks": numbered(f"```mermaid⏎flowchart LR⏎a№{' ' * 9_000}b⏎```⏎⏎".translate(SIGNS)),
    "diagrams of commas": numbered(f"```mermaid⏎flowchart LR⏎classDef a№ {'b:c,' * 2_000}⏎```⏎⏎".translate(SIGNS)),
    "a fence of a long word": within("```python ", "a", "\nb\n```\n"),
    "a fence of far words": within("```python a", " ", "b\nc\n```\n"),
    "a tag of many levels": within("x #", "a/", "a\n"),
    "a tag of accents": within("x #a", ACCENTS),
    "a heading of accents": within("# a", ACCENTS, f"\n\n[[#a{ACCENTS}]]\n"),
    "a link of accents": within("[x](<a", ACCENTS, ".md>)\n"),
    "front matter, a tag of many levels": within("---\ntags: ", "a/", "a\n---\na\n"),
    "front matter, tags of many levels": within("---\ntags:", f" {'a/' * 90}a", "\n---\na\n"),
    "front matter, one tag in any case": lambda size: {
        "Hostile.md": f"---\ntags: [{', '.join(_either(at, 'aA') for at in range(size // 20))}]\n---\na\n"
    },
    "front matter, tags of one slug": lambda size: {
        "Hostile.md": f"---\ntags: [{', '.join(_either(at, '-/') for at in range(size // 20))}]\n---\na\n"
    },
    "front matter, many keys": lambda size: {
        "Hostile.md": "---\n" + "".join(f"k{at}: v\n" for at in range(size // 9)) + "---\na\n"
    },
    "front matter, deep": lambda size: {
        "Hostile.md": "---\na: " + "[" * (size // 2) + "]" * (size // 2) + "\n---\na\n"
    },
    "front matter, deep blocks": lambda size: {
        "Hostile.md": "---\n" + "".join(f"{' ' * at}a:\n" for at in range(int((2 * size) ** 0.5))) + "---\na\n"
    },
    "front matter, one long text": lambda size: {"Hostile.md": "---\ntitle: " + "a" * size + "\n---\na\n"},
    "front matter, many aliases": lambda size: {
        "Hostile.md": "---\naliases: [" + ", ".join(f"a{at}" for at in range(size // 8)) + "]\n---\na\n"
    },
    "front matter, many tags": lambda size: {
        "Hostile.md": "---\ntags: [" + ", ".join(f"a{at}" for at in range(size // 8)) + "]\n---\na\n"
    },
    "front matter, anchors": lambda size: {
        "Hostile.md": "---\n" + "".join(f"k{at}: &a{at} v\n" for at in range(size // 14)) + "---\na\n"
    },
    "front matter, merges": lambda size: {"Hostile.md": "---\n" + "<<: {a: b}\n" * (size // 11) + "---\na\n"},
    "front matter, never closed": lambda size: {"Hostile.md": "---\n" + "a: b\n" * (size // 5)},
}


def doubled(depth: int) -> Vault:
    """Each note embeds the next one twice."""
    return {f"N{at}.md": f"![[N{at + 1}]]\n\n![[N{at + 1}]]\n" for at in range(depth)} | {f"N{depth}.md": "The end.\n"}


def chained(depth: int, link: str = "![[N{}]]") -> Vault:
    """Each note leads to the next one."""
    notes = {f"N{at}.md": f"Text {at}.\n\n{link.format(at + 1)}\n" for at in range(depth)}
    return notes | {f"N{depth}.md": "The end.\n"}


def scribble(points: int) -> str:
    """One freehand line."""
    line = {"type": "freedraw", "points": [[at % 997, at % 991] for at in range(points)]}
    return f"# Drawing\n```json\n{json.dumps({'elements': [line]})}\n```\n"


def laughs() -> Vault:
    """Nine lists of nine times the list before."""
    lines = [f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 9)}]" for at in range(1, 10)]
    return {"Hostile.md": "---\na0: &a0 [x]\n" + "\n".join(lines) + "\n---\nText.\n"}


AS_WRITTEN: Final = "the note is shown as written"
"""What the log says of a note beyond the limits, whose cost tells nothing of the sizes below."""
FLAG: Final = "#I_DONT_LIKE_THIS_REWRITE"
PARAGRAPH: Final = "Some **words** with a [[One|link]], `code`, #tags and a [[Wanted note]] in a sentence.\n\n"

PROSE: Final = (
    "Some words in a sentence, and a few more to make it one that somebody may have written. " * 5 + PARAGRAPH
)


_MAPPED: Final = "[1, 2, 3, 4, 5, 6, 7, 8].map(" * 8 + "value" + ")" * 8


class Row(NamedTuple):
    """One line of the table that is no family."""

    vault: Callable[[], Vault]
    longest: float
    """CPU seconds that it may take more than the same folder with `harmless` notes in their place."""
    harmless: Callable[[], Vault] = dict


ROWS: Final[Mapping[str, Row]] = {
    "a note of 5 MB, prose": Row(lambda: {"Hostile.md": f"## Part\n\n{PROSE * 6}" * (5_000_000 // 2_900)}, 10),
    "a note of 5 MB, full of links": Row(
        lambda: {"Hostile.md": f"## Part\n\n{PARAGRAPH * 20}" * (5_000_000 // 1800)}, 10
    ),
    "10,000 flags": Row(lambda: {"Hostile.md": "".join(f"Text {at}. {FLAG} (why)\n\n" for at in range(10_000))}, 5),
    "a line of 2 MB": Row(lambda: {"Hostile.md": "word [[One]] " * 160_000}, 5),
    "a line of 2 MB of tags": Row(lambda: {"Hostile.md": "#a " * 700_000}, 5),
    "a line of 2 MB without blanks": Row(lambda: {"Hostile.md": "a" * 2_000_000}, 5),
    "a diagram that fills the memory": Row(
        lambda: {"Hostile.md": "```mermaid\nblock-beta\n space:4000000000\n```\n"}, 5
    ),
    "a drawing of Excalidraw of 3 MB": Row(lambda: {"Hostile.excalidraw.md": scribble(280_000)}, 5),
    "a base that asks for far too much": Row(
        lambda: {"Hostile.base": f"views: [{{order: [formula.x]}}]\nformulas:\n  x: '{_MAPPED}'\n"}, 5
    ),
    "400 embeds deep": Row(lambda: chained(400), 3, lambda: chained(400, "[[N{}]]")),
    "code that is never read": Row(lambda: {"Hostile.md": "```mcschema\n" + "<!--\n" * 200 + "```\n"}, LONGEST),
    "2^25 embeds by doubling": Row(lambda: doubled(25), 3),
    "expanding front matter": Row(laughs, 1),
    "20,000 aliases": Row(
        lambda: {"Hostile.md": "---\naliases:\n" + "".join(f"  - name {at}\n" for at in range(20_000)) + "---\n"}, 3
    ),
    "20,000 aliases of 200 notes": Row(
        lambda: {
            f"H{note}.md": "---\naliases:\n"
            + "".join(f"  - name {at}\n" for at in range(100))
            + f"---\n[[name {note}]]"
            for note in range(200)
        },
        3,
    ),
}


class Cost(NamedTuple):
    """What one build took."""

    seconds: float
    """CPU, of its children too."""
    mebibytes: float
    """The largest that a process of it was."""
    code: int
    log: str


def measure(vault: Vault) -> Cost:
    """Build a folder with these notes among ordinary ones."""
    with tempfile.TemporaryDirectory() as folder:
        place = copy_project(Path(folder), {})
        for path, text in {**OTHERS, **vault}.items():
            file = place / "docs" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode("utf-8", "surrogateescape"))
        (place / "other.yml").write_text(CONFIG, encoding="utf-8")
        with (place / "log").open("w+", encoding="utf-8") as log:
            child = subprocess.Popen(  # its resources are read below, which no helper of the module does
                [*MKDOCS, "build", "--config-file", "other.yml"], cwd=place, env=PUBLISHED, stdout=log, stderr=log
            )
            _, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            log.seek(0)
            text = log.read()
        lost = [path for path in ("one", "a/two") if not (place / "site" / path / "index.html").is_file()]
        text += f"\nLOST {lost}" if lost else ""
        return Cost(used.ru_utime + used.ru_stime, _peak(used), child.returncode, text)


def _peak(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def family(name: str, base: float) -> str:
    """Measure one family."""
    costs = [measure(FAMILIES[name](FIRST * factor)) for factor in (1, 2, 4)]
    first, second, third = (cost.seconds for cost in costs)
    growth = (third - second) / max(second - first, 0.05)
    faults = list(_faults(costs[-1], LONGEST))
    as_written = [AS_WRITTEN in cost.log for cost in costs]
    if third - base > 1 and growth > 2.6 and len(set(as_written)) == 1:
        faults.append("NOT LINEAR")
    times = " ".join(
        f"{cost.seconds:6.2f}{'w' if is_written else ' '}" for cost, is_written in zip(costs, as_written, strict=True)
    )
    return (
        f"{name:50} {times} s  2x {second / first:4.2f}  4x {third / first:4.2f}  growth {growth:5.2f}"
        f"  {costs[-1].mebibytes:5.0f} MiB  {' '.join(faults)}"
    )


def row(name: str) -> str:
    """Measure one other row of the table."""
    vault, longest, harmless = ROWS[name]
    base = measure(harmless()).seconds
    cost = measure(vault())
    told = sum("WARNING" in line for line in cost.log.splitlines())
    more = cost.seconds - base
    faults = " ".join(_faults(cost._replace(seconds=more), longest))
    used = f"{cost.seconds:6.2f} s, {more:6.2f} s more than without; {cost.mebibytes:5.0f} MiB"
    return f"{name:50} {used}; {told} warnings  {faults}"


def _faults(cost: Cost, longest: float) -> Iterator[str]:
    if cost.code:
        yield f"EXIT CODE {cost.code}"
    if "Traceback" in cost.log:
        yield "TRACEBACK"
    if "LOST" in cost.log:
        yield "LOST"
    if cost.seconds > longest:
        yield f"LONGER THAN {longest} s"
    if cost.mebibytes > MOST:
        yield f"MORE THAN {MOST} MiB"


def main(names: list[str]) -> None:
    """Measure and print."""
    measure({})
    base = min(measure({}).seconds for _ in range(2))
    print(f"{'ordinary notes alone':50} {base:6.2f} s")
    for name in [name for name in ROWS if not names or any(part in name for part in names)]:
        print(row(name), flush=True)
    for name in [name for name in FAMILIES if not names or any(part in name for part in names)]:
        print(family(name, base), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
