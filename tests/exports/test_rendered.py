"""What other programs make of the files: LibreOffice opens them, and on no page do words leave or overlap.

Independent of the product's own measuring: the words and their boxes are read from the rendered pages.
"""

from __future__ import annotations

import dataclasses
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import openpyxl
import pytest
from PIL import Image

from core.text import LANGS, Lang
from exports.documents import document
from exports.manifest import ClaimRef, figures_of
from exports.pictures import SIZES, Size, picture
from exports.sealing import Format, sealed
from exports.sheet import Sheet
from exports.sheet_data import sheet_data
from exports.slides import slides
from exports.typesetting import typeset
from exports.verified_words import remarks
from exports.verifying import ClaimEvidence, verify
from tests.exports import sheets, tampering

SOFFICE, PDFTOTEXT = shutil.which("soffice"), shutil.which("pdftotext")
KEY = b"k" * 32
MARKS = ("Intern", "Internal")

needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
needs_poppler = pytest.mark.skipif(PDFTOTEXT is None, reason="poppler (pdftotext) is not installed")


@dataclass(frozen=True)
class Word:
    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float

    def over(self, other: Word) -> bool:
        """Whether the bodies of two words meet; their boxes hold room above and below that may."""
        slack, other_slack = 0.24 * (self.bottom - self.top), 0.24 * (other.bottom - other.top)
        return (
            self.left < other.right - 0.6
            and other.left < self.right - 0.6
            and self.top + slack < other.bottom - other_slack
            and other.top + other_slack < self.bottom - slack
        )


def words_of(pdf: bytes, folder: Path) -> tuple[list[tuple[float, float]], list[Word]]:
    """Sizes of the pages, and every word with its box, as poppler finds them. Watermarks are left out."""
    file = folder / "read.pdf"
    file.write_bytes(pdf)
    assert PDFTOTEXT is not None
    shown = subprocess.run([PDFTOTEXT, "-bbox", file, "-"], capture_output=True, check=True)
    pages: list[tuple[float, float]] = []
    words = []
    for line in shown.stdout.decode("utf-8", "replace").splitlines():
        if page := re.search(r'<page width="([\d.]+)" height="([\d.]+)"', line):
            pages.append((float(page[1]), float(page[2])))
        elif word := re.search(
            r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*)</word>', line
        ):
            text = unescape(word[5])
            if text not in MARKS and len(text) > 0 and not _part_of_mark(text):
                words.append(Word(len(pages), text, *map(float, word.groups()[:4])))
    return pages, words


def _part_of_mark(text: str) -> bool:
    """The watermark is turned: its letters are found one by one."""
    return text in ("I", "n", "t", "e", "r", "a", "l", "In", "te", "rn", "Int", "ern", "nt", "er", "al")


def test_words_on_top_of_each_other_are_told_from_neighbours() -> None:
    one = Word(1, "a", 10, 10, 50, 20)
    assert one.over(Word(1, "b", 45, 12, 80, 22))
    assert not one.over(Word(1, "b", 52, 10, 80, 20))
    assert not one.over(Word(1, "b", 10, 19, 50, 29)), "lines of one text stand close"


def overlaps(words: list[Word]) -> Iterator[tuple[Word, Word]]:
    for place, one in enumerate(words):
        for other in words[place + 1 :]:
            if one.page == other.page and one.over(other):
                yield one, other


def within(pages: list[tuple[float, float]], words: list[Word], *, bleed: float) -> None:
    assert len(words) > 40 * len(pages)
    for word in words:
        width, height = pages[word.page - 1]
        assert word.left >= -bleed, word
        assert word.top >= -bleed, word
        assert word.right <= width + bleed, word
        assert word.bottom <= height + bleed, word


