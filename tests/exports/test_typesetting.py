from __future__ import annotations

import datetime as dt
import io
import shutil
from collections.abc import Iterator
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from core.text import LANGS, Lang
from exports import typesetting
from exports.plain_words import plain_words
from exports.typefaces import FALLBACK, FONTS, REGULAR, characters
from exports.typesetting import typeset

TEMPLATE = """
#import "look.typ": *
#show: sheet.with(title: data.title, footer-left: data.user)
= #data.title
#subtitle(data.user)
#callout(data.user)
#quotation(data.user, data.user, data.user)
#bars(((data.user, 1.5, data.user), (data.user, -3, "x", "bad"), (data.user, none, "–")), alt: data.user)
#dumbbells(((data.user, 1, 3, data.user), (data.user, none, 2, data.user)), alt: data.user)
#lines(
  ((
    name: data.user, values: (1, none, 3), tone: "accent", thick: 1, dash: "dashed", dot: true,
    label: (words: data.user, side: "end", place: 2, clear: 3),
  ),), ("a", "b", "c"),
  ticks: ((1, "1"),), alt: data.user,
)
"""
NASTY = [
    "#eval(1) #read(\"/etc/passwd\") $x^2$ @ref *bold* _it_ <label> `raw` // comment \\ = heading",
    "=HYPERLINK(\"http://x\") {{x}} </w:t> & <b>",
    "\u202e21\u202c \u200fשלום\u200e العربية \u2066x",
    "Emoji 😀 👩🏽‍💻 🏴󠁧󠁢󠁥󠁮󠁧󠁿 日本語 e\u0301 \u0489",
    "\x00\x01\x07\x1b[31m\x7f\ufffe\ufeff\ud800",
    "lang" * 750,
    "wort " * 600,
    "",
    " ",
    "\n\n\r\n\u2028",
]  # fmt: skip


@pytest.fixture(autouse=True, scope="module")
def _own_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("templates")
    shutil.copy(typesetting.TEMPLATES / "look.typ", folder / "look.typ")
    (folder / "probe.typ").write_text(TEMPLATE, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typesetting, "TEMPLATES", folder)
        yield


def words_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\u200b", "")


@pytest.mark.parametrize("user", NASTY, ids=lambda user: ascii(user)[:20])
@pytest.mark.parametrize("lang", LANGS)
def test_text_of_users_is_shown_and_never_run(user: str, lang: Lang) -> None:
    pdf = typeset("probe", {"title": "Befund", "user": user}, lang=lang)
    assert "Befund" in words_of(pdf)
    assert "root:" not in words_of(pdf)


def test_markup_of_users_stands_on_paper_as_they_wrote_it() -> None:
    pdf = typeset("probe", {"title": "Befund", "user": "#eval(1) $x$ @ref *b*"}, lang="de")
    assert words_of(pdf).count("#eval(1) $x$ @ref *b*") >= 5


def test_a_pdf_is_tagged_dated_says_its_language_and_holds_its_typefaces() -> None:
    pdf = typeset("probe", {"title": "Befund", "user": "x"}, lang="en", made_on=dt.date(2026, 11, 2))
    reader = PdfReader(io.BytesIO(pdf))
    root = cast(Any, reader.trailer["/Root"])
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert reader.metadata is not None
    assert reader.metadata.title == "Befund"
    assert reader.metadata.author is None
    assert "20261102" in str(reader.metadata["/CreationDate"])
    assert b"pdfuaid" in root["/Metadata"].get_data()
    pages = cast(Any, reader).pages
    fonts = [font.get_object() for page in pages for font in page["/Resources"]["/Font"].values()]
    descriptors = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert descriptors
    assert all({"/FontFile2", "/FontFile3"} & set(descriptor) for descriptor in descriptors)


def test_equal_data_gives_equal_bytes() -> None:
    once, again = (typeset("probe", {"title": "a", "user": "b"}, lang="de") for _ in range(2))
    assert once == again


def test_a_picture_has_the_size_asked_for() -> None:
    png = typeset("probe", {"title": "a", "user": "b"}, lang="de", to="png", ppi=72)
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20]) == 595  # A4 at 72 pixels an inch


def test_steering_characters_leave_and_marks_of_direction_stay() -> None:
    assert plain_words("a\x07b\u202e12\u202c\u200f\tc\r\nd") == "ab12\u200f c\nd"


@given(st.text())
@settings(max_examples=200)
def test_plain_words_are_the_same_when_made_plain_again(text: str) -> None:
    assert plain_words(plain_words(text)) == plain_words(text)


def test_the_typefaces_cover_german_greek_and_the_signs_that_figures_use() -> None:
    needed = "ÄÖÜäöüß€„“–−·…×≤≥→ΑΩщ%\u202f\u00a0"
    assert {ord(sign) for sign in needed} <= characters(REGULAR)
    assert {ord(sign) for sign in "שלוםعربي☺\ufffd"} <= characters(FALLBACK)


def test_typefaces_come_with_their_licences_and_stay_small() -> None:
    fonts = [*FONTS.glob("*.otf"), *FONTS.glob("*.ttf")]
    assert sum(font.stat().st_size for font in fonts) < 2_000_000
    licences = {licence.name.split("-")[0] for licence in FONTS.glob("*-LICENSE.txt")}
    assert licences == {font.stem.split("-")[0] for font in fonts}


@settings(max_examples=40)
@given(text=st.text(st.characters(codec=None), max_size=60))
def test_any_text_can_be_set(text: str) -> None:
    pdf = typeset("probe", {"title": "a", "user": text}, lang="de")
    assert pdf.startswith(b"%PDF")
