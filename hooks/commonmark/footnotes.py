"""In: mentions and definitions of footnotes. Out: their numbers, and the list of notes as Material styles it."""

from operator import itemgetter
from xml.etree.ElementTree import Element, SubElement

from .elements import append_text


class Footnotes:
    """Numbers a page's footnotes by their first mention; one that is never mentioned comes last."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._mentions: dict[int, int] = {}
        self._definitions: dict[str, Element] = {}

    def mention(self, label: str) -> Element:
        """Make the raised number that leads to the note."""
        number = self._number(label)
        count = self._mentions.get(number, 0) + 1
        self._mentions[number] = count
        sup = Element("sup", {"id": _mention_id(number, count)})
        link = SubElement(sup, "a", {"class": "footnote-ref", "href": f"#fn:{number}"})
        link.text = str(number)
        return sup

    def define(self, label: str) -> Element:
        """Make the item of a definition; of two with one label, the first is mentioned, and the other comes last."""
        key = label.casefold()
        if key in self._definitions:
            key += f"\n{len(self._definitions)}"  # no mention has a line end in it
        self._definitions[key] = item = Element("li")
        return item

    def foot(self) -> Element | None:
        """Make the list of all notes, each with its ways back."""
        if not self._definitions:
            return None
        numbered = sorted(((self._number(label), item) for label, item in self._definitions.items()), key=itemgetter(0))
        foot = Element("div", {"class": "footnote"})
        SubElement(foot, "hr").tail = "\n"
        notes = SubElement(foot, "ol")
        for number, item in numbered:
            item.set("id", f"fn:{number}")
            item.tail = "\n"
            notes.append(item)
            _add_ways_back(item, number, self._mentions.get(number, 0))
        return foot

    def _number(self, label: str) -> int:
        return self._numbers.setdefault(label.casefold(), len(self._numbers) + 1)


def _mention_id(number: int, count: int) -> str:
    return f"fnref{count if count > 1 else ''}:{number}"


def _add_ways_back(item: Element, number: int, mentions: int) -> None:
    last = item[-1] if len(item) and item[-1].tag == "p" else item
    for count in range(1, mentions + 1):
        append_text(last, "\N{NO-BREAK SPACE}")
        title = f"Jump back to footnote {number} in the text"
        back = SubElement(
            last,
            "a",
            {"class": "footnote-backref", "href": f"#{_mention_id(number, count)}", "title": title},
        )
        back.text = "\N{LEFTWARDS ARROW WITH HOOK}"
