r"""In: MathML of math-core. Out: brackets that have a size have it with scripts too, as in `\Big|_{x=0}`.

Browsers stretch a sign in a row, not one that has scripts itself.
"""

from typing import Final
from xml.etree.ElementTree import Element

_WITH_SCRIPTS: Final = ("msub", "msup", "msubsup", "munder", "mover", "munderover")


def keep_sizes(math: Element) -> None:
    """Let signs of a size that have scripts stand in rows of their own."""
    for name in _WITH_SCRIPTS:
        for element in math.iter(name):
            base = element[0]
            if base.tag == "mo" and "minsize" in base.attrib:
                element[0] = Element("mrow")
                element[0].append(base)
