r"""In: LaTeX with `\textdegree` or `\ohm`. Out: the same with the signs themselves.

Source: MathJax's packages textcomp and gensymb, which Obsidian's formulas may use; signs of ASCII are left out.
"""

import re
from typing import Final

_SIGNS: Final = """
    celsius:℃ micro:µ ohm:Ω perthousand:‰ textacutedbl:˝ textasciiacute:´ textasciibreve:˘ textasciicaron:ˇ
    textasciidieresis:¨ textasciimacron:¯ textbaht:฿ textbardbl:‖ textbigcircle:◯ textblank:␢ textbrokenbar:¦
    textbullet:• textcelsius:℃ textcent:¢ textcircledP:℗ textcolonmonetary:₡ textcopyleft:🄯 textcopyright:©
    textcurrency:¤ textdagger:† textdaggerdbl:‡ textdegree:° textdied:† textdiscount:⁒ textdiv:÷ textdivorced:⚮
    textdong:₫ textdownarrow:↓ textellipsis:… textemdash:— textendash:– textestimated:℮ texteuro:€ textexclamdown:¡
    textflorin:ƒ textfractionsolidus:⁄ textgravedbl:˵ textguarani:₲ textinterrobang:‽ textinterrobangdown:⸘
    textlangle:〈 textlbrackdbl:⟦ textleftarrow:← textlira:₤ textlnot:¬ textlquill:⁅ textmarried:⚭ textmho:℧ textminus:−
    textmu:µ textmusicalnote:♪ textnaira:₦ textnumero:№ textohm:Ω textonehalf:½ textonequarter:¼ textonesuperior:¹
    textopenbullet:◦ textordfeminine:ª textordmasculine:º textparagraph:¶ textperiodcentered:· textpertenthousand:‱
    textperthousand:‰ textpeso:₱ textpm:± textquestiondown:¿ textquotedblleft:“ textquotedblright:” textquoteleft:‘
    textquoteright:’ textrangle:〉 textrbrackdbl:⟧ textrecipe:℞ textreferencemark:※ textregistered:® textrightarrow:→
    textrquill:⁆ textsection:§ textservicemark:℠ textsterling:£ textsurd:√ textthreequarters:¾ textthreesuperior:³
    texttildelow:˷ texttimes:× texttrademark:™ texttwosuperior:² textuparrow:↑ textvisiblespace:␣ textwon:₩ textyen:¥
"""
_BY_NAME: Final = dict(sign.split(":") for sign in _SIGNS.split())
_NAMED = re.compile(r"\\(?P<name>celsius|micro|ohm|perthousand|text[a-zP]+)(?![A-Za-z])\s*")


def with_signs(latex: str) -> str:
    r"""Write `5\,\texteuro` as `5\,€`."""
    return _NAMED.sub(lambda named: _BY_NAME.get(named["name"], named[0]), latex)
