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
LINKS_A_NOTE = 8


def vault(count: int, seed: int = 0) -> dict[str, str]:
    """Notes in folders up to three deep, with headings, lists, code, tables, tags, and links of every kind."""
    chance = random.Random(seed)  # noqa: S311 - the same notes each time
    names = [f"{TOPICS[number % len(TOPICS)]} {number}" for number in range(count)]
    paths = [f"{_folder(number)}{name}.md" for number, name in enumerate(names)]
    return {path: _note(chance, names) for path in paths}


def _folder(number: int) -> str:
    parts = [f"part {number % 7}", f"chapter {number % 49}", f"section {number % 343}"]
    return "".join(f"{part}/" for part in parts[: number % 4])


def _note(chance: random.Random, names: Sequence[str]) -> str:
    blocks = [_paragraph(chance, names) for _ in range(LINKS_A_NOTE // 2)]
    first, second, *rest = blocks
    return "\n\n".join(
        (
            first,
            "## Setup",
            f"- {_sentence(chance)} {_link(chance, names)}\n- {_sentence(chance)}\n  - {_sentence(chance)}",
            second,
            "## Use",
            f"```python\n{_sentence(chance)} [[{chance.choice(names)}]]\n```",
            *rest,
            _table(chance, names) if chance.random() < 0.5 else f"> {_sentence(chance)} {_link(chance, names)}",
            "### More",
            f"{_sentence(chance)} #topic/{chance.choice(TOPICS)} {_link(chance, names)}\n",
        )
    )


def _paragraph(chance: random.Random, names: Sequence[str]) -> str:
    first = f"{_sentence(chance)} {_link(chance, names)}."
    return f"{first} {_sentence(chance)} **{chance.choice(WORDS)}** `{_sentence(chance)}`."


def _table(chance: random.Random, names: Sequence[str]) -> str:
    link = _link(chance, names, bar="\\|")
    return f"| a | b |\n|---|---|\n| {link} | {_sentence(chance)} |"


def _sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(6, 16))).capitalize()


def _link(chance: random.Random, names: Sequence[str], bar: str = "|") -> str:
    name = chance.choice(names)
    forms = (
        f"[[{name}]]",
        f"[[{name}{bar}its label]]",
        f"[[{name}#Use]]",
        f"[[{name.lower()}]]",
        f"[[Not yet {name}]]",
    )
    return chance.choices(forms, weights=(10, 5, 3, 2, 1))[0]


def write(folder: Path, count: int, seed: int = 0) -> Path:
    """Write a vault into a folder."""
    for path, text in vault(count, seed).items():
        note = folder / path
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(text, encoding="utf-8")
    return folder


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
