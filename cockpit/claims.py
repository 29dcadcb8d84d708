"""Claims: freeze what a project shows, keep it true, and see what is on the shelf."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from cockpit.holding import hold_snapshots
from cockpit.measuring import readings
from cockpit.projectresults import KpiResult, ProjectResult, result, results
from cockpit.projects import project_of
from cockpit.workspace import Workspace
from core.errors import UsageFault
from core.text import Text
from metrics.wording import number
from proof.claim import Change, Claim, Figure, changes, expiry, new_id
from proof.consent import Permission, permission
from proof.effect import Effect
from proof.evidence import EvidenceTable
from proof.figures import figures, levels
from proof.fitting import Candidate
from proof.handouts import Handout
from proof.project import Project, ProjectKpi
from proof.refusals import CASES, VALUES
from proof.words import wording


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A claim on the shelf. `today`: what it would be on today's data, None where they
    show nothing in its place any more; `stale`: where the two differ. `age` in days."""

    claim: Claim
    project: Project
    kpi: ProjectKpi
    permission: Permission
    stale: tuple[Change, ...]
    today: Claim | None
    expired: bool
    age: int
    handouts: tuple[Handout, ...]

    @property
    def fresh(self) -> bool:
        return not (self.stale or self.today is None or self.expired)

    @property
    def by_word(self) -> bool:
        """Whether it is the customer's word that it got better."""
        effect = self.claim.effect
        if self.claim.provenance != "customer" or effect.before is None or effect.after is None:
            return False
        gain = effect.after - effect.before
        return gain > 0 if effect.better == "higher" else gain < 0

    @property
    def candidate(self) -> Candidate:
        return Candidate(
            claim=self.claim.id, industry=self.project.industry, size=self.project.size,
            phases=self.project.phases, unit=self.kpi.unit, grade=self.claim.grade,
            verdict=self.claim.verdict, allowed=self.permission.allowed, stale=not self.fresh, age=self.age,
            by_word=self.by_word,
        )  # fmt: skip


def make(ws: Workspace, project_id: str, kpi: str, person: str, *, at: dt.datetime | None = None) -> Claim:
    """Freezes what a project's KPI shows now; an earlier claim of the KPI leaves the shelf.

    UsageFault where there is nothing to claim yet.
    """
    kept = freeze(ws, result(ws, project_of(ws, project_id)), kpi, person, at or ws.now())
    hold_snapshots(ws)
    return kept


def freeze(ws: Workspace, found: ProjectResult, kpi: str, person: str, at: dt.datetime) -> Claim:
    """Keeps what is already worked out; the caller holds the snapshot afterwards (`hold_snapshots`)."""
    project, compared = found.project, _of(found, kpi)
    drafted = _drafted(ws, found, compared, person, at)
    drafted = drafted.model_copy(update={"evidence": _evidence(ws, project, compared)})
    same = (old.id for old in ws.state.claims.offered() if (old.project, old.kpi) == (project.id, kpi))
    return ws.state.claims.keep(drafted, replacing=next(same, None))


def renew(ws: Workspace, claim_id: str, person: str) -> Claim:
    """A new claim in place of a stale or expired one, on today's data."""
    old = ws.state.claims.get(claim_id)
    return make(ws, old.project, old.kpi, person)


def retire(ws: Workspace, claim: Claim, person: str) -> None:
    """Takes a claim off the shelf; what was handed out can still be verified."""
    ws.state.claims.retire(claim.id, claim.version, person=person, at=ws.now())


def shelf(ws: Workspace) -> list[Entry]:
    """All claims that are offered, the newest first, each held against today's data and consents."""
    claims = ws.state.claims.offered()
    if not claims:
        return []
    shown = {each.project.id: each for each in results(ws)}
    consents, today = ws.state.consents.all(), ws.now().date()
    uses = _by_claim(ws.state.claims.handouts())
    return [
        _entry(
            ws,
            claim,
            shown[claim.project],
            permission(consents.get(claim.project, ()), today),
            uses.get(claim.id, ()),
        )
        for claim in claims
    ]


def entry(ws: Workspace, claim_id: str) -> Entry:
    """One claim, retired or not. UsageFault where there is none of that id."""
    claim = ws.state.claims.get(claim_id)
    found = result(ws, project_of(ws, claim.project))
    allowed = permission(ws.state.consents.of(claim.project), ws.now().date())
    return _entry(ws, claim, found, allowed, tuple(ws.state.claims.handouts([claim.id])))


def with_evidence(ws: Workspace, shown: Entry) -> Claim | None:
    """What the claim would be today, its evidence table included."""
    if shown.today is None:
        return None
    kpi = _of(result(ws, shown.project), shown.claim.kpi)
    return shown.today.model_copy(update={"evidence": _evidence(ws, shown.project, kpi)})


def unclaimed(ws: Workspace) -> list[tuple[Project, ProjectKpi]]:
    """KPIs of projects that show something for which there is no claim yet."""
    there = {(claim.project, claim.kpi) for claim in ws.state.claims.offered()}
    return [
        (each.project, kpi.kpi)
        for each in results(ws)
        for kpi in each.kpis
        if kpi.wording is not None and (each.project.id, kpi.kpi.key) not in there
    ]


