"""The navigation: what a page is given of it."""

from mkdocs.structure.nav import Link, Section

from host.navigation import divided
from notes.ranges import MOST


def _section(title: str, *links: Link) -> Section:
    (section,) = divided([Section(title, list(links))], {})
    assert isinstance(section, Section)
    return section


def test_a_section_shows_all_it_holds_only_on_a_page_in_it() -> None:
    links = [Link(str(number), "/") for number in range(3)]
    section = _section("part", *links)
    assert section.children == links[:1]
    section.active = True
    assert section.children == links


def test_a_section_within_a_section_knows_it() -> None:
    inner = Section("inner", [Link("x", "/")])
    (outer,) = divided([Section("outer", [inner])], {})
    assert isinstance(outer, Section)
    assert [child.parent for child in outer.children] == [outer]


def test_names_of_folders_are_text() -> None:
    assert _section("<b>", Link("x", "/")).title == "&lt;b&gt;"


def test_many_folders_are_divided_as_notes_are() -> None:
    folders = [Section(f"<{number:03}>", [Link("x", "/")]) for number in range(MOST + 2)]
    first, *parts = divided([Link("first", "/"), *folders], {})
    assert first.title == "first"
    assert [part.title for part in parts if isinstance(part, Section)] == [
        f"&lt;{start:03}&gt; – &lt;{end:03}&gt;" for start, end in ((0, 14), (15, 30), (31, 45), (46, 61))
    ]
    assert isinstance(parts[0], Section)
    parts[0].active = True
    assert [folder.title for folder in parts[0].children][:2] == ["&lt;000&gt;", "&lt;001&gt;"]
