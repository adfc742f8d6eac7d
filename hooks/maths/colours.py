"""In: LaTeX. Out: the same, with each colour of the web that math-core does not know by its numbers.

Source: MathJax takes what is no colour of LaTeX's for one of CSS ("CSS Color Module Level 4", Named Colors).
"""

import re
from typing import Final

_NAMES: Final = """
    aliceblue:F0F8FF antiquewhite:FAEBD7 aqua:00FFFF aquamarine:7FFFD4 azure:F0FFFF beige:F5F5DC bisque:FFE4C4
    blanchedalmond:FFEBCD blueviolet:8A2BE2 burlywood:DEB887 cadetblue:5F9EA0 chartreuse:7FFF00 chocolate:D2691E
    coral:FF7F50 cornflowerblue:6495ED cornsilk:FFF8DC crimson:DC143C darkblue:00008B darkcyan:008B8B
    darkgoldenrod:B8860B darkgreen:006400 darkgrey:A9A9A9 darkkhaki:BDB76B darkmagenta:8B008B darkolivegreen:556B2F
    darkorange:FF8C00 darkorchid:9932CC darkred:8B0000 darksalmon:E9967A darkseagreen:8FBC8F darkslateblue:483D8B
    darkslategray:2F4F4F darkslategrey:2F4F4F darkturquoise:00CED1 darkviolet:9400D3 deeppink:FF1493
    deepskyblue:00BFFF dimgray:696969 dimgrey:696969 dodgerblue:1E90FF firebrick:B22222 floralwhite:FFFAF0
    forestgreen:228B22 fuchsia:FF00FF gainsboro:DCDCDC ghostwhite:F8F8FF gold:FFD700 goldenrod:DAA520
    greenyellow:ADFF2F grey:808080 honeydew:F0FFF0 hotpink:FF69B4 indianred:CD5C5C indigo:4B0082 ivory:FFFFF0
    khaki:F0E68C lavender:E6E6FA lavenderblush:FFF0F5 lawngreen:7CFC00 lemonchiffon:FFFACD lightblue:ADD8E6
    lightcoral:F08080 lightcyan:E0FFFF lightgoldenrodyellow:FAFAD2 lightgreen:90EE90 lightgrey:D3D3D3 lightpink:FFB6C1
    lightsalmon:FFA07A lightseagreen:20B2AA lightskyblue:87CEFA lightslategray:778899 lightslategrey:778899
    lightsteelblue:B0C4DE lightyellow:FFFFE0 limegreen:32CD32 linen:FAF0E6 maroon:800000 mediumaquamarine:66CDAA
    mediumblue:0000CD mediumorchid:BA55D3 mediumpurple:9370DB mediumseagreen:3CB371 mediumslateblue:7B68EE
    mediumspringgreen:00FA9A mediumturquoise:48D1CC mediumvioletred:C71585 midnightblue:191970 mintcream:F5FFFA
    mistyrose:FFE4E1 moccasin:FFE4B5 navajowhite:FFDEAD navy:000080 oldlace:FDF5E6 olivedrab:6B8E23 orangered:FF4500
    orchid:DA70D6 palegoldenrod:EEE8AA palegreen:98FB98 paleturquoise:AFEEEE palevioletred:DB7093 papayawhip:FFEFD5
    peachpuff:FFDAB9 peru:CD853F plum:DDA0DD powderblue:B0E0E6 rebeccapurple:663399 rosybrown:BC8F8F royalblue:4169E1
    saddlebrown:8B4513 salmon:FA8072 sandybrown:F4A460 seagreen:2E8B57 seashell:FFF5EE sienna:A0522D silver:C0C0C0
    skyblue:87CEEB slateblue:6A5ACD slategray:708090 slategrey:708090 snow:FFFAFA springgreen:00FF7F steelblue:4682B4
    tan:D2B48C thistle:D8BFD8 tomato:FF6347 turquoise:40E0D0 wheat:F5DEB3 whitesmoke:F5F5F5 yellowgreen:9ACD32
"""
_NUMBERS: Final = dict(colour.split(":") for colour in _NAMES.split())
_COLOUR = re.compile(
    r"(?P<command>\\(?:text)?color)\s*+\{\s*+"
    r"(?:(?P<name>[A-Za-z]+)|rgb\(\s*(?P<numbers>\d{1,3}\s*,\s*\d{1,3}\s*,\s*\d{1,3})\s*\))\s*+\}"
)

_MODELS: Final = frozenset({"RGB", "rgb", "gray"})


def with_numbers(latex: str) -> str:
    r"""Write `\color{tomato}` as `\color[HTML]{FF6347}`, and `\color{rgb(1,2,3)}` as `\color[RGB]{1,2,3}`."""
    return _COLOUR.sub(_numbered, latex)


def _numbered(colour: re.Match[str]) -> str:
    if colour["numbers"]:
        return rf"{colour['command']}[RGB]{{{colour['numbers']}}}"
    number = _NUMBERS.get(colour["name"].lower())
    return rf"{colour['command']}[HTML]{{{number}}}" if number else colour[0]


def numbered(model: str, values: str) -> str:
    r"""Six digits for a colour of `\definecolor`; empty if there is none of its model (MathJax's package color)."""
    if model == "HTML":
        return values.upper() if re.fullmatch("[0-9A-Fa-f]{6}", values) else ""
    if model == "named":
        return _NUMBERS.get(values.lower(), "")
    if not re.fullmatch(r"[0-9.,\s]+", values):
        return ""
    try:
        parts = [float(part) for part in values.split(",")]
    except ValueError:
        return ""
    parts *= 3 if model == "gray" else 1
    most = 255 if model == "RGB" else 1
    if model not in _MODELS or len(parts) != len("RGB") or max(parts) > most:
        return ""
    return "".join(f"{int(255 * part / most):02X}" for part in parts)
