"""The settings: which tags are flags, and what is told of settings that make no sense."""

import ntpath
import os
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from tests.sites import ROOT

import host.mermaid
import host.settings
from notes import Label, read_labels, settings_problems
from notes.settings import DEFAULT_LABELS, read_settings

A = {"label": "unclear", "description": "What does it mean?"}
FORM = "`TAG: {label: one or two words, description: a sentence}`"


def _read(tags: object) -> tuple[dict[str, Label], list[str]]:
    labels, wrong = read_labels({"review": {"tags": tags}})
    return dict(labels), [f"{'.'.join(found.keys[3:])}: {found.message}. {found.way_out}" for found in wrong]


def test_tags_are_flags_in_any_case() -> None:
    labels = {"unclear": Label(**A), "needs/source": Label("source", "")}
    assert _read({"UNCLEAR": A, "#Needs/Source": {"label": "source"}}) == (labels, [])


@pytest.mark.parametrize("extra", [{}, {"review": None}, {"review": {"tags": None}}, {"review": {}}, {"other": 1}])
def test_the_default_is_one_tag(extra: object) -> None:
    assert read_labels(extra) == (DEFAULT_LABELS, ())


@pytest.mark.parametrize(
    ("extra", "name", "below"),
    [
        (3, "extra", " with `review:` in it"),
        ({"review": ["TAG"]}, "extra.review", " with `tags:` in it"),
        ({"review": {"tags": ["TAG"]}}, "extra.review.tags", f": {FORM}"),
    ],
)
def test_what_is_no_mapping_is_told_and_the_default_stays(extra: object, name: str, below: str) -> None:
    labels, [wrong] = read_labels(extra)
    assert labels == DEFAULT_LABELS
    assert (wrong.message, wrong.way_out) == (f"`{name}` is not a mapping", f"Write it as a mapping{below}.")


@pytest.mark.parametrize(
    ("tags", "label", "told"),
    [
        ({"A": None}, "A", f"A: the tag `A` has no label. Give it one: {FORM}."),
        ({"A": "unclear"}, "A", f"A: the tag `A` has no label. Give it one: {FORM}."),
        ({"A": {"label": ["x"]}}, "A", f"A: the tag `A` has no label. Give it one: {FORM}."),
        ({"A": {**A, "colour": "red"}}, "unclear", f"A.colour: the tag `A` has no setting `colour`. Write {FORM}."),
        (
            {"A": A, "a": A},
            "unclear",
            "a: `a` stands here twice: upper and lower case are the same. Delete one of them.",
        ),
        (
            {"a": A, "A": {"label": "other"}},
            "unclear",
            "A: `A` stands here twice: upper and lower case are the same. Delete one of them.",
        ),
    ],
)
def test_no_flag_is_lost_by_a_slip(tags: object, label: str, told: str) -> None:
    labels, wrong = _read(tags)
    assert (labels["a"].label, wrong) == (label, [told])


@pytest.mark.parametrize("tag", ["a b", "2024", "", "a.b", 2024])
def test_what_cannot_be_a_tag_is_told(tag: object) -> None:
    assert _read({tag: A})[0] == DEFAULT_LABELS
    _, [told] = _read({"A": A, tag: A})
    assert told.endswith(f"`{tag}` cannot be a tag. Use letters, digits, `_`, `-` and `/`, and not digits alone.")


def test_a_problem_stands_at_its_line(tmp_path: Path) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text("a: !ENV x\nextra:\n  review:\n    tags:\n      ÜB: x\n", encoding="utf-8")
    _, wrong = read_labels({"review": {"tags": {"ÜB": "x", "INHERITED": "y"}}})
    places = [
        (found.at.path, found.at.line, found.at.column) for found in settings_problems(wrong, config, tmp_path / "docs")
    ]
    assert places == [("../mkdocs.yml", 5, 7), ("../mkdocs.yml", 4, 5)]


def test_the_settings_may_be_on_another_disk_than_the_notes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os.path, "relpath", ntpath.relpath)
    _, wrong = read_labels({"review": {"tags": {"A": "x"}}})
    [problem] = settings_problems(wrong, Path("C:/site/mkdocs.yml"), Path("D:/notes"))
    assert problem.at.path == "C:/site/mkdocs.yml"


