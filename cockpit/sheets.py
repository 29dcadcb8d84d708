"""A claim in the words of one language, as far as the customer allowed it: what the exporters take."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from cockpit.claims import Entry
from cockpit.sheetcharts import NAMES, chart_of
from core.errors import UsageFault
from core.text import Lang, Text, written
from exports.anonymity import words_of
from exports.sheet import Quote, Sheet, Shown
from metrics.wording import figure, number
from proof.anonymity import named_in
from proof.claim import PROVENANCES, Claim, compared
from proof.consent import Consent
from proof.evidence import SMALLEST_CELL
from proof.project import Project, ProjectKpi
from proof.sectors import anonymous_name
from proof.words import everyday, grade_words


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
        period=_period(claim, project)(lang), logo=_logo(manner),
        quote=_quote(manner.consent, project, anonymous=anonymous),
        chart=chart_of(claim, entry.kpi, lang, anonymous=anonymous), facts=_facts(claim, lang),
        key=_key(claim),
        evidence=None if anonymous else _evidence(claim, entry.kpi, lang),
        watermark=INTERNAL(lang) if manner.internal else None, notes=_notes(claim, lang, anonymous=anonymous),
        snapshot=claim.snapshot, kpi_version=claim.kpi_version, made_on=made_on,
        as_of=claim.made_at.date(), good_until=_until(claim, manner.consent), anonymous=anonymous,
        sample=claim.sample,
    )  # fmt: skip


def _grade(claim: Claim, lang: Lang) -> str:
    """`Belastbarkeit A: Wirkung belegt. Gegen eine Vergleichsgruppe gemessen, ...`; the reason of an X says
    itself what it means."""
    if claim.grade == "X":
        return UNUSABLE.fill(why=claim.grade_reason)(lang)
    return GRADE.fill(grade=claim.grade, means=grade_words(claim.grade), why=claim.grade_reason)(lang)


def _period(claim: Claim, project: Project) -> Text:
    before, after = compared(claim, project)
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


def _logo(manner: Manner) -> bytes | None:
    """The customer's, where they consented to be named: only that kind speaks of a logo."""
    consent = manner.consent
    if consent is None or consent.kind != "named" or manner.anonymous or manner.internal:
        return None
    return consent.logo


def _facts(claim: Claim, lang: Lang) -> tuple[Shown, ...]:
    return tuple(
        Shown(place=one.place, label=one.label(lang), text=one.text(lang), value=one.value, role=one.role)
        for one in claim.figures
    )


def _key(claim: Claim) -> tuple[str, str]:
    """The two figures that carry the finding: without an effect shown, the ones that turned out alike."""
    shown = {figure.place for figure in claim.figures}
    if claim.verdict in ("improved", "worsened") and "change" in shown:
        return "change", "interval"
    return ("expected" if claim.verdict == "no_effect" and "expected" in shown else "before"), "after"


def _evidence(claim: Claim, kpi: ProjectKpi, lang: Lang) -> tuple[tuple[str, ...], ...] | None:
    """Header, with the unit, and one row a period: value and n of each group, plain numbers."""
    table = claim.evidence
    if table is None:
        return None
    _, unit = figure(1.0, kpi.unit)
    beside = f" ({unit(lang)})" if unit else ""
    groups = [role for role in GROUPS if any(row.group == role for row in table.rows)]
    cells = {(row.period, row.group): row for row in table.rows}
    places = _places([row.value for row in table.rows])
    head = [PERIOD(lang)]
    for group in groups:
        head += [f"{NAMES[group](lang)}{beside}", "n"]
    rows = [tuple(head)]
    for period in sorted({row.period for row in table.rows}):
        said = [f"{period:%m/%Y}" if table.grain != "day" else written(period, lang)]
        for group in groups:
            row = cells.get((period, group))
            said.append("–" if row is None else number(row.value, places, lang))
            said.append("–" if row is None or row.n is None else number(row.n, 0, lang))
        rows.append(tuple(said))
    return tuple(rows)


def _places(values: Sequence[float]) -> int:
    """Decimals of a column: none for counts and large values, enough to tell small ones apart."""
    if all(value.is_integer() for value in values):
        return 0
    largest = max(map(abs, values))
    return 0 if largest >= 1000 else 1 if largest >= 10 else 2


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
    common = [*everyday(), made.subject, made.provenance, made.grade_sentence]
    common += [fact.label for fact in made.facts]
    if found := named_in(words_of(made), names_to_hide(project, consent), common):
        raise UsageFault(NAMED.fill(words=", ".join(sorted(found))))


def names_to_hide(project: Project, consent: Consent | None) -> list[str]:
    """Who must not be recognised in what is cleared only without names."""
    return [name for name in (project.customer, consent.person if consent else "") if name.strip()]


INTERNAL = Text(de="Nur intern", en="Internal only")
UNUSABLE = Text(de="Belastbarkeit X: {why}", en="Strength X: {why}")
GRADE = Text(de="Belastbarkeit {grade}: {means}. {why}", en="Strength {grade}: {means}. {why}")
GROUPS: tuple[Literal["treated", "control"], ...] = ("treated", "control")
PERIOD = Text(de="Zeitraum", en="Period")
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
