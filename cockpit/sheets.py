"""A claim in the words of one language, as far as the customer allowed it: what the exporters take."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from cockpit.claims import LABELS, Entry
from core.errors import UsageFault
from core.text import Lang, Text, written
from exports.sheet import Chart, Quote, Series, Sheet, Shown
from metrics.wording import amount, figure, number, unit_words
from proof.anonymity import named_in
from proof.claim import PROVENANCES, Claim
from proof.consent import Consent
from proof.effect import Effect
from proof.evidence import SMALLEST_CELL, EvidenceTable
from proof.figures import decimals
from proof.project import Project, ProjectKpi
from proof.sectors import anonymous_name
from proof.window import Window
from proof.words import grade_words

FEWEST_POINTS = 8
"""Fewer periods are shown as one figure before and one after."""


@dataclass(frozen=True, kw_only=True)
class Manner:
    """How a claim is shown: whose words go with it, and whether nobody may be named."""

    anonymous: bool
    internal: bool = False
    consent: Consent | None = None


def sheet(entry: Entry, lang: Lang, made_on: dt.date) -> Sheet:
    """What may be said of a claim today. UsageFault where nothing may leave the house: no consent, withdrawn
    or over, the claim expired, an anonymous one with fewer than ten cases or with a name in its words."""
    claim, allowed = entry.claim, entry.permission
    if allowed.allowed == "none":
        raise UsageFault(allowed.said)
    if entry.expired:
        raise UsageFault(EXPIRED.fill(claim=claim.id, day=claim.expires_on))
    manner = Manner(
        anonymous=allowed.allowed == "anonymous", internal=allowed.allowed == "internal", consent=allowed.by
    )
    if manner.anonymous and (claim.n is None or claim.n < SMALLEST_CELL):
        raise UsageFault(TOO_FEW.fill(least=SMALLEST_CELL))
    made = sheet_of(entry, claim, manner, lang, made_on)
    if manner.anonymous:
        _check_nobody_named(made, entry.project, allowed.by)
    return made


def sheet_of(entry: Entry, claim: Claim, manner: Manner, lang: Lang, made_on: dt.date) -> Sheet:
    """The claim in that manner, whatever is allowed: behind the gate, and to verify what left the house."""
    project = entry.project
    anonymous = manner.anonymous
    return Sheet(
        claim=claim.id, lang=lang, title=claim.title(lang), sentence=claim.sentence(lang),
        footnote=(claim.anonymous_footnote if anonymous else claim.footnote)(lang),
        grade=claim.grade, grade_sentence=_grade(claim, lang),
        provenance=PROVENANCES[claim.provenance](lang),
        subject=anonymous_name(project.industry, project.size)(lang) if anonymous else project.customer,
        period=_period(claim.effect, project)(lang), logo=None,
        quote=_quote(manner.consent, project, anonymous=anonymous),
        chart=_chart(claim, entry.kpi, lang, anonymous=anonymous), facts=_facts(claim, lang),
        evidence=None if anonymous else _evidence(claim, entry.kpi, lang),
        watermark=INTERNAL(lang) if manner.internal else None, notes=_notes(claim, lang, anonymous=anonymous),
        snapshot=claim.snapshot, kpi_version=claim.kpi_version, made_on=made_on,
        good_until=_until(claim, manner.consent), anonymous=anonymous,
    )  # fmt: skip


def _grade(claim: Claim, lang: Lang) -> str:
    """`Belastbarkeit A: Wirkung belegt. Gegen eine Vergleichsgruppe gemessen, ...`."""
    return GRADE.fill(grade=claim.grade, means=grade_words(claim.grade), why=claim.grade_reason)(lang)


def _beside(kpi: ProjectKpi, lang: Lang) -> str:
    """The unit as it stands beside a number: h, %, nothing for a count."""
    _, unit = figure(1.0, kpi.unit)
    return unit(lang) if unit else ""


def _period(effect: Effect, project: Project) -> Text:
    before, after = (
        Window(first=ends[0], last=ends[1]) if ends else window
        for ends, window in ((effect.baseline, project.baseline), (effect.window, project.after))
    )
    return Text(de="{before} gegen {after}", en="{before} against {after}").fill(
        before=before.label(), after=after.label()
    )


def _quote(consent: Consent | None, project: Project, *, anonymous: bool) -> Quote | None:
    """The customer's words; anonymous without whose they are, and not at all where they name somebody."""
    if consent is None or not consent.quote.strip():
        return None
    if not anonymous:
        return Quote(text=consent.quote, person=consent.person, role=consent.role, picture=consent.picture)
    if named_in([consent.quote], [project.customer, consent.person]):
        return None
    return Quote(text=consent.quote, person="", role="")


def _facts(claim: Claim, lang: Lang) -> tuple[Shown, ...]:
    return tuple(
        Shown(place=one.place, label=one.label(lang), text=one.text(lang), value=one.value, role=one.role)
        for one in claim.figures
    )