@pytest.mark.parametrize("text", ["", "x", "site_name: x\n", "extra:\n"])
def test_the_default_is_one_tag_where_the_file_names_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    settings, problems = read_settings(tmp_path / "docs")
    assert (settings.labels, problems) == (DEFAULT_LABELS, ())


def test_settings_that_are_no_yaml_are_told(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("a: b\nb: [\n", encoding="utf-8")
    settings, [problem] = read_settings(tmp_path / "docs")
    assert settings.labels == DEFAULT_LABELS
    assert (problem.at.line, problem.at.column) == (3, 1)
    assert problem.message == "the settings are not valid YAML: did not find expected node content"


def test_what_the_settings_inherit_counts(tmp_path: Path) -> None:
    base = "exclude_docs: private/\ndraft_docs: drafts/\nextra: {review: {tags: {A: {label: a}}}}\n"
    for path, text in {
        "site/mkdocs.yml": "INHERIT: ../shared/more.yml\ndraft_docs: later/\n",
        "shared/more.yml": "INHERIT: base.yml\nextra: {review: {tags: {B: {label: b}}}}\n",
        "shared/base.yml": base,
    }.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    settings, problems = read_settings(tmp_path / "site" / "docs")
    assert problems == ()
    assert settings.unpublished == ("/templates/\nprivate/", "\nlater/")
    assert {label.label for label in settings.labels.values()} == {"a", "b"}


@pytest.mark.parametrize("name", ["gone.yml", "mkdocs.yml", "[a]"])
def test_settings_that_inherit_what_cannot_be_read_are_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"site_name: x\nINHERIT: {name}\n", encoding="utf-8")
    assert read_settings(tmp_path / "docs")[1]


@pytest.mark.parametrize("pattern", ["!", "[z-a]"])
def test_patterns_that_are_none_are_told(tmp_path: Path, pattern: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"site_name: x\nexclude_docs: |\n  a/\n  {pattern}\n", encoding="utf-8")
    settings, [problem] = read_settings(tmp_path / "docs")
    assert settings.unpublished == ("\n",)
    assert (problem.at.line, problem.message) == (2, "`exclude_docs` holds an invalid pattern")


@pytest.mark.parametrize("value", ["[private/]", "{private/: x}", "3", "true"])
def test_patterns_that_are_no_text_are_told(tmp_path: Path, value: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"site_name: x\nexclude_docs: {value}\n", encoding="utf-8")
    _, [problem] = read_settings(tmp_path / "docs")
    assert (problem.at.line, problem.message) == (2, "`exclude_docs` holds an invalid pattern")


def test_the_address_of_the_repository_may_end_with_a_slash() -> None:
    settings, wrong = host.settings.read_settings(
        load_config(str(ROOT / "mkdocs.yml"), repo_url="https://a.example/n/")
    )
    assert (settings.repository, settings.edit) == ("https://a.example/n", "https://a.example/n/edit/main/docs/")
    assert wrong == ()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("theme:\n  palette: 3\n", "3:3: `theme.palette` is not a mapping, or a list of some. Write"),
        ("theme:\n  palette:\n    - {}\n    - {toggle: x}\n", "5:8: `theme.palette.toggle` is not a mapping with"),
        ("theme:\n  features: true\n", "3:3: `theme.features` is not a list of names"),
        ("theme:\n  icon: {admonition: [x]}\n", "3:10: `theme.icon.admonition` is not a mapping with names of icons"),
        ("theme:\n  logo: http://[x\n", "3:3: `theme.logo` is not the path or the address of a file"),
        ("extra_css: [own.css, {path: x}]\n", "2:22: `extra_css` is not the path or the address of a file"),
        ("extra_javascript: ['//[x']\n", "2:20: `extra_javascript` is not the path or the address of a file"),
        ("extra_templates: [3]\n", "2:19: `extra_templates` is not the path of a file"),
        ("nav: [{A: [{B: 'http://[x'}]}]\n", "2:7: `nav` is not the path of a note, or an address"),
        ("extra: {social: {icon: x}}\n", "2:9: `extra.social` is not a list of mappings with `icon` and `link`"),
        ("extra: {social: [{link: x}]}\n", "2:18: `extra.social` is not a mapping with `icon` and `link`"),
        ("extra: {social: [{icon: x, link: 3}]}\n", "2:28: `extra.social.link` is not an address"),
        ("extra: {alternate: 3}\n", "2:9: `extra.alternate` is not a list of mappings with `name`, `link` and"),
        ("extra: {homepage: 'http://[x'}\n", "2:9: `extra.homepage` is not an address"),
    ],
)
def test_a_setting_of_another_shape_than_the_theme_takes_is_told_at_its_place(
    tmp_path: Path, written: str, told: str
) -> None:
    config = _config(tmp_path, written)
    with pytest.raises(PluginError) as error:
        host.settings.check_shapes(config)
    assert f"own.yml:{told}" in str(error.value)


