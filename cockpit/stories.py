"""Case studies: drafted from a project's data, edited by hand, the figures beside it bound to the claim."""

from __future__ import annotations

from cockpit.projects import project_of
from cockpit.workspace import Workspace
from core.text import Lang, Text
from proof.claim import Claim
from proof.handouts import Story
from proof.project import Project
from proof.sectors import industry_name, size_name


def story(ws: Workspace, project_id: str, lang: Lang) -> Story:
    """What people wrote, else a draft (version 0) from the project's data."""
    written = ws.state.stories.get(project_id, lang)
    if written is not None:
        return written
    project = project_of(ws, project_id)
    claims = [claim for claim in ws.state.claims.offered() if claim.project == project_id]
    return _drafted(project, claims, lang)


def write(ws: Workspace, edited: Story, person: str) -> Story:
    """Keeps the text. ChangedMeanwhile where somebody else wrote since."""
    return ws.state.stories.put(edited, person=person, at=ws.now())


def _drafted(project: Project, claims: list[Claim], lang: Lang) -> Story:
    first = project.first
    before = next((one for claim in claims for one in claim.figures if one.place == "before"), None)
    situation = SITUATION.fill(
        industry=industry_name(project.industry), size=size_name(project.size), kpi=first.name
    )(lang)
    if before is not None:
        situation += " " + BEFORE.fill(kpi=first.name, value=before.text, window=project.baseline.label())(
            lang
        )
    return Story(
        project=project.id,
        lang=lang,
        title=claims[0].title(lang) if claims else project.name(lang),
        situation=situation,
        approach=APPROACH.fill(done=project.done, day=project.go_live)(lang),
        result=" ".join(claim.sentence(lang) for claim in claims),
    )


SITUATION = Text(
    de="Ein Unternehmen aus der Branche {industry} ({size}) wollte bei dieser Kennzahl besser werden: {kpi}.",
    en="A company in {industry} ({size}) wanted to get better in this figure: {kpi}.",
)
BEFORE = Text(
    de="Im Basiszeitraum {window} stand sie bei {value}.", en="In the baseline {window} it stood at {value}."
)
APPROACH = Text(de="Zum {day}: {done}.", en="As of {day}: {done}.")
