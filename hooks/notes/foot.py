"""What stands at the foot of a page, beneath what the author wrote. In: a site and a page's path. Out: plain values."""

from dataclasses import dataclass

from notes.site import Site
from notes.source import NotePath
from notes.writing import form


@dataclass(frozen=True, slots=True)
class Foot:
    """The foot of a page."""

    changed: str = ""
    """The day on which the note was changed last, as `2024-05-31`; empty if nobody knows, or if the page is no note."""
    commit: str = ""
    """Id of the commit that the page was made from."""
    report: str = ""
    """Address of the repository's form for problems, filled in; empty if there is no repository.

    A script puts the section that the reader is in in place of the title."""


def foot(site: Site, path: str, title: str) -> Foot:
    """The foot of the page whose Markdown stands at `path`."""
    repository, commit = site.settings.repository, site.history.commit
    fields = {"title": f"Problem on: {title}", "page": path, "section": title, "commit": commit}
    days = site.history.days.get(NotePath(path))
    return Foot(
        days.changed if days else "",
        commit,
        form(repository, "problem", fields) if repository else "",
    )
