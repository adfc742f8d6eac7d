"""What holds for the links of every vault: they lead where the rules say, whatever stands around them."""

import random
from collections.abc import Mapping, Sequence

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.plain_resolver import Answer, answer

import notes
from commonmark import dialect
from commonmark.events import Kind
from notes.edits import Edit, apply
from notes.outgoing import outgoing
from notes.parse import read_note
from notes.plain import plain
from notes.problems import Kind as Problem
from notes.vault import Ambiguous, Found, Missing, Resolution, Vault, Withheld, index

_NAMES = (
    *("Git", "git", "Git notes", "Git-notes", "git_NOTES", "index", "README", "Week 5", "Week 6", "v1.2", "x.png"),
    *("\u00c4", "A\u0308", "\u00e4", "日本", "हिंदी", "हदी", "C", "C++", "C#", "!!!", "???", "👍", "👎", "straße"),
    "STRASSE",
    *("A & B (c)", "100%", "it's, ok!", "a.md", "Обзор", "ΟΔΟΣ", "οδος", "الويب"),
)
_FOLDERS = ("", "a", "A", "b", "a/b", "b/a", "Git", "git", "a/Git notes", "\u00c4/b", "A\u0308/b", "日本/b/a/c")
_NOTES = st.builds(
    "{}/{}{}".format, st.sampled_from(_FOLDERS), st.sampled_from(_NAMES), st.sampled_from([".md"] * 5 + [".markdown"])
).map(lambda path: path.removeprefix("/"))
_ASSETS = st.builds("{}/{}".format, st.sampled_from(_FOLDERS), st.sampled_from(["x.png", "Git.pdf", "v1.2.svg"])).map(
    lambda path: path.removeprefix("/")
)
_STARTS = ("", "", "", "/", "./", "../", "../../", "b/", "a/b/", "Git/")
_TARGETS = st.builds(
    "{}{}{}".format,
    st.sampled_from(_STARTS),
    st.sampled_from(_NAMES) | st.sampled_from(_FOLDERS) | _NOTES | _ASSETS,
    st.sampled_from(("", "", ".md", "/", " ", ".MD")),
) | st.text("/.#aG+ ", max_size=6)
_ALIASES = st.lists(st.sampled_from(_NAMES), max_size=2)


@st.composite
def vaults(draw: st.DrawFn) -> tuple[dict[str, list[str]], list[str]]:
    """Notes with their aliases, and other files."""
    found = draw(st.dictionaries(_NOTES, _ALIASES, min_size=1, max_size=9))
    return found, draw(st.lists(_ASSETS, max_size=3, unique=True))


def vault_of(aliases: dict[str, list[str]], assets: Sequence[str]) -> Vault:
    texts = {path: f"---\naliases: {names!r}\n---\n" for path, names in aliases.items()}
    return index([read_note(notes.NotePath(path), text.encode()) for path, text in texts.items()], assets)


def as_answer(resolution: Resolution) -> Answer:
    match resolution:
        case Found(path, guessed):
            return Answer((path,), guessed)
        case Ambiguous(_, candidates):
            return Answer(candidates)
        case Missing() | Withheld():
            return Answer()


@settings(max_examples=600, deadline=None)
@given(vaults(), _TARGETS, st.data())
def test_a_name_leads_where_the_rules_say(
    vault: tuple[dict[str, list[str]], list[str]], target: str, data: st.DataObject
) -> None:
    aliases, assets = vault
    source = data.draw(st.sampled_from(sorted(aliases)))
    found = vault_of(aliases, assets).resolve(target, source)
    assert as_answer(found) == answer(target, source, aliases, assets)


@settings(max_examples=200, deadline=None)
@given(vaults(), st.data())
def test_the_path_that_is_said_to_settle_a_choice_settles_it(
    vault: tuple[dict[str, list[str]], list[str]], data: st.DataObject
) -> None:
    aliases, assets = vault
    known = vault_of(aliases, assets)
    source = data.draw(st.sampled_from(sorted(aliases)))
    for path in (*aliases, *assets):
        assert known.resolve(known.settling_name(path), source) == Found(path)


@settings(max_examples=150, deadline=None)
@given(vaults(), st.lists(_TARGETS.filter(lambda target: not set("[]|#") & set(target)), max_size=8), st.data())
def test_renaming_a_note_and_its_links_changes_no_target(
    vault: tuple[dict[str, list[str]], list[str]], targets: list[str], data: st.DataObject
) -> None:
    aliases, assets = vault
    source, old = data.draw(st.sampled_from(sorted(aliases))), data.draw(st.sampled_from(sorted(aliases)))
    new = f"{old.rpartition('/')[0]}/Quite another.md".removeprefix("/")
    before = vault_of(aliases, assets)
    after = vault_of({new if path == old else path: names for path, names in aliases.items()}, assets)
    for target in targets:
        led_to = before.resolve(target, source)
        if isinstance(led_to, Missing | Withheld) or (led_to.path == old and old == source):
            continue
        if isinstance(led_to, Ambiguous) and led_to.path != old and old in led_to.candidates:
            continue  # several notes share an alias: another name changes their order, and the choice is told
        rewritten = after.settling_name(new) if led_to.path == old else target
        still = after.resolve(rewritten, new if source == old else source)
        assert not isinstance(still, Missing | Withheld)
        assert still.path == (new if led_to.path == old else led_to.path)


