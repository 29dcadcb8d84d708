"""Whether something worked: the effect before and after in a file of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, cast, get_args

from cockpit.effectfile import Columns, Frame, measured_file
from cockpit.effects import answer
from commands.effecttext import print_effect
from commands.grammar import AsJson, InLang, Where, app, argument, help_of, option
from core.errors import UsageFault
from core.text import Text
from exports.json_text import json_text
from proof.effect import Design
from proof.options import Autocorrelation, Errors, Options, Sample, Season
from proof.project import Better, Kind
from proof.window import Grain
from terminal import emit


def _one_of(name: str, given: str, known: tuple[str, ...]) -> str:
    if given not in known:
        raise UsageFault(
            Text(
                de="--{name} kennt „{given}“ nicht; möglich sind: {known}.",
                en="--{name} does not know “{given}”; possible are: {known}.",
            ).fill(name=name, given=given, known=", ".join(known))
        )
    return given


@app.command("effect", help=help_of("effect"))
def effect(
    file: Annotated[Path, argument("measured", "FILE")],
    *,
    design: Annotated[str, option("design", "auto|plain|its|did|synthetic")] = "auto",
    value: Annotated[str | None, option("value", "EXPRESSION")] = None,
    value_before: Annotated[str | None, option("value-before", "EXPRESSION")] = None,
    value_after: Annotated[str | None, option("value-after", "EXPRESSION")] = None,
    wide: Annotated[bool, option("wide")] = False,
    numerator: Annotated[str | None, option("numerator", "EXPRESSION")] = None,
    denominator: Annotated[str | None, option("denominator", "EXPRESSION")] = None,
    exposure: Annotated[str | None, option("exposure", "EXPRESSION")] = None,
    time: Annotated[str | None, option("time", "COLUMN")] = None,
    post: Annotated[str | None, option("post", "COLUMN")] = None,
    unit: Annotated[str | None, option("unit", "COLUMN")] = None,
    cluster: Annotated[str | None, option("cluster", "COLUMN")] = None,
    treated: Annotated[str | None, option("treated", "COLUMN[=VALUE]")] = None,
    where: Where = None,
    go_live: Annotated[str | None, option("go-live", "DAY")] = None,
    baseline: Annotated[str | None, option("baseline", "FROM..TO")] = None,
    after: Annotated[str | None, option("after", "FROM..TO")] = None,
    data_end: Annotated[str | None, option("data-end", "DAY")] = None,
    kind: Annotated[str | None, option("kind", "mean|rate|count|median")] = None,
    better: Annotated[str, option("better", "higher|lower")] = "higher",
    name: Annotated[str | None, option("name", "TEXT")] = None,
    unit_name: Annotated[str, option("unit-name", "TEXT")] = "",
    per: Annotated[float | None, option("per", "NUMBER")] = None,
    step: Annotated[str | None, option("step", "day|week|month|quarter|year")] = None,
    season: Annotated[str, option("season", "auto|none|fourier|months")] = "auto",
    level_only: Annotated[bool, option("level-only")] = False,
    log: Annotated[bool, option("log")] = False,
    autocorrelation: Annotated[str, option("autocorrelation", "auto|none|ar1")] = "auto",
    sample: Annotated[str, option("sample-of-units", "balanced|all")] = "balanced",
    errors: Annotated[str, option("errors", "classical|robust")] = "classical",
    decimal: Annotated[str | None, option("decimal", ".|,")] = None,
    as_json: AsJson = False,
    lang: InLang = "de",
) -> None:
    columns = Columns(
        value=value, value_before=value_before, value_after=value_after, wide=wide, numerator=numerator,
        denominator=denominator, exposure=exposure, time=time, post=post, unit=unit, cluster=cluster,
        treated=treated, where=tuple(where or ()),
        decimal=cast("Literal['.', ','] | None", decimal and _one_of("decimal", decimal, (".", ","))),
    )  # fmt: skip
    frame = Frame(
        name=name, go_live=go_live, baseline=baseline, after=after, data_end=data_end,
        kind=cast("Kind | None", kind and _one_of("kind", kind, get_args(Kind))),
        better=cast("Better", _one_of("better", better, get_args(Better))),
        unit_name=unit_name, scale=per,
        grain=cast("Grain | None", step and _one_of("step", step, get_args(Grain))),
    )  # fmt: skip
    options = Options(
        season=cast("Season", _one_of("season", season, get_args(Season))),
        level_only=level_only, log=log,
        autocorrelation=cast(
            "Autocorrelation", _one_of("autocorrelation", autocorrelation, get_args(Autocorrelation))
        ),
        sample=cast("Sample", _one_of("sample-of-units", sample, get_args(Sample))),
        errors=cast("Errors", _one_of("errors", errors, get_args(Errors))),
    )  # fmt: skip
    chosen = _one_of("design", design, ("auto", *get_args(Design)))
    found = answer(measured_file(file, columns, frame), cast("Design | Literal['auto']", chosen), options)
    if as_json:
        emit(json_text(found.as_json()))
        return
    print_effect(found)
