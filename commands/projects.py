"""Projects without a browser: what each changed, by how good a comparison, and whether its target is met."""

from __future__ import annotations

from typing import Annotated

from cockpit.projectresults import KpiResult, ProjectResult, results
from cockpit.workspace import open_workspace
from commands.grammar import DEFAULT_WORKSPACE, AsJson, InLang, InWorkspace, app, help_of, option
from core.errors import UsageFault, did_you_mean
from core.text import Text, same
from exports.json_text import json_text
from metrics.wording import amount
from proof.attained import Attained, Standing
from proof.figures import figures
from proof.project import same_key
from proof.words import verdict_words
from terminal import emit, print_table, tell

NOTHING_YET = Text(de="noch nichts zu vergleichen", en="nothing to compare yet")
BY_WORD = Text(de="nach Angabe des Kunden", en="according to the customer")
_OPEN = Text(de="{target}, noch offen", en="{target}, still open")
_STANDINGS: dict[tuple[Standing, bool], Text] = {
    ("reached", True): Text(de="{target}, erreicht", en="{target}, met"),
    ("reached", False): Text(de="{target}, knapp erreicht", en="{target}, only just met"),
    ("missed", True): Text(de="{target}, verfehlt", en="{target}, missed"),
    ("missed", False): Text(de="{target}, knapp verfehlt", en="{target}, only just missed"),
}


@app.command("projects", help=help_of("projects"))
def projects(
    *,
    project: Annotated[str | None, option("project", "KEY")] = None,
    workspace: InWorkspace = DEFAULT_WORKSPACE,
    as_json: AsJson = False,
    lang: InLang = "de",
) -> None:
    ws = open_workspace(workspace)
    found = results(ws)
    if project is not None:
        found = _of_key(found, project)
    if as_json:
        emit(json_text({"projects": [_plain(each) for each in found]}))
        return
    if found:
        print_table(
            [
                Text(de="Projekt", en="Project"),
                Text(de="Befund", en="Finding"),
                Text(de="Stärke", en="Strength"),
                Text(de="Urteil", en="Verdict"),
                Text(de="Ist", en="Actual"),
                Text(de="Soll", en="Target"),
            ],
            [_line(each, shown, ws.settings.currency) for each in found for shown in each.kpis],
            numbers_from=4,
        )
    tell(Text(de="{n} Projekte.", en="{n} projects.").fill(n=len(found)))


def _of_key(found: list[ProjectResult], key: str) -> list[ProjectResult]:
    """The project that a file would call so. UsageFault where there is none."""
    chosen = [each for each in found if same_key(each.project.key, key)]
    if not chosen:
        close = did_you_mean(key, [each.project.key for each in found])
        hint = Text(de="Meinten Sie „{key}“?", en="Did you mean “{key}”?").fill(key=close) if close else ""
        raise UsageFault(
            Text(
                de="Das Projekt „{key}“ gibt es nicht. {hint}", en="There is no project “{key}”. {hint}"
            ).fill(key=key, hint=hint)
        )
    return chosen


def _line(found: ProjectResult, shown: KpiResult, currency: str) -> list[Text]:
    kpi, held = shown.kpi, shown.attained
    target = amount(kpi.target, kpi.unit, currency)
    computed = shown.provenance == "computed"
    return [
        same(found.project.key),
        shown.wording.title if shown.wording else kpi.name,
        same(shown.graded.grade if shown.graded and computed else "–"),
        NOTHING_YET if shown.chosen is None else verdict_words(shown.verdict) if computed else BY_WORD,
        _actual(shown, currency),
        same("–") if kpi.target is None else _stands(held).fill(target=target),
    ]


def _stands(held: Attained | None) -> Text:
    """Met or missed, closely where chance may have decided; open until the window is over."""
    if held is None or held.standing == "open":
        return _OPEN
    return _STANDINGS[held.standing, held.clear is not False]


def _actual(shown: KpiResult, currency: str) -> Text:
    """The figure of the after window, rounded as the comparison shows it."""
    exact = figures(shown.chosen, currency) if shown.chosen else None
    if exact is not None:
        return exact.after.text
    held, effect = shown.attained, shown.chosen
    actual = held.actual if held else effect.after if effect else None
    return same("–") if actual is None else amount(actual, shown.kpi.unit, currency)


def _plain(found: ProjectResult) -> dict[str, object]:
    project = found.project
    return {
        "id": project.id, "key": project.key, "name": project.name, "customer": project.customer,
        "industry": project.industry, "size": project.size, "status": project.status,
        "go_live": project.go_live, "baseline": project.baseline, "after": project.after,
        "retrospective": project.retrospective, "kpis": [_kpi(shown) for shown in found.kpis],
    }  # fmt: skip


def _kpi(shown: KpiResult) -> dict[str, object]:
    return {
        "key": shown.kpi.key, "name": shown.kpi.name, "unit": shown.kpi.unit, "better": shown.kpi.better,
        "target": shown.kpi.target, "attained": shown.attained, "provenance": shown.provenance,
        "verdict": shown.verdict, "grade": shown.graded.grade if shown.graded else None,
        "reason": shown.graded.reason if shown.graded else None, "waiting": shown.waiting,
        "title": shown.wording.title if shown.wording else None,
        "sentence": shown.wording.sentence if shown.wording else None,
        "footnote": shown.wording.footnote if shown.wording else None,
        "effect": shown.chosen, "naive": shown.naive, "differs": shown.differs,
        "not_stronger": shown.not_stronger, "baseline_moved": len(shown.moved),
        "redefined": shown.redefined,
        "snapshot": shown.baseline.snapshot if shown.baseline else None,
        "evidence_digest": shown.baseline.digest if shown.baseline else None,
    }  # fmt: skip
