"""Links in SVG as text; what the theme makes of them, a browser tells."""

import pytest

from host.svg_links import without_href


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ('<svg><use href="#a"/></svg>', '<svg><use xlink:href="#a"/></svg>'),
        ("<SVG width=9><A HREF=a><text>b</text></A></SVG>", "<SVG width=9><A xlink:href=a><text>b</text></A></SVG>"),
        ('<svg><svg></svg><a id="b"href="c"></a></svg>', '<svg><svg></svg><a id="b"xlink:href="c"></a></svg>'),
        (
            "<svg><foreignObject><a href=a></a></foreignObject><a href=b></a></svg>",
            "<svg><foreignObject><a href=a></a></foreignObject><a xlink:href=b></a></svg>",
        ),
    ],
)
def test_links_of_svg_are_spelt_so_that_the_theme_passes_over_them(html: str, shown: str) -> None:
    assert without_href(html) == shown


@pytest.mark.parametrize(
    "html",
    [
        '<a href="a">b</a>',
        '<svg></svg><a href="a">b</a>',
        '<svg/><a href="a">b</a>',
        '<svg><p><a href="a">b</a></p>',
        '<!-- <svg> --><a href="a">b</a>',
        """<svg><text aria-label=" href='a'">href=b</text></svg>""",
        '<svg><a xlink:href="a"></a></svg>',
        "<svg><use a=b",
    ],
)
def test_all_else_stays(html: str) -> None:
    assert without_href(html) == html
