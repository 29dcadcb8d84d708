from __future__ import annotations

import dataclasses
import io
import zipfile

import pytest

from core.errors import UsageFault
from core.text import LANGS, Lang
from exports.anonymity import found_within, refuse_names
from exports.sealing import FORMATS, Format, sealed
from exports.sheet import Quote, Sheet
from tests.exports import sheets

KEY = b"k" * 32
NAMES = ["Hofmann Maschinenbau GmbH", "Hofmann", "Erika Mustermann", "Mustermann"]


def anonymous(lang: Lang = "de") -> Sheet:
    good = sheets.good(lang)
    assert good.quote is not None
    return dataclasses.replace(
        good,
        anonymous=True,
        subject="Maschinenbau, 50 bis 249 Mitarbeitende",
        logo=None,
        quote=Quote(text=good.quote.text, person="", role=good.quote.role),
        evidence=None,
    )


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize("lang", LANGS)
def test_no_byte_of_an_anonymous_file_names_the_customer(to: Format, lang: Lang) -> None:
    file = sealed([anonymous(lang)], to, KEY)
    assert found_within(file, NAMES) == []


@pytest.mark.parametrize("to", ["pptx", "pdf", "xlsx"])
def test_a_search_that_finds_nothing_would_have_found_the_name(to: Format) -> None:
    named = dataclasses.replace(anonymous(), title="Hofmann Maschinenbau GmbH ist schneller", anonymous=False)
    assert "Hofmann" in found_within(sealed([named], to, KEY), NAMES)


@pytest.mark.parametrize("to", FORMATS)
def test_properties_name_the_product_and_nobody_else(to: Format) -> None:
    file = sealed([anonymous()], to, KEY)
    for word in ("Steve Canny", "python-pptx", "XlsxWriter", "Microsoft Macintosh"):
        assert found_within(file, [word]) == [], word


def test_a_slide_deck_holds_no_part_that_it_does_not_need() -> None:
    with zipfile.ZipFile(io.BytesIO(sealed([anonymous()], "pptx", KEY))) as package:
        names = package.namelist()
    assert not [name for name in names if "thumbnail" in name or "printerSettings" in name or "media" in name]
    assert len([name for name in names if name.startswith("ppt/slideLayouts/slideLayout")]) == 1


def test_names_are_found_over_the_borders_of_runs_and_in_sheets_within_charts() -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as package:
        package.writestr("xl/sharedStrings.xml", "<si><t>Hof</t><t>mann &amp; Co</t></si>")
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as package:
        package.writestr("ppt/embeddings/sheet1.xlsx", inner.getvalue())
    assert found_within(outer.getvalue(), ["HOFMANN & CO", "Hoffmann"]) == ["HOFMANN & CO"]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"logo": sheets.picture()}, "Logo"),
        ({"quote": Quote(text="x", person="Erika Mustermann", role="")}, "Person"),
        ({"quote": Quote(text="x", person="", role="", picture=sheets.picture())}, "Bild"),
        ({"evidence": (("Monat",), ("09/2025",))}, "Tabelle"),
    ],
)
def test_an_anonymous_sheet_that_names_somebody_never_leaves(change: dict[str, object], named: str) -> None:
    sheet = dataclasses.replace(anonymous(), **change)  # type: ignore[arg-type]
    for to in FORMATS:
        with pytest.raises(UsageFault, match=named):
            sealed([sheet], to, KEY)


@pytest.mark.parametrize(("n", "leaves"), [(9.0, False), (10.0, True)])
def test_below_ten_cases_an_anonymous_sheet_never_leaves(n: float, leaves: bool) -> None:
    sheet = anonymous()
    facts = tuple(
        dataclasses.replace(fact, text=str(int(n)), value=n) if fact.role == "n" else fact
        for fact in sheet.facts
    )
    few = dataclasses.replace(sheet, facts=facts)
    if leaves:
        refuse_names(few)
        return
    with pytest.raises(UsageFault, match="weniger als 10"):
        sealed([few], "xlsx", KEY)
    refuse_names(dataclasses.replace(few, anonymous=False))
