"""Sheets for tests: a good one as a customer would see it, and the worst that people can enter."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io

from PIL import Image

from core.text import Lang
from exports.sheet import CaseStudy, Chart, Quote, Series, Sheet, Shown

LONG_NAME = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft mbH & Co. KGaA"
NASTY = '=HYPERLINK("http://x") #eval(1) $x$ <b>&amp; \u202e12\u202c \u200fשלום 😀 \x07\x00 {{x}} @ref'


def picture(width: int = 300, height: int = 120, colour: tuple[int, int, int] = (15, 92, 122)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, format="PNG")
    return out.getvalue()


def slope(lang: Lang) -> Chart:
    de = lang == "de"
    return Chart(
        kind="before_after",
        title="Durchlaufzeit vom Auftrag zur Inbetriebnahme" if de else "Lead time from order to start",
        unit="Tage" if de else "days",
        labels=("vorher", "nachher") if de else ("before", "after"),
        series=(
            Series(name="umgestellte Teams" if de else "changed teams", values=(16.1, 11.1), role="treated"),
            Series(name="Vergleichsteams" if de else "comparison teams", values=(16.1, 15.2), role="control"),
        ),
        decimals=1,
        change_at=None,
        alt="Durchlaufzeit: umgestellte Teams von 16,1 auf 11,1 Tage, Vergleichsteams von 16,1 auf 15,2 Tage"
        if de
        else "Lead time: changed teams from 16.1 to 11.1 days, comparison teams from 16.1 to 15.2 days",
    )


def over_time(lang: Lang) -> Chart:
    treated = (16.4, 15.9, 16.3, 16.2, 15.8, 16.1, 14.0, 12.6, 11.9, 11.3, 10.9, 11.1)
    control = (16.0, 16.2, 15.9, 16.3, 16.1, 15.8, 15.9, 15.4, None, 15.3, 15.1, 15.2)
    de = lang == "de"
    return dataclasses.replace(
        slope(lang),
        kind="series",
        labels=tuple(f"{month:02}/{year}" for year in (2025, 2026) for month in range(1, 13))[6:18],
        series=(
            Series(name="umgestellte Teams" if de else "changed teams", values=treated, role="treated"),
            Series(name="Vergleichsteams" if de else "comparison teams", values=control, role="control"),
        ),
        change_at=6,
        change_label="Umstellung" if de else "Change",
    )


def with_levels(lang: Lang) -> Chart:
    """The course over time with the figures of its windows drawn over it."""
    course, de = over_time(lang), lang == "de"
    names = ("vorher", "zu erwarten gewesen", "nachher") if de else ("before", "to be expected", "after")
    figures = ((16.1, None), (None, 15.2), (None, 11.1))
    return dataclasses.replace(
        course,
        series=(
            *course.series,
            *(
                Series(
                    name=name,
                    values=(before,) * 6 + (after,) * 6,
                    role="expected" if place == 1 else "treated",
                    form="level",
                )
                for place, (name, (before, after)) in enumerate(zip(names, figures, strict=True))
            ),
        ),
    )


def groups(lang: Lang) -> Chart:
    names = (
        "Angebot",
        "Beratung",
        "Auftrag",
        "Lieferung",
        "Rechnung",
        "Service",
        "Reklamation",
        "Wiederkauf",
    )
    values = (412.5, -236.0, 148.0, 97.0, 0.04, -12.5, 61.0, 388.0)
    return dataclasses.replace(
        slope(lang),
        kind="groups",
        unit="T€" if lang == "de" else "k€",
        labels=(*names, LONG_NAME, "Weiteres"),
        series=(Series(name="Veränderung", values=(*values, 5.0, None), role="treated"),),
    )


def good(lang: Lang = "de") -> Sheet:
    de = lang == "de"
    return Sheet(
        claim="W-7F3K2",
        lang=lang,
        title="Vom Auftrag zur Inbetriebnahme vier Tage schneller als die Vergleichsteams, durch Übergaben"
        if de
        else "From order to start four days faster than the comparison teams, through fixed hand-overs",
        sentence="Unterschied der Veränderungen: −4,1 Tage (95 %: −5,6 bis −2,6), das sind 25 %."
        if de
        else "Difference of the changes: −4.1 days (95%: −5.6 to −2.6), that is 25%.",
        footnote="Durchlaufzeit: Auftragseingang bis Inbetriebnahme, Kalendertage, Median · n = 418 · "
        "09/2025–08/2026"
        if de
        else "Lead time: order to start, calendar days, median a month · n = 418 · 09/2025–08/2026",
        grade="A",
        grade_sentence="Belastbarkeit A: mit Vergleichsgruppe, gleicher Verlauf in neun Monaten davor geprüft"
        if de
        else "Strength A: with a comparison group, equal course in the nine months before was tested",
        provenance="Werte aus dem ERP berechnet." if de else "Values computed from the ERP.",
        subject="Hofmann Maschinenbau GmbH",
        period="09/2025–08/2026",
        logo=picture(),
        quote=Quote(
            text="Wir wissen jetzt am ersten Tag, was der Vertrieb versprochen hat. Der Kunde merkt das."
            if de
            else "We now know on the first day what sales has promised. The customer notices.",
            person="Erika Mustermann",
            role="Leiterin Auftragsabwicklung" if de else "Head of order processing",
            picture=picture(200, 200, (169, 180, 191)),
        ),
        chart=slope(lang),
        facts=(
            _fact("before", "vorher", "16,1 Tage", 16.1, lang),
            _fact("after", "nachher", "11,1 Tage", 11.1, lang),
            _fact("change", "Unterschied", "−4,1 Tage", -4.1, lang),
            _fact("interval", "95-%-Intervall", "−5,6 bis −2,6 Tage", None, lang),
            _fact("n", "Aufträge", "418", 418.0, lang),
        ),
        key=("change", "interval"),
        evidence=(
            ("Monat", "Gruppe", "Summe", "n"),
            ("09/2025", "umgestellt", "322,0", "20"),
            ("10/2025", "umgestellt", "338,1", "21"),
            ("09/2025", "Vergleich", "354,2", "22"),
        ),
        watermark=None,
        notes="Quelle: ERP-Export, 418 Aufträge.\nMethode: Differenz der Differenzen."
        if de
        else "Source: ERP export, 418 orders.\nMethod: difference in differences.",
        snapshot="20261102T080000-4f2a",
        kpi_version="3",
        made_on=dt.date(2026, 11, 2),
        good_until=dt.date(2027, 12, 31),
    )


def _fact(place: str, label: str, text: str, value: float | None, lang: Lang) -> Shown:
    english = text.replace(",", ".").replace("Tage", "days").replace("bis", "to")
    roles = {"before": "before", "after": "after", "change": "change", "interval": "interval", "n": "n"}
    return Shown(
        place=place,
        label=label,
        text=text if lang == "de" else english,
        value=value,
        role=roles[place],  # type: ignore[arg-type]
    )


def worst(lang: Lang = "de") -> Sheet:
    """Long names, a quote of 3,000 characters with markup, no logo, ten figures, a long footnote."""
    base = good(lang)
    tiny = -0.0004
    return dataclasses.replace(
        base,
        claim="W-WWWWWWWWWWWW",
        title=f"{LONG_NAME}: " + base.title + " und " + base.title,
        sentence=base.sentence + " " + NASTY + " " + base.sentence * 4,
        footnote=base.footnote * 4,
        grade_sentence=base.grade_sentence + "; " + base.grade_sentence,
        provenance=base.provenance * 5,
        subject=f"{LONG_NAME} {NASTY}",
        logo=None,
        quote=Quote(
            text=(NASTY + " Wir wissen jetzt am ersten Tag, was der Vertrieb versprochen hat. ") * 30,
            person=f"Prof. Dr. Dr. h. c. {LONG_NAME}",
            role=f"Bereichsleitung {LONG_NAME} {NASTY}",
            picture=picture(50, 800),
        ),
        chart=dataclasses.replace(
            base.chart or slope(lang),
            title=NASTY + LONG_NAME,
            unit="%",
            decimals=4,
            labels=(NASTY, LONG_NAME),
            series=(
                Series(name=LONG_NAME, values=(tiny, -0.0005), role="treated"),
                Series(name=NASTY, values=(tiny, -0.0005), role="control"),
                Series(name=LONG_NAME, values=(None, -0.0005), role="expected"),
            ),
        ),
        facts=tuple(
            dataclasses.replace(
                base.facts[0], place=f"fact{place}", label=LONG_NAME, text=f"−{place}.234.567,8 {NASTY}"
            )
            for place in range(10)
        ),
        evidence=(("Monat", NASTY, LONG_NAME), *(("=1+1", NASTY, LONG_NAME) for _ in range(40))),
        watermark="Intern" if lang == "de" else "Internal",
        notes=NASTY * 40,
    )


def story(sheets: tuple[Sheet, ...], words: str) -> CaseStudy:
    return CaseStudy(title=sheets[0].title, situation=words, approach=words, result=words, sheets=sheets)
