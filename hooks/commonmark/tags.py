"""What a tag is: `#tag` in a text. In: the text of one event, as it stands in the source. Out: a pattern.

Source: Obsidian's help, "Tags".
"""

import re
from typing import Final

_CJK_SIGNS = r"\u3000-\u3004\u3008-\u3020\u302a-\u3030\u3036\u3037\u303d-\u303f"
"""But for 々, 〆, 〇 and a few more, which are letters and numerals."""
_WIDE_SIGNS = r"\uff00-\uff0f\uff1a-\uff20\uff3b-\uff3e\uff40\uff5b-\uff65"
_OTHER_SIGNS = "«»،؛؟۔।॥"
_NO_LETTERS = rf"\u2000-\u206f\u2e00-\u2e7f{_CJK_SIGNS}{_WIDE_SIGNS}{_OTHER_SIGNS}"
_TAG_CHARACTER = rf"[^\s\x00-\x2c.:-@\[-^`{{-\x7f{_NO_LETTERS}]"
LONGEST_TAG: Final = 200
"""Characters; nobody writes a longer one, and each level of it is a tag too."""
TAG: Final = re.compile(
    rf"(?<![\w&/#\\])#(?P<name>(?!\d+(?!{_TAG_CHARACTER})){_TAG_CHARACTER}{{1,{LONGEST_TAG}}})(?!{_TAG_CHARACTER})"
)
"""A tag in the text of one event: any letters, digits, `_`, `-`, `/`; not digits alone. A longer one is text."""
