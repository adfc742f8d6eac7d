"""In: the source. Out: the same with a stand-in for each `$` of a price, as in `$5-$10`, which would be maths.

Source of the rule: Pandoc's manual, "Math": no digit follows the `$` that ends a formula.
"""

from .events import Kind, parse
from .stand_ins import DOLLAR, ROUNDS


def without_prices(source: bytes) -> bytes:
    """Blot out a `$` whose maths a `$` before a digit would close."""
    for _ in range(ROUNDS if b"$" in source else 0):
        prices = [
            event.start
            for event in parse(source)
            if event.kind is Kind.INLINE_MATH and source[event.end : event.end + 1].isdigit()
        ]
        if not prices:
            break
        changed = bytearray(source)
        for at in prices:
            changed[at] = ord(DOLLAR)
        source = bytes(changed)
    return source