def _chart(claim: Claim, kpi: ProjectKpi, lang: Lang, *, anonymous: bool) -> Chart | None:
    """The course where it is long enough, else two figures; an anonymous course leaves small cells out."""
    effect, name = claim.effect, kpi.name(lang)
    before, after = claim.figure("before"), claim.figure("after")
    if before is None or after is None:
        return None
    points = effect.points
    if anonymous:
        points = tuple(point for point in points if _large(claim.evidence, point.period))
    lines: list[Series] = []
    change_at: int | None = None
    if len(points) >= FEWEST_POINTS:
        labels = [f"{point.period:%m/%y}" for point in points]
        lines.append(_line(TREATED(lang), [point.treated for point in points], "treated"))
        if any(point.beside is not None for point in points):
            beside: Beside = "expected" if effect.design in ("its", "synthetic") else "control"
            lines.append(_line(BESIDE[beside](lang), [point.beside for point in points], beside))
        change_at = next((place for place, point in enumerate(points) if point.side == "after"), None)
    else:
        labels = [LABELS["before"](lang), LABELS["after"](lang)]
        lines.append(_line(TREATED(lang), [before.value, after.value], "treated"))
        if effect.control_before is not None and effect.control_after is not None:
            control = [effect.control_before, effect.control_after]
            lines.append(_line(BESIDE["control"](lang), control, "control"))
    return Chart(
        kind="series" if change_at is not None else "before_after",
        title=f"{name} · {unit_words(kpi.unit)(lang)}", unit=_beside(kpi, lang),
        labels=tuple(labels), series=tuple(lines),
        decimals=_decimals(effect), change_at=change_at, change_label=GO_LIVE(lang),
        alt=f"{name}: {claim.title(lang)}",
    )  # fmt: skip


def _line(
    name: str, values: Sequence[float | None], role: Literal["treated", "control", "expected"]
) -> Series:
    return Series(name=name, values=tuple(values), role=role)


def _large(evidence: EvidenceTable | None, period: dt.date) -> bool:
    """Whether every group's cell of a period is known to rest on ten cases or more."""
    cells = [row for row in evidence.rows if row.period == period] if evidence else []
    return bool(cells) and all(row.n is not None and row.n >= SMALLEST_CELL for row in cells)


def _decimals(effect: Effect) -> int:
    if effect.estimate is None or effect.low is None or effect.high is None:
        return 1
    return decimals(effect.estimate, effect.low, effect.high)


def _evidence(claim: Claim, kpi: ProjectKpi, lang: Lang) -> tuple[tuple[str, ...], ...] | None:
    """Header and one row a period and group."""
    if claim.evidence is None:
        return None
    rows = [
        (
            f"{row.period:%m/%Y}" if claim.evidence.grain != "day" else written(row.period, lang),
            GROUPS[row.group](lang),
            amount(row.value, kpi.unit)(lang),
            "–" if row.n is None else number(row.n, 0, lang),
        )
        for row in claim.evidence.rows
    ]
    return (tuple(head(lang) for head in HEADS), *rows)


def _notes(claim: Claim, lang: Lang, *, anonymous: bool) -> str:
    """Source, method and checks; anonymous without the checks, which count units."""
    if anonymous:
        told = (claim.anonymous_footnote, claim.effect.method, PROVENANCES[claim.provenance])
        return "\n".join(text(lang) for text in told)
    lines = [claim.footnote(lang), claim.effect.method(lang), PROVENANCES[claim.provenance](lang)]
    lines += [check.text(lang) for check in claim.effect.checks]
    return "\n".join(lines)


def _until(claim: Claim, consent: Consent | None) -> dt.date:
    """A file may be used as long as claim and consent both hold."""
    until = consent.until if consent else None
    return claim.expires_on if until is None else min(claim.expires_on, until)


def _check_nobody_named(made: Sheet, project: Project, consent: Consent | None) -> None:
    """An anonymous sheet names nobody, whatever people called their project or KPI."""
    texts = [made.title, made.sentence, made.footnote, made.notes, made.quote.text if made.quote else ""]
    texts += [made.chart.title, made.chart.alt] if made.chart else []
    names = [project.customer, consent.person if consent else ""]
    if found := named_in(texts, names):
        raise UsageFault(NAMED.fill(words=", ".join(sorted(found))))


Beside = Literal["control", "expected"]
BESIDE: Mapping[Beside, Text] = {
    "control": Text(de="Vergleichsgruppe", en="comparison group"),
    "expected": Text(de="zu erwarten gewesen", en="to be expected"),
}
TREATED = Text(de="mit Projekt", en="with the project")
GROUPS = {"treated": TREATED, "control": BESIDE["control"]}
GO_LIVE = Text(de="Go-live", en="Go-live")
INTERNAL = Text(de="Nur intern", en="Internal only")
GRADE = Text(de="Belastbarkeit {grade}: {means}. {why}", en="Strength {grade}: {means}. {why}")
HEADS = (
    Text(de="Zeitraum", en="Period"),
    Text(de="Gruppe", en="Group"),
    Text(de="Wert", en="Value"),
    Text(de="n", en="n"),
)
EXPIRED = Text(
    de="Der Nachweis {claim} ist am {day} abgelaufen. Bitte erneuern Sie ihn.",
    en="The proof {claim} expired on {day}. Please renew it.",
)
TOO_FEW = Text(
    de="Anonym darf das nicht hinaus: Es beruht auf weniger als {least} Fällen, der Kunde wäre zu erkennen.",
    en="This may not go out anonymously: it rests on fewer than {least} cases, the customer could be "
    "recognised.",
)
NAMED = Text(
    de="Anonym darf das nicht hinaus: In den Texten steht noch, um wen es geht ({words}). Bitte benennen Sie "
    "Projekt oder Kennzahl um.",
    en="This may not go out anonymously: its words still tell who it is about ({words}). Please rename the "
    "project or the KPI.",
)
