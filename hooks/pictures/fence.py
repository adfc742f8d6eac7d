"""A Mermaid fence as HTML: its source, which the reader's browser replaces by the picture."""

from html import escape


def fence_mermaid_custom(source: str, _language: str, css_class: str, *_: object, **__: object) -> str:
    """Put the source where Material looks for it, out of the search index, for superfences' custom fences.

    In place of mermaid2's function, which does not escape: `<br>` in a label would be lost. It has that
    function's name because mermaid2 goes by it to tell that Material draws.
    """
    return f'<pre class="{css_class}" data-search-exclude><code>{escape(source)}</code></pre>'