def converted(file: bytes, suffix: str, folder: Path, *, into: str = "pdf") -> bytes:
    """The file as LibreOffice prints it, or saves it anew."""
    (folder / "source").mkdir()
    source = folder / "source" / f"file.{suffix}"
    source.write_bytes(file)
    assert SOFFICE is not None
    subprocess.run(
        [
            SOFFICE, f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless",
            "--convert-to", into, "--outdir", folder, source,
        ],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    return (folder / f"file.{into}").read_bytes()


def variants(lang: Lang) -> tuple[Sheet, ...]:
    good, worst = sheets.good(lang), sheets.worst(lang)
    return (
        good,
        dataclasses.replace(good, chart=sheets.over_time(lang), logo=None),
        dataclasses.replace(good, chart=sheets.with_levels(lang)),
        dataclasses.replace(good, chart=sheets.groups(lang), quote=None),
        worst,
        dataclasses.replace(worst, chart=None),
        dataclasses.replace(worst, chart=sheets.over_time(lang), quote=None),
    )


@pytest.mark.slow
@needs_office
@needs_poppler
@pytest.mark.parametrize("lang", LANGS)
def test_on_slides_nothing_leaves_the_page_or_overlaps(lang: Lang, tmp_path: Path) -> None:
    deck = slides(sheets.story(variants(lang), sheets.NASTY * 60))
    pages, words = words_of(converted(deck, "pptx", tmp_path), tmp_path)
    assert len(pages) == 10, "a slide that LibreOffice had to repair would be missing"
    within(pages, words, bleed=0.5)
    assert [(one.text, other.text) for one, other in overlaps(words)] == []


@pytest.mark.slow
@needs_poppler
@pytest.mark.parametrize("lang", LANGS)
def test_in_documents_nothing_leaves_the_page_or_overlaps(lang: Lang, tmp_path: Path) -> None:
    pages, words = words_of(document(sheets.story(variants(lang), sheets.NASTY * 60)), tmp_path)
    within(pages, words, bleed=0)
    assert [(one.text, other.text) for one, other in overlaps(words)] == []


@pytest.mark.slow
@needs_poppler
@pytest.mark.parametrize("size", list(SIZES))
@pytest.mark.parametrize("lang", LANGS)
def test_in_pictures_nothing_leaves_the_page_or_overlaps(lang: Lang, size: Size, tmp_path: Path) -> None:
    width, height = SIZES[size]
    for sheet in variants(lang):
        png = picture(sheet, size)
        assert Image.open(io.BytesIO(png)).size == (width, height)
        # The same page as PDF, where words can be found.
        data = {"title": sheet.title, "width": width, "height": height, "sheet": sheet_data(sheet)}
        pages, words = words_of(typeset("picture", data, lang=lang), tmp_path)
        assert len(pages) == 1
        within(pages, words, bleed=0)
        assert [(one.text, other.text) for one, other in overlaps(words)] == []


@pytest.mark.slow
@needs_office
def test_a_book_opens_in_libreoffice(tmp_path: Path) -> None:
    file = sealed(variants("de"), "xlsx", KEY)
    assert converted(file, "xlsx", tmp_path).startswith(b"%PDF")


@pytest.mark.slow
@needs_office
@needs_poppler
def test_a_sealed_deck_opens_in_libreoffice_with_all_its_slides(tmp_path: Path) -> None:
    pages, _ = words_of(converted(sealed(variants("en"), "pptx", KEY), "pptx", tmp_path), tmp_path)
    assert len(pages) == 9


@pytest.mark.slow
@needs_office
@pytest.mark.parametrize("to", ["pptx", "xlsx"])
def test_a_file_saved_anew_by_libreoffice_can_still_be_verified(to: Format, tmp_path: Path) -> None:
    shown = [sheets.good(), dataclasses.replace(sheets.good(), claim="W-2", chart=sheets.with_levels("de"))]
    figures = {sheet.claim: figures_of(sheet) for sheet in shown}

    def known(ref: ClaimRef, _: Lang) -> ClaimEvidence:
        return ClaimEvidence(claim=ref.claim, figures=figures[ref.claim])

    saved = converted(sealed(shown, to, KEY), to, tmp_path, into=to)
    found = verify(saved, KEY, known)
    assert (found.origin, found.sound, found.words) == ("ours", True, ())
    assert found.counts["same"] == len(found.findings) > 50
    assert len(found.dropped) == (2 if to == "pptx" else 0), "the sheets behind the charts"
    assert all("Tabelle" in remark.de for remark in remarks(found))
    if to == "pptx":
        altered = verify(tampering.slide_text_changed(saved, "−4,1", "−4,7"), KEY, known)
        assert [one.shown for one in altered.findings if one.outcome == "altered"] == ["−4,7"]


def test_packages_name_every_part_and_every_part_is_there() -> None:
    """What Office calls a repair is mostly a part without a type or a relation without a part."""
    for to in ("pptx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(sealed(variants("de"), to, KEY))) as package:
            names = set(package.namelist())
            types = package.read("[Content_Types].xml").decode("utf-8")
            declared = set(re.findall(r'PartName="/([^"]+)"', types))
            suffixes = set(re.findall(r'Extension="([^"]+)"', types))
            assert declared <= names
            for name in names - {"[Content_Types].xml"}:
                assert name in declared or name.rpartition(".")[2] in suffixes, name
            for relations in (name for name in names if name.endswith(".rels")):
                folder = Path(relations).parent.parent
                text = package.read(relations).decode("utf-8")
                ids = re.findall(r'\bId="([^"]+)"', text)
                assert len(ids) == len(set(ids))
                for target in re.findall(r'<Relationship [^>]*?Target="([^"]+)"', text):
                    found = target.lstrip("/") if target.startswith("/") else _joined(folder, target)
                    assert found in names, (relations, target)


def _joined(folder: Path, target: str) -> str:
    parts: list[str] = []
    for part in (folder / target).as_posix().split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def test_a_book_holds_no_formula_and_no_link() -> None:
    book = openpyxl.load_workbook(io.BytesIO(sealed([sheets.worst()], "xlsx", KEY)))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert any(str(cell.value).startswith("=1+1") for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert all(cell.hyperlink is None for cell in cells)
