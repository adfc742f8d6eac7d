"""What a note says first, in a script with blanks between words or without."""

import pytest

from notes import Settings, note_pages, read_site
from notes.parse import read_note
from notes.sentences import first_sentence, first_words
from notes.source import NotePath


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Contents\n\nA sentence says more. Another follows.", "A sentence says more."),
        ("概要\n\nこれは最初の文です。これは二番目です。", "これは最初の文です。"),
        ("目录\n\n欢迎来到**知识库**。参见[[甲|乙]]。", "欢迎来到知识库。"),
        ("สารบัญ\n\nยินดีต้อนรับ", "ยินดีต้อนรับ"),
        ("这是==重点==内容，==**也是**==的。", "这是重点内容，也是的。"),
        ("It asks a == b or `c==d` of a==b only.", "It asks a == b or c==d of a==b only."),
        ("![[a.png|300]]\n\nWords beside ![[a.png|300]] it all.", "Words beside it all."),
        ("Some words^[and *more* #tag] here (`^[a-z]`).", "Some words here (^[a-z])."),
        ("#plant #herb/green\r\n  #one\r\nWords beneath the tags.", "Words beneath the tags."),
        ("#a #b #c\n\n#maths is a tag here.", "#maths is a tag here."),
        ("#a #b and words", "#a #b and words"),
        ("#tag " * 3_000, ""),
        ("He said, “All of it works.” Then he left.", "He said, “All of it works.”"),
        ("What it is, i.e. “all of it”, says no. 1 here. Then more.", "What it is, i.e. “all of it”, says no. 1 here."),
        ("Er fragt: „Ist das alles?“ Dann geht er.", "Er fragt: „Ist das alles?“"),
        ("Il répond : « C'est fini. » Puis il part.", "Il répond : « C'est fini. »"),
        (
            "Hier helfen z. B. Git und J. R. Hook, seit dem 3. Mai. Gut.",
            "Hier helfen z. B. Git und J. R. Hook, seit dem 3. Mai.",
        ),
        ("Che cosa c'è. Altro in 1990. Poi.", "Che cosa c'è."),
        ("真的是这样吗？！（是的。）就是这样。", "真的是这样吗？！"),
        ("書名は『白い本。』である。", "書名は『白い本。』"),
        ("版３．１４を使う．次に進む．", "版３．１４を使う．"),
        ("هل هذا كل شيء؟ نعم هو كذلك.", "هل هذا كل شيء؟"),
        ("یہ ایک کتاب ہے۔ دوسری بھی۔", "یہ ایک کتاب ہے۔"),
        ("यह एक किताब है। दूसरी भी।", "यह एक किताब है।"),
        ("ეს ერთი წიგნია. მეორე აქაა.", "ეს ერთი წიგნია."),
        ("*far* too much, " * 5_000, ("far too much, " * 1_000).rstrip()),
    ],
)
def test_the_first_sentence_of_a_note(text: str, sentence: str) -> None:
    assert first_sentence(read_note(NotePath("a.md"), text.encode())) == sentence


def test_a_page_is_described_by_it_unless_the_note_says_how() -> None:
    files = {
        "A.md": b"A sentence says more. Another.\n",
        "B.md": b"---\ndescription: Its own.\n---\nA sentence again.\n",
    }
    pages = note_pages(read_site(files, [], Settings()))
    assert [page.description for page in pages.values()] == ["A sentence says more.", "Its own."]


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("one two three four", "one two three …"),
        ("one two three", "one two three"),
        ("你好，世界！再见", "你好，世 …"),
        ("你好 all of it", "你好 all …"),
        ("![[a.png|300]] ![alt|20](a.png) more", "a.png alt more"),
        ("- [/] one\n- [-] two\n- [x] three", "one two three"),
    ],
)
def test_an_excerpt_is_so_many_words(text: str, excerpt: str) -> None:
    note = read_note(NotePath("a.md"), text.encode())
    assert first_words(note, 0, len(note.source.text), 3) == excerpt
