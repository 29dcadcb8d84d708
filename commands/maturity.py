"""How mature a team is: scoring a table of answers, planning how to reach a target."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, cast

from checklists.plan import Step
from cockpit.maturity import checklist_of, plan_file, score_file
from cockpit.roundpapers import quick_check
from cockpit.workspace import open_workspace
from commands.grammar import DEFAULT_WORKSPACE, AsJson, InLang, InWorkspace, app, argument, help_of, option
from commands.rounds import found_round, who
from core.errors import InputFault
from core.text import Lang, Text, same
from exports.json_text import json_text
from terminal import emit, in_words, print_table, tell

DIMENSION = Text(de="Bereich", en="Dimension")
NOTHING = same("–")


@app.command("score", help=help_of("score"))
def score(
    catalog: Annotated[str, argument("catalog", "CATALOG")],
    answers: Annotated[Path, argument("answers", "ANSWERS.csv")],
    *,
    workspace: InWorkspace = DEFAULT_WORKSPACE,
    as_json: AsJson = False,
    lang: InLang = "de",
) -> None:
    checklist = checklist_of(workspace, catalog)
    found = score_file(checklist, answers)
    if as_json:
        emit(
            json_text(
                {
                    "catalog": checklist.id,
                    "version": checklist.version,
                    "respondents": found.respondents,
                    "overall": found.score.overall,
                    "dimensions": found.score.dimensions,
                    "tiers": [
                        {"by": tier.by, "take": tier.take, "scores": scores}
                        for tier, scores in found.score.tiers
                    ],
                    "statements": list(found.score.values.values()),
                }
            )
        )
        return
    names = {dimension.id: dimension.name for dimension in checklist.dimensions}
    if found.score.dimensions:
        print_table(
            [
                DIMENSION,
                Text(de="Niveau", en="Level"),
                Text(de="Stufe", en="Gated level"),
                Text(de="Es fehlt", en="Missing"),
            ],
            [
                [
                    names[one.dimension],
                    NOTHING if one.continuous is None else in_words(round(one.continuous, 2)),
                    NOTHING if one.gated is None else in_words(one.gated),
                    same(", ".join(one.missing) or "–"),
                ]
                for one in found.score.dimensions
            ],
            numbers_from=1,
        )
    for tier, scores in found.score.tiers:
        if tier.by != "level":
            print_table(
                [DIMENSION, Text(de="Wert", en="Score")],
                [[names.get(name, same(name)), in_words(round(value, 3))] for name, value in scores.items()],
                numbers_from=1,
            )
    overall = found.score.overall
    tell(
        Text(
            de="{name}, Fassung {version}: {count} Antwortende, insgesamt {overall}.",
            en="{name}, version {version}: {count} respondents, overall {overall}.",
        ).fill(
            name=checklist.name,
            version=checklist.version,
            count=found.respondents,
            overall=NOTHING if overall is None else round(overall, 2),
        )
    )


@app.command("plan", help=help_of("plan"))
def plan(
    catalog: Annotated[str, argument("catalog", "CATALOG")],
    answers: Annotated[Path, argument("answers", "ANSWERS.csv")],
    *,
    target: Annotated[int, option("target", "LEVEL")] = 3,
    workspace: InWorkspace = DEFAULT_WORKSPACE,
    as_json: AsJson = False,
    lang: InLang = "de",
) -> None:
    checklist = checklist_of(workspace, catalog)
    found = plan_file(checklist, answers, target)
    if as_json:
        emit(
            json_text(
                {
                    "catalog": checklist.id,
                    "version": checklist.version,
                    "target": target,
                    "days": found.days,
                    "steps": found.steps,
                    "before": found.before.dimensions,
                    "after": found.after.dimensions,
                }
            )
        )
        return
    if not found.steps:
        tell(
            Text(
                de="Das Ziel ist erreicht; es ist nichts zu tun.",
                en="The target is met; there is nothing to do.",
            )
        )
        return
    names = {dimension.id: dimension.name for dimension in checklist.dimensions}
    print_table(
        [
            same("#"),
            DIMENSION,
            Text(de="Maßnahme", en="Action"),
            Text(de="Setzt voraus", en="Presupposes"),
            Text(de="Tage", en="Days"),
        ],
        [
            [
                same(str(number)),
                names[step.dimension],
                step.action,
                same(_before(step, found.steps)),
                in_words(step.days),
            ]
            for number, step in enumerate(found.steps, 1)
        ],
        numbers_from=4,
    )
    tell(
        Text(
            de="{count} Maßnahmen mit {days} Tagen Aufwand erreichen überall Stufe {target} (oder die "
            "höchste, die es gibt).",
            en="{count} actions of {days} days reach level {target} everywhere (or the highest there is).",
        ).fill(count=len(found.steps), days=found.days, target=target)
    )


@app.command("quickcheck", help=help_of("quickcheck"))
def quickcheck(
    round_id: Annotated[str, argument("round", "ROUND")],
    *,
    out: Annotated[Path | None, option("out", "FILE")] = None,
    workspace: InWorkspace = DEFAULT_WORKSPACE,
    lang: InLang = "de",
) -> None:
    ws = open_workspace(workspace)
    found = found_round(ws, round_id)
    made = quick_check(ws, found.id, cast("Lang", lang), who(ws))
    file = out or Path(f"quickcheck-{found.id[:8]}.pdf")
    try:
        file.write_bytes(made)
    except OSError as error:
        raise InputFault(
            Text(
                de="Die Datei {file} lässt sich nicht schreiben.", en="The file {file} cannot be written."
            ).fill(file=file)
        ) from error
    emit(str(file))


def _before(step: Step, steps: tuple[Step, ...]) -> str:
    """The numbers of the steps that must come first."""
    places = {one.statement: number for number, one in enumerate(steps, 1)}
    return ", ".join(str(places[name]) for name in step.needs) or "–"
