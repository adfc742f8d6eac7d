"""A made-up vault of any size, the same for the same seed. In: how many notes. Out: their texts by path.

`python -m tests.generated_vault FOLDER COUNT` writes one.
"""

import random
import sys
from collections.abc import Sequence
from pathlib import Path

TEXT = (
    "a build makes an artifact and a pipeline carries it from one stage to the next until it is released or refused "
    "because a test fails while metrics logs and traces say what happened so that people can learn from it"
)
WORDS = tuple(TEXT.split())
TOPICS = ("Build", "Release", "Test", "Deploy", "Monitor", "Plan", "Model", "Data", "Cache", "Queue", "Übung", "日本")
_BAR = "\\|"
"""Parts target and label in a table."""

SECTIONS = ("Setup", "Use", "Why", "See also", "Open questions", "Details")


def vault(count: int, seed: int = 0) -> dict[str, str]:
    """Notes in folders up to three deep, as real vaults have them: many short ones, some long; links of every kind.

    In the mean some 2.5 KB, and 8 links to other notes.
    """
    chance = random.Random(seed)  # noqa: S311 - the same notes each time
    names = [f"{TOPICS[number % len(TOPICS)]} {number}" for number in range(count)]
    paths = [f"{_folder(number)}{name}.md" for number, name in enumerate(names)]
    return {path: _note(chance, names, number) for number, path in enumerate(paths)}


def _folder(number: int) -> str:
    parts = [f"part {number % 7}", f"chapter {number % 49}", f"section {number % 343}"]
    return "".join(f"{part}/" for part in parts[: number % 4])


def _note(chance: random.Random, names: Sequence[str], number: int) -> str:
    properties = f"---\ntags: [topic/{chance.choice(WORDS)}]\naliases: [Alias {number}]\n---\n"
    blocks = [_paragraph(chance, names)]
    for section in range(min(30, int(chance.expovariate(1 / 4)))):
        blocks.append(f"{'#' * chance.randint(2, 3)} {SECTIONS[section % len(SECTIONS)]}")
        blocks += (chance.choices(_BLOCKS, _OFTEN)[0](chance, names) for _ in range(chance.randint(1, 3)))
    return (properties if number % 2 else "") + "\n\n".join(blocks) + "\n"


def _paragraph(chance: random.Random, names: Sequence[str]) -> str:
    sentences = [_sentence(chance, names) for _ in range(chance.randint(1, 5))]
    return f"{' '.join(sentences)} **{chance.choice(WORDS)}** and `{_words(chance)}` #topic/{chance.choice(TOPICS)}."


def _list(chance: random.Random, names: Sequence[str]) -> str:
    return "\n".join(
        f"{chance.choice(('', '', '  '))}- {_sentence(chance, names)}" for _ in range(chance.randint(2, 7))
    )


def _code(chance: random.Random, names: Sequence[str]) -> str:
    return f"```python\n{_words(chance)} [[{chance.choice(names)}]]\n{_words(chance)}\n```"


def _table(chance: random.Random, names: Sequence[str]) -> str:
    rows = [f"| {_link(chance, names, bar=_BAR)} | {_words(chance)} |" for _ in range(chance.randint(1, 5))]
    return "\n".join(("| a | b |", "|---|---|", *rows))


def _quote(chance: random.Random, names: Sequence[str]) -> str:
    return f"> [!{chance.choice(('note', 'tip', 'warning'))}] {_words(chance)}\n> {_sentence(chance, names)}"


_BLOCKS = (_paragraph, _list, _code, _table, _quote)
_OFTEN = (6, 4, 1, 1, 1)


def _sentence(chance: random.Random, names: Sequence[str]) -> str:
    """One in four has a link."""
    link = f" {_link(chance, names)}" if chance.random() < 0.25 else ""
    return f"{_words(chance)}{link}."


def _words(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(6, 20))).capitalize()


def _link(chance: random.Random, names: Sequence[str], bar: str = "|") -> str:
    name = chance.choice(names)
    forms = (
        f"[[{name}]]",
        f"[[{name}{bar}its label]]",
        f"[[{name}#Use]]",
        f"[[{name.lower()}]]",
        f"[its label](<{name}.md>)",
        f"[[Not yet {name}]]",
    )
    return chance.choices(forms, weights=(10, 5, 2, 2, 2, 1))[0]


def write(folder: Path, count: int, seed: int = 0) -> Path:
    """Write a vault into a folder."""
    for path, text in vault(count, seed).items():
        note = folder / path
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(text, encoding="utf-8")
    return folder


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
