"""The navigation: what a page is given of it."""

from mkdocs.structure.nav import Link, Section

from host.navigation import divided


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
