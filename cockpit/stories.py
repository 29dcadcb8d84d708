"""Case studies: drafted from a project's data, edited by hand, every figure in them bound to its claim."""

from __future__ import annotations

from dataclasses import dataclass

from cockpit.projects import project_of
from cockpit.workspace import Workspace
from core.text import LANGS, Lang, Text, written
from proof.binding import bound, loose, mark, marks
from proof.claim import Claim, compared
from proof.handouts import Story
from proof.project import Project
from proof.sectors import industry_name, size_name

FIELDS = ("title", "situation", "approach", "result")


@dataclass(frozen=True, kw_only=True)
class Telling:
    """A case study to work on. `written`: as it is kept, figures as marks; `told`: as it reads with the
    figures of today's claims. `marks`: what may be used, with what it says now. `loose`: numbers typed by
    hand that no claim has."""

    written: Story
    told: Story
    marks: tuple[tuple[str, str], ...]
    loose: tuple[str, ...]


def story(ws: Workspace, project_id: str, lang: Lang) -> Story:
    """As it reads: what people wrote, else a draft (version 0), with the figures of the claims on offer."""
    return telling(ws, project_id, lang).told


def telling(ws: Workspace, project_id: str, lang: Lang, texts: Story | None = None) -> Telling:
    """The same with what it is made of; `texts`: what somebody has typed and not kept yet."""
    project, claims = project_of(ws, project_id), claims_of(ws, project_id)
    raw = texts or ws.state.stories.get(project_id, lang) or _drafted(project, claims, lang)
    typed = [str(getattr(raw, field)) for field in FIELDS]
    filled = dict(zip(FIELDS, (bound(text, claims, lang) for text in typed), strict=True))
    return Telling(
        written=raw, told=raw.model_copy(update=filled), marks=tuple(marks(claims, lang)),
        loose=loose(typed, claims, _known(project, claims, lang), lang),
    )  # fmt: skip


def write(ws: Workspace, edited: Story, person: str) -> Story:
    """Keeps the text. ChangedMeanwhile where somebody else wrote since."""
    return ws.state.stories.put(edited, person=person, at=ws.now())


def claims_of(ws: Workspace, project_id: str) -> list[Claim]:
    """A project's claims on offer, in the order of its KPIs: that is the number in a mark."""
    project = project_of(ws, project_id)
    order = [kpi.key for kpi in project.kpis]
    found = [claim for claim in ws.state.claims.offered() if claim.project == project_id]
    return sorted(found, key=lambda claim: order.index(claim.kpi) if claim.kpi in order else len(order))


def edited_langs(ws: Workspace, project_id: str) -> tuple[Lang, ...]:
    """The languages in which somebody has written a project's case study."""
    return tuple(lang for lang in LANGS if ws.state.stories.get(project_id, lang) is not None)


def _known(project: Project, claims: list[Claim], lang: Lang) -> list[str]:
    """What of a project may hold numbers: names, what was done, windows (planned, compared), and days."""
    windows = [window.label()(lang) for claim in claims for window in compared(claim, project)]
    return [
        *windows,
        project.name(lang), project.customer, project.done(lang), size_name(project.size)(lang),
        project.baseline.label()(lang), project.after.label()(lang), written(project.go_live, lang),
        str(project.go_live.year), str(project.baseline.first.year), str(project.after.last.year),
    ]  # fmt: skip


def _drafted(project: Project, claims: list[Claim], lang: Lang) -> Story:
    first = project.first
    situation = SITUATION.fill(
        industry=industry_name(project.industry), size=size_name(project.size), kpi=first.name
    )(lang)
    if claims and claims[0].figure("before") is not None:
        before, _ = compared(claims[0], project)
        stood = BEFORE.fill(value=mark("before", lang), window=before.label())
        situation += " " + stood(lang)
    return Story(
        project=project.id,
        lang=lang,
        title=mark("title", lang) if claims else project.name(lang),
        situation=situation,
        approach=APPROACH.fill(done=project.done(lang).rstrip("."), day=project.go_live)(lang),
        result=" ".join(mark("sentence", lang, place) for place, _ in enumerate(claims, start=1)),
    )


SITUATION = Text(
    de="Ein Unternehmen aus der Branche {industry} ({size}) wollte diese Kennzahl verbessern: {kpi}.",
    en="A company in {industry} ({size}) wanted to improve this figure: {kpi}.",
)
BEFORE = Text(
    de="Im Basiszeitraum {window} lag sie bei {value}.", en="In the baseline {window} it was {value}."
)
APPROACH = Text(de="Seit {day} in Betrieb: {done}.", en="In operation since {day}: {done}.")
