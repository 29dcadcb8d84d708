"""The few words that every document adds to a sheet's own."""

from __future__ import annotations

from collections.abc import Sequence

from core.text import Lang, Text
from exports.chart_scale import axis_of
from exports.plain_words import one_line, plain_words
from exports.sheet import Chart, Quote, Sheet

PROOF = Text(de="Nachweis {claim}", en="Proof {claim}")
CHECKABLE = Text(de="nachprüfbar", en="can be verified")
SAMPLE = Text(de="Beispieldaten", en="Sample data")
AS_OF = Text(de="Stand {day}", en="as of {day}")
GOOD_UNTIL = Text(de="gültig bis {month}", en="valid until {month}")
GRADE = Text(de="Belastbarkeit {grade}", en="Strength {grade}")
MARKS: dict[Lang, tuple[str, str]] = {"de": ("„", "“"), "en": ("“", "”")}
CHANGE = Text(de="Änderung", en="Change")
LOGO = Text(de="Logo von {subject}", en="Logo of {subject}")
PICTURE = Text(de="Bild von {person}", en="Picture of {person}")
SNAPSHOT = Text(de="Schnappschuss {id}", en="snapshot {id}")
DEFINITION = Text(de="Definition {version}", en="definition {version}")
MADE_ON = Text(de="erstellt am {day}", en="made on {day}")
SITUATION = Text(de="Ausgangslage", en="Situation")
APPROACH = Text(de="Vorgehen", en="Approach")
RESULT = Text(de="Ergebnis", en="Result")
FIGURES = Text(de="Zahlen im Überblick", en="The figures")
FINDING = Text(de="Befund", en="Finding")
SUBJECT = Text(de="Kunde", en="Customer")
GRADE_SHORT = Text(de="Stärke", en="Strength")
EVIDENCE = Text(de="Werte dahinter", en="Values behind it")
CUT_AXIS = Text(de="Achse beginnt nicht bei null", en="axis does not begin at zero")
CONTINUED = Text(de="{title} ({number} von {total})", en="{title} ({number} of {total})")


def quoted(quote: Quote, lang: Lang) -> str:
    """The words within the marks of their language; marks that people typed around them go."""
    opening, closing = MARKS[lang]
    return opening + bare(quote) + closing


def bare(quote: Quote) -> str:
    return plain_words(quote.text).strip().strip("„“”\"«»‚‘’'").strip()


def by_whom(quote: Quote) -> str:
    """Person and role, or whichever is known."""
    return ", ".join(one_line(word) for word in (quote.person, quote.role) if word.strip())


def chart_title(chart: Chart, lang: Lang) -> str:
    """What is drawn, in which unit, and that the axis leaves out zero where it does."""
    cut = CUT_AXIS(lang) if axis_of(chart).cut else ""
    return " · ".join(part for part in (one_line(chart.title), cut) if part)


def reference(sheet: Sheet) -> str:
    """The quiet line that leads back to the evidence."""
    return " · ".join(reference_lines(sheet))


def reference_lines(sheet: Sheet) -> tuple[str, ...]:
    """The same broken by sense: which claim; from when until when it holds, as far as that is known."""
    which = [PROOF.fill(claim=sheet.claim), GRADE.fill(grade=sheet.grade)]
    which += [CHECKABLE] if sheet.grade != "X" else []  # of an X the sheet says that it cannot be tested
    when = [SAMPLE] if sheet.sample else []
    when += [AS_OF.fill(day=sheet.as_of)] if sheet.as_of else []
    if sheet.good_until:
        month = f"{sheet.good_until.month:02}/{sheet.good_until.year}"
        when.append(GOOD_UNTIL.fill(month=month))
    return tuple(" · ".join(part(sheet.lang) for part in line) for line in (which, when) if line)


def claims_line(sheets: Sequence[Sheet]) -> str:
    """The foot of a file of several: each claim once."""
    ids = list(dict.fromkeys(one_line(sheet.claim) for sheet in sheets))
    sample = [SAMPLE(sheet.lang) for sheet in sheets if sheet.sample][:1]
    return " · ".join([*sample, *ids])


def source_line(sheet: Sheet) -> str:
    """Claim, when it was frozen, snapshot, definition and day, as far as they are known."""
    parts = [PROOF.fill(claim=sheet.claim)]
    parts += [SAMPLE] if sheet.sample else []
    parts += [AS_OF.fill(day=sheet.as_of)] if sheet.as_of else []
    parts += [SNAPSHOT.fill(id=sheet.snapshot)] if sheet.snapshot else []
    parts += [DEFINITION.fill(version=sheet.kpi_version)] if sheet.kpi_version else []
    parts.append(MADE_ON.fill(day=sheet.made_on))
    return ", ".join(part(sheet.lang) for part in parts) + "."


def sentence(words: str) -> str:
    """With a capital at the beginning and a full stop at the end, where there are words."""
    if not words:
        return ""
    return words[0].upper() + words[1:] + ("" if words.endswith((".", "!", "?", "…")) else ".")
