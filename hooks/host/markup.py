"""A page's HTML. In: a page, and what MkDocs and Material make of it. Out: the same, mended."""

import html
import re

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

import notes
from commonmark.html_addresses import ELSEWHERE
from commonmark.nesting import depth
from publishing.contained import text_end

NO_DAY = "1970-01-01"
"""Where git knows none; MkDocs wants one all the same."""

MOST_OPEN = 200
"""So many elements inside of each other are no page's."""
_MANY_TAGS = 1000
"""So many tags of a page are nothing to worry about."""

_INPUT = re.compile(r"<input [^<>]*>")
"""Of those that are checkboxes, HTML knows no `autocomplete`."""

_LABEL = '<label class="md-nav__title">'
_LABEL_OF_NOTHING = '<label class="md-nav__title" for="__toc">'
"""What the theme writes above a page's headings; what it is for stands in the navigation, where not all pages are."""

_NO_SKIP = re.compile(r'(<div data-md-component="skip">)\s*(</div>.*?<h1)>', re.DOTALL)
"""The theme's way past the navigation leads to the first heading of a page's contents, and there may be none."""
_SKIP = r'\1<a href="#__skip" class="md-skip">Skip to content</a>\2 id="__skip">'

_BARE_LABEL = re.compile(
    r'(<label class="md-nav__link ?" for="(__nav_[0-9_]+)") id="\2_label"(?=[^<>]*>\s*<span class="md-nav__icon)'
)
"""What names the list of a folder that has a page: it shows an arrow alone, and the folder's name stands beside it."""

_TITLE_IN_HTML = re.compile(r"\s*+(?:<(?!h1[\s>])[^<>]*+>\s*+)*+<h1[\s>]", re.IGNORECASE)
"""A page that begins with a heading of its author's HTML: before it are tags alone."""

_LINK = re.compile(rf'<a href="(?!/|{ELSEWHERE.pattern})[^"#?]*(?:/|\.html)(?:[#?][^"]*)?"')
"""A link within the site to another page. Of one to a file, the theme would take the title for a preview's."""


_SETTINGS = ("site_name", "site_description", "site_author", "repo_name")
"""Those that are words, and that the theme prints for HTML here and there."""


def _entry(name: str) -> property:
    return property(lambda meta: meta.get(name))


class _Meta(dict[str, object]):
    """What the theme prints of a page.

    For these it asks each page of the navigation, at each page, and hardly any has one. To look for what is not there
    costs Jinja more than all else that it does with them; what a property gives it finds at once.
    """

    hide = _entry("hide")
    icon = _entry("icon")
    status = _entry("status")
    subtitle = _entry("subtitle")


def print_of_settings(config: MkDocsConfig) -> None:
    """Give the theme the words of the settings escaped: a quotation mark in one ended the head, and so the policy."""
    config.update({name: escape(config[name]) for name in _SETTINGS if config[name]})


def print_of(page: Page, compiled: notes.Page, site: notes.Site) -> None:
    """Give the theme what it prints of a page: escaped, since its templates take it for HTML."""
    page.meta = _Meta(title=html.escape(compiled.title, quote=False))
    if compiled.description:
        page.meta["description"] = html.escape(compiled.description)
    if compiled.aliases:
        page.meta["aliases"] = html.escape(", ".join(compiled.aliases), quote=False)
    if compiled.classes:
        page.meta["classes"] = " ".join(compiled.classes)
    if not compiled.is_searched:
        page.meta["search"] = {"exclude": True}
    page.meta["foot"] = notes.foot(site, page.file.src_uri, compiled.title)
    if compiled.badge:
        # The theme has a second line for a page in the navigation; its style sheet puts it beside the first.
        page.meta["subtitle"] = f'<span class="badge">{compiled.badge} open</span>'


def titled(page: Page) -> str:
    """Give a page's content with its title, which the theme leaves out where the author's HTML has an `h1` anywhere."""
    content = page.content or ""
    has_own = any(heading.level == 1 for heading in page.toc) or _TITLE_IN_HTML.match(content)
    return content if has_own or "<h1" not in content else f"<h1>{page.title}</h1>\n{content}"


def is_too_deep(content: str) -> bool:
    """Ask whether the search's reader of HTML would not get through."""
    return content.count("<") > _MANY_TAGS and depth(content) > MOST_OPEN


def has_html(page: Page) -> bool:
    """Ask whether HTML may stand in a page's text, beside what the site adds beneath it."""
    text = page.markdown or ""
    return "<" in text[: text_end(text)]


def with_previews(content: str) -> str:
    """Let Material show what a link between notes leads to; those with a class of their own say so themselves."""
    return _LINK.sub(lambda link: f"{link[0]} data-preview", content)


def valid(output: str) -> str:
    """Mend what of HTML the theme gets wrong where no block or partial can be overridden, whoever wrote it anew."""
    output = _INPUT.sub(lambda found: _checkbox(found[0]), output)
    for _, name in _BARE_LABEL.findall(output):
        title = f'<label class="md-nav__title" for="{name}"'
        output = output.replace(title, f'{title} id="{name}_label"')
    output = _NO_SKIP.sub(_SKIP, _BARE_LABEL.sub(r"\1", output))
    return output if 'id="__toc"' in output else output.replace(_LABEL_OF_NOTHING, _LABEL)


def _checkbox(element: str) -> str:
    return element.replace(' autocomplete="off"', "") if 'type="checkbox"' in element else element


def dated(output: str) -> str:
    """Take out of the map of the site what git does not know."""
    return output.replace(f"<lastmod>{NO_DAY}</lastmod>", "")


def day(site: notes.Site) -> str:
    """Give the day of the newest commit, for the map of the site; by MkDocs' clock, builds would differ."""
    return site.history.newest.day if site.history.newest else NO_DAY