@pytest.mark.parametrize(
    "written",
    [
        "theme:\n  palette: {scheme: slate}\n  features:\n  logo:\n",
        "theme:\n  palette: [{toggle: {icon: material/eye}}]\n  features: navigation.top\n  logo: my logo.png\n",
        "extra_css: [a.css]\nextra_javascript: [a.js, {path: b.js, type: module}]\nnav: [a.md, {B: [b.md, c/]}]\n",
        "extra: {social: [{icon: fontawesome/brands/github, link: 'https://a.example'}], alternate: []}\n",
    ],
)
def test_settings_of_their_shape_are_left_alone(tmp_path: Path, written: str) -> None:
    host.settings.check_shapes(_config(tmp_path, written))


def _config(folder: Path, written: str) -> MkDocsConfig:
    """Settings that inherit ours."""
    for needed in ("docs", "overrides"):
        (folder / needed).mkdir()
    (folder / "own.yml").write_text(f"INHERIT: {ROOT / 'mkdocs.yml'}\n{written}", encoding="utf-8")
    return load_config(str(folder / "own.yml"), hooks=[], watch=[], docs_dir=str(folder / "docs"))


@pytest.mark.parametrize("plugins", [[], ["search"], ["mermaid2"]])
def test_plugins_without_what_the_site_needs_are_told(plugins: list[str]) -> None:
    with pytest.raises(PluginError, match="must name mermaid2 with its `javascript`"):
        host.mermaid.prepare(load_config(str(ROOT / "mkdocs.yml"), plugins=plugins))


def test_fences_of_the_settings_stay_beside_ours() -> None:
    own = [{"name": name, "class": name, "format": str} for name in ("mermaid", "vega")]
    extensions = [{"pymdownx.superfences": {"preserve_tabs": True, "custom_fences": own}}]
    config = load_config(str(ROOT / "mkdocs.yml"), markdown_extensions=extensions)
    host.mermaid.prepare(config)
    options = config.mdx_configs["pymdownx.superfences"]
    assert options["preserve_tabs"]
    assert [fence["name"] for fence in options["custom_fences"]] == ["mermaid", "vega", "mermaid"]
    assert options["custom_fences"][-1]["format"] is not str


@pytest.mark.parametrize(
    ("theme", "direction"),
    [
        ({"language": "en"}, "ltr"),
        ({"language": "de"}, "ltr"),
        ({"language": "he"}, "rtl"),
        ({"language": "he", "direction": "ltr"}, "ltr"),
    ],
)
def test_pages_read_the_way_that_the_theme_does(theme: dict[str, str], direction: str) -> None:
    settings = {"name": "material", "custom_dir": "overrides", **theme}
    assert host.settings.direction(load_config(str(ROOT / "mkdocs.yml"), theme=settings)) == direction


@pytest.mark.parametrize(
    ("settings", "edit"),
    [
        pytest.param({"edit_uri": "?path=/docs/"}, "https://a.example/n?path=/docs/", id="a-query"),
        pytest.param({"edit_uri": ""}, "", id="none"),
        pytest.param({"edit_uri": None, "edit_uri_template": "{path!q}/edit"}, "", id="a-template"),
    ],
)
def test_notes_are_edited_where_the_pencils_of_mkdocs_lead(settings: dict[str, str | None], edit: str) -> None:
    config = load_config(str(ROOT / "mkdocs.yml"), repo_url="https://a.example/n", **settings)
    assert host.settings.read_settings(config)[0].edit == edit
