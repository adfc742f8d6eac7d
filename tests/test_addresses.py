"""What holds for the addresses of any files: each has one, no two are alike, and none leaves the site's folder."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notes.addresses import asset_addresses, page_addresses, slug

SIGNS = [*"aAbé日 .-_~$&'()+,;=@!#%^[]{}", "\u200b", "\u202e", "\x1f", "\x7f", "\u00a0", "index", "readme"]
NAMES = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=6).map("".join).filter(lambda name: name[0] != ".")
FILES = st.builds("{}{}".format, NAMES, st.sampled_from(["", ".png", ".svg", ".html", ".", ".."]))
FOLDERS = st.lists(NAMES | st.sampled_from(["index.html", "\u200b", "\u200b.", "\u200b..", "a", "A"]), max_size=3)
PATHS = st.builds(lambda folders, file: "/".join((*folders, file)), FOLDERS, FILES)
NOTES = st.builds(lambda path: f"{path}.md", PATHS)


@settings(deadline=None)
@given(st.lists(PATHS, unique=True, max_size=12), st.lists(NOTES, unique=True, max_size=6))
def test_each_file_has_an_address_of_its_own_in_the_sites_folder(assets: Sequence[str], paths: Sequence[str]) -> None:
    pages = page_addresses(paths, ["review/"])
    taken = ["index.html", "404.html", *(f"{address}index.html" for address in pages.values())]
    addresses = asset_addresses(assets, taken)
    assert list(addresses) == sorted(assets)
    every = sorted([*taken, *addresses.values()], key=lambda address: address.casefold().split("/"))
    for one, other in pairwise(dict.fromkeys(every)):
        assert not f"{other}/".casefold().startswith(f"{one}/".casefold())
    for address in addresses.values():
        assert address.isprintable()
        assert not any(character.isspace() for character in address)
        assert all(part and not part.startswith(".") for part in address.split("/"))


@pytest.mark.parametrize(
    ("asset", "address"),
    [
        ("a b/My picture.png", "a-b/My-picture.png"),
        ("license", "license-2"),
        ("LICENSE", "LICENSE-2"),
        ("license.txt", "license.txt"),
        ("index.html/a.png", "index.html-2/a.png"),
        ("\u200b/a.png", "file-f4e48e66/a.png"),
        ("\u200b../a.png", "file-5da24a6f../a.png"),
        (f"{'a/' * 500}b.png", f"{'a/' * 500}b.png"),
        (f"{'a/' * 501}b.png", "folder-644e0abe/b.png"),
    ],
)
def test_a_name_stays_as_far_as_it_can(asset: str, address: str) -> None:
    assert asset_addresses([asset], ["index.html", "license/index.html"]) == {asset: address}


def test_notes_of_a_folder_that_is_too_deep_stand_together() -> None:
    deep = "a/" * 501
    folder = "folder-644e0abe/"
    addresses = page_addresses([f"{deep}index.md", f"{deep}b.md", f"{deep}c/d.md"], [])
    assert addresses[f"{deep}index.md"] == folder
    assert addresses[f"{deep}b.md"] == f"{folder}b/"
    assert not addresses[f"{deep}c/d.md"].startswith(folder)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("किताब का नाम", "किताब-का-नाम"),
        ("ไก่ กับ ไข่", "ไก่-กับ-ไข่"),
        ("தமிழ்", "தமிழ்"),
        ("العَرَبِيَّة", "العربية"),
        ("İstanbul", "istanbul"),
        ("1\ufe0f\u20e3 ⚠\ufe0f Start", "1--start"),
    ],
)
def test_a_word_keeps_its_vowels_and_loses_what_readers_do_without(name: str, address: str) -> None:
    assert slug(name) == address