_SIGNS = (
    *("[[", "]]", "![[", "|", "#", "^", "[", "](", ")", "![", "\\", "`", "``", "$", "$$", "%%", "<!--", "-->", "\n"),
    "\n\n",
    *("Git", "Nope", "x.png", "nope.png", "#Part", "#^id", " ^id", "300", "*", "**", "_", "~~", "==", "<b>", "</b>"),
    "<a ",
    *("```\n", "~~~\n", "    ", "- ", "> ", "1. ", "# ", "| a |\n|--|\n", "| ", "\n===", "&amp;", "&#91;", "[^1]"),
    "[^1]: ",
    *("[[Git]]", "[[Git|label]]", "![[x.png|300]]", "[x](Git.md)", "[x](nope.pdf)", "![x](nope.png)", "#tag"),
    *("!#tag", "é"),
    *("https://a.b/[[Git]]", "<https://a.b>", "[ref]", "[ref]: Git.md", " ", "a", "![[Part]]", "[[Git\\|x]]", "\t"),
    "日",
    *("[[Other#Part]]", "![[Other]]", "![[Other#^b]]", "<div>\n", "</div>", "[!note]", "- [ ] "),
    "#I_DONT_LIKE_THIS_REWRITE",
)
_TEXTS = st.lists(st.sampled_from(_SIGNS), max_size=25).map("".join)
_PROSE = st.lists(st.sampled_from([sign for sign in _SIGNS if not sign.startswith("![[")]), max_size=25).map("".join)
_REST = {"Git.md": b"# Part\n\nText. ^id\n", "Other.md": b"## Part\n\n- block ^b\n\n![[Note]] [[Git]]\n"}


def compiled(text: str, others: Mapping[str, bytes] = _REST) -> str:
    """A note after stage 1, without what is added beneath it."""
    site = notes.read_site({"Note.md": text.encode(), **others}, ["x.png"], notes.Settings())
    return notes.note_pages(site)[notes.NotePath("Note.md")].markdown.partition("\n\n<aside")[0]


@settings(max_examples=400, deadline=None)
@given(_TEXTS)
def test_no_text_ends_a_build_or_an_export_or_lets_two_features_meet(text: str) -> None:
    pages = notes.note_pages(notes.read_site({"Note.md": text.encode(), **_REST}, ["x.png"], notes.Settings()))
    assert not [told for page in pages.values() for told in page.problems if told.kind is Problem.FAULT]
    for path, page in pages.items():
        assert plain(notes.NotePath(path), page.markdown) is not None


_CODE = frozenset({Kind.CODE, Kind.INLINE_MATH, Kind.DISPLAY_MATH})


def _literal(text: str, *, wiki_links: bool) -> list[tuple[Kind, str]]:
    """What stands in code and maths, in order."""
    found: list[tuple[Kind, str]] = []
    in_block = False
    for event in dialect.read(text, wiki_links=wiki_links).events:
        if event.tag == "CodeBlock":
            in_block = event.kind is Kind.START
        elif in_block or event.kind in _CODE:
            found.append((event.kind, str(event.data)))
    return found


@settings(max_examples=400, deadline=None)
@given(_PROSE)
@example("https://a.b/[[Git]]$$$$")
def test_code_and_maths_are_never_touched(text: str) -> None:
    made = compiled(text, {"Git.md": _REST["Git.md"]})
    assert _literal(made, wiki_links=False) == _literal(text, wiki_links=True)


@settings(max_examples=400, deadline=None)
@given(_PROSE)
@example("https://a.b/[[Git]]$$$$")
def test_each_link_of_stage_1_is_a_link_for_every_reader_of_commonmark(text: str) -> None:
    site = notes.read_site({"Note.md": text.encode(), "Git.md": _REST["Git.md"]}, ["x.png"], notes.Settings())
    known = outgoing(site.vault.notes[notes.NotePath("Note.md")], site.vault, ())
    meant = [link for link in known if link.path == "Git.md" and not link.link.embeds]
    shown = dialect.read(compiled(text, {"Git.md": _REST["Git.md"]})).events
    made = [event.data for event in shown if event.opens("Link")]
    assert sum(link.destination.partition("#")[0] == "Git.md" for link in made) == len(meant)


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(_NOTES, _TEXTS, min_size=2, max_size=5), st.randoms())
def test_the_order_of_reading_changes_nothing(texts: dict[str, str], chance: random.Random) -> None:
    files = [(path, text.encode()) for path, text in texts.items()]
    first = notes.read_site(dict(files), ["b.png", "a.png"], notes.Settings())
    chance.shuffle(files)
    again = notes.read_site(dict(files), ["a.png", "b.png"], notes.Settings())
    assert notes.note_pages(first) == notes.note_pages(again)
    assert notes.generated_pages(first) == notes.generated_pages(again)
    assert (first.addresses, first.problems) == (again.addresses, again.problems)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=30), st.lists(st.integers(0, 30), unique=True), st.randoms())
def test_edits_in_any_order_give_the_same_bytes(text: bytes, places: list[int], chance: random.Random) -> None:
    edges = sorted(place for place in places if place <= len(text))
    edits = [Edit.replacement(*pair, "x" * pair[0], "law") for pair in zip(edges[::2], edges[1::2], strict=False)]
    edits += [Edit.insertion(edges[0], "before", "law")] if edges else []
    shuffled = list(edits)
    chance.shuffle(shuffled)
    assert apply(text, shuffled) == apply(text, edits)
    assert edits or apply(text, edits) == text