def _entry(
    ws: Workspace, claim: Claim, found: ProjectResult, allowed: Permission, handouts: tuple[Handout, ...]
) -> Entry:
    kpi, today = _of(found, claim.kpi), ws.now().date()
    fresh = None
    if kpi.wording is not None:
        fresh = _drafted(ws, found, kpi, claim.made_by, claim.made_at).model_copy(update={"id": claim.id})
    return Entry(
        claim=claim, project=found.project, kpi=kpi.kpi, permission=allowed,
        stale=changes(claim, fresh) if fresh else (), today=fresh, expired=claim.expired(today),
        age=(today - claim.made_at.date()).days, handouts=handouts,
    )  # fmt: skip


def _of(found: ProjectResult, kpi: str) -> KpiResult:
    for each in found.kpis:
        if each.kpi.key == kpi:
            return each
    raise UsageFault(
        Text(de="Das Projekt hat keine Kennzahl „{kpi}“.", en="The project has no KPI “{kpi}”.").fill(kpi=kpi)
    )


def _drafted(ws: Workspace, found: ProjectResult, kpi: KpiResult, person: str, at: dt.datetime) -> Claim:
    """The claim that a result would be, under a new id."""
    if kpi.chosen is None or kpi.wording is None or kpi.graded is None:
        raise UsageFault(kpi.waiting or NOTHING)
    effect, head = kpi.chosen, ws.warehouse.head()
    cases = [n for n in (effect.n_before, effect.n_after) if n]
    return Claim(
        id=new_id(), project=found.project.id, kpi=kpi.kpi.key, made_at=at, made_by=person,
        snapshot=head.id if head else "",
        kpi_version=kpi.baseline.kpi_version if kpi.baseline else "",
        title=kpi.wording.title, sentence=kpi.wording.sentence, footnote=kpi.wording.footnote,
        anonymous_footnote=_masked(ws, found.project, kpi),
        grade=kpi.graded.grade, grade_reason=kpi.graded.reason, verdict=kpi.verdict,
        provenance=kpi.provenance, figures=shown_figures(effect, ws.settings.currency), effect=effect,
        evidence=None, n=min(cases) if cases else None,
        expires_on=expiry(at.date()), sample=found.project.sample,
    )  # fmt: skip


def _masked(ws: Workspace, project: Project, kpi: KpiResult) -> Text:
    """The footnote of an anonymous claim."""
    if kpi.chosen is None or kpi.graded is None:
        raise UsageFault(NOTHING)
    said = wording(
        kpi.chosen, kpi.verdict, kpi.graded, kpi.kpi.name, project=project.name, provenance=kpi.provenance,
        currency=ws.settings.currency, masked=True,
    )  # fmt: skip
    return said.footnote


def _evidence(ws: Workspace, project: Project, kpi: KpiResult) -> EvidenceTable | None:
    """The frozen baseline and the after window as the data tell it now; None for a customer's word."""
    if kpi.baseline is None:
        return None
    frozen = kpi.baseline.evidence
    with ws.open() as snapshot:
        now = readings(ws, project, kpi.kpi, snapshot).evidence()
    after = now.inside(project.after)
    return frozen.model_copy(update={"rows": (*frozen.rows, *after.rows)})


def shown_figures(effect: Effect, currency: str) -> tuple[Figure, ...]:
    """Every number of an effect that a document shows, by place."""
    shown = figures(effect, currency)
    if shown is None:
        pair = levels(effect, currency)
        if pair is None:
            return ()
        return tuple(
            Figure(place=role, label=LABELS[role], text=one.text, value=one.value, role=role)
            for role, one in zip(("before", "after"), pair, strict=True)
        )
    change = LABELS["difference" if effect.design == "plain" else "change"]
    made = [
        Figure(
            place="before", label=LABELS["before"], text=shown.before.text, value=shown.before.value,
            role="before",
        ),
        Figure(
            place="after", label=LABELS["after"], text=shown.after.text, value=shown.after.value, role="after"
        ),
        Figure(
            place="change", label=change, text=shown.signed.text, value=shown.signed.value,
            role="change",
        ),
        Figure(
            place="interval", label=LABELS["interval"], text=shown.interval, value=None, role="interval"
        ),
    ]  # fmt: skip
    if effect.design != "plain":
        made.append(
            Figure(
                place="expected", label=LABELS["expected"], text=shown.expected.text,
                value=shown.expected.value,
            )
        )  # fmt: skip
    what = CASES if effect.kind == "rate" else VALUES
    for place, count in (("n_before", effect.n_before), ("n_after", effect.n_after)):
        text = Text(de=f"{number(count, 0, 'de')} {what.de}", en=f"{number(count, 0, 'en')} {what.en}")
        made.append(Figure(place=place, label=LABELS[place], text=text, value=float(count), role="n"))
    return tuple(made)


def _by_claim(handouts: list[Handout]) -> Mapping[str, tuple[Handout, ...]]:
    found: dict[str, list[Handout]] = {}
    for each in handouts:
        found.setdefault(each.claim, []).append(each)
    return {claim: tuple(listed) for claim, listed in found.items()}


LABELS: Mapping[str, Text] = {
    "before": Text(de="vorher", en="before"),
    "after": Text(de="nachher", en="after"),
    "expected": Text(de="zu erwarten gewesen", en="to be expected"),
    "change": Text(de="Änderung gegenüber dem Erwarteten", en="Change against what was to be expected"),
    "difference": Text(de="Änderung", en="Change"),
    "interval": Text(de="95-%-Intervall", en="95% interval"),
    "n_before": Text(de="n vorher", en="n before"),
    "n_after": Text(de="n nachher", en="n after"),
}
NOTHING = Text(de="Hier gibt es noch nichts zu sagen.", en="There is nothing to say here yet.")
