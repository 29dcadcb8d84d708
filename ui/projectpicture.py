"""One project: each KPI with its pictures, its figures, how it was compared and what that rests on."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cockpit.projectresults import KpiResult, ProjectResult
from core.text import Lang
from metrics.wording import amount, unit_words
from proof.attained import Standing
from proof.effect import Effect, Point
from proof.figures import figures
from proof.project import FromCustomer
from proof.sectors import industry_name, size_name
from ui import blocks, charts
from ui.projectcharts import (
    Ink,
    compared_windows,
    course,
    course_words,
    expected_level,
    is_fitted,
    level_behind,
    slope,
)
from ui.projectevidence import draw_baseline
from ui.projectwords import (
    actual_words,
    badge,
    course_title,
    grade_sentence,
    outlier_name,
    pair,
    project_title,
    slope_title,
)
from ui.theme import palette
from ui.words import common
from ui.words import projects as words


def draw_project_title(found: ProjectResult, lang: Lang) -> None:
    """The finding, the project's name while there is none; below it its standing and whom it was done for."""
    project, title = found.project, project_title(found)(lang)
    chips = [words.STATUSES[project.status](lang), words.SHOWNS[project.shown](lang)]
    if project.retrospective:
        chips.append(words.RETROSPECTIVE(lang))
    meta = [
        *([project.name(lang)] if title != project.name(lang) else []),
        project.customer,
        industry_name(project.industry)(lang),
        size_name(project.size)(lang),
        words.GO_LIVE.fill(day=project.go_live)(lang),
    ]
    sample = common.SAMPLE(lang) if project.sample else None
    blocks.title(title, chips, sample=sample, meta=" · ".join(meta))


def draw_project(found: ProjectResult, currency: str, lang: Lang) -> None:
    """What was done, then every KPI."""
    blocks.prose(found.project.done(lang), words.DONE(lang))
    for place, shown in enumerate(found.kpis):
        blocks.rule()
        if place and shown.wording:
            blocks.heading(shown.wording.title(lang))
        draw_kpi(found, shown, currency, lang)


def draw_kpi(found: ProjectResult, shown: KpiResult, currency: str, lang: Lang) -> None:
    """One KPI: in words why there is nothing yet, else pictures left and figures right."""
    if shown.fractions:
        blocks.callout([(words.FRACTIONS.fill(kpi=shown.kpi.name)(lang), None)])
    if shown.waiting is not None:
        blocks.heading(shown.kpi.name(lang), shown.waiting(lang))
        _not_compared(found, shown, currency, lang)
        draw_baseline(shown, currency, lang)
        return
    if shown.wording is not None:
        blocks.callout([(shown.wording.sentence(lang), None)])
    if shown.chosen is not None and shown.chosen.refused is None:
        left, right = st.columns([1.35, 1], gap="large")
        with left:
            _pictures(found, shown, currency, lang)
        with right:
            _grade(shown, lang)
            _figures(shown, currency, lang)
    elif shown.chosen is not None:
        _not_compared(found, shown, currency, lang)
    if shown.differs and shown.naive is not None and shown.chosen is not None:
        _side_by_side(shown.naive, shown.chosen, currency, lang)
    if shown.provenance == "computed":
        first, second = st.columns([1.35, 1], gap="large")
        with first:
            _compared(shown, lang)
        with second:
            draw_baseline(shown, currency, lang)
    if shown.wording is not None:
        blocks.note(shown.wording.footnote(lang))


def _pictures(found: ProjectResult, shown: KpiResult, currency: str, lang: Lang) -> None:
    effect, project, kpi = shown.chosen, found.project, shown.kpi
    told = pair(effect, currency) if effect else None
    if effect is None or told is None:
        return
    ink = Ink(lang=lang, colours=palette(), unit=kpi.unit, currency=currency)
    sub = words.PICTURE_SUB.fill(
        kpi=kpi.name, unit=unit_words(kpi.unit, currency), baseline=project.baseline.label(),
        after=project.after.label(),
    )  # fmt: skip
    about = [sub(lang)] if expected_level(effect) is None else [sub(lang), words.BARS(lang)]
    blocks.heading(slope_title(effect, currency)(lang), "; ".join(about))
    alt = words.ALT.fill(kpi=kpi.name, before=told[0].text, after=told[1].text)
    charts.draw(slope(effect, ink), alt(lang), key=f"slope_{kpi.key}")
    first = project.baseline.first
    history = [point for point in shown.so_far if point.period < first] if effect.design == "plain" else []
    _course(found, shown, [*history, *effect.points], ink)


def _course(found: ProjectResult, shown: KpiResult, points: Sequence[Point], ink: Ink) -> None:
    """The course over time, from three periods on."""
    if len(points) < 3:
        return
    lang, effect = ink.lang, shown.chosen
    planned = tuple((each.first, each.last) for each in (found.project.baseline, found.project.after))
    windows = (compared_windows(effect) if effect else ()) or planned
    title = course_title(shown, min(point.period for point in points))
    blocks.heading(title(lang), course_words(points, effect, ink, shaded=bool(windows)))
    said = words.ALT_SERIES.fill(kpi=shown.kpi.name, n=len(points))
    figure = course(
        points, found.project.go_live, ink,
        expected=is_fitted(effect), windows=windows, level=level_behind(effect),
    )  # fmt: skip
    charts.draw(figure, said(lang), key=f"course_{shown.kpi.key}")


def _grade(shown: KpiResult, lang: Lang) -> None:
    """How good the comparison is, as a sentence with its reason, beside where the figures come from."""
    grade = grade_sentence(shown)
    if grade is None:
        return
    lines = []
    if shown.provenance == "computed" and shown.graded is not None:
        lines += [shown.graded.reason(lang), *(each(lang) for each in shown.graded.cautions)]
        lines.append(words.COMPUTED(lang))
    elif isinstance(shown.kpi.origin, FromCustomer):
        said = shown.kpi.origin
        who = f"{said.person}, {said.role}" if said.role else said.person
        lines.append(words.CONFIRMED.fill(person=who, day=said.on)(lang))
        if said.document:
            lines.append(words.CONFIRMED_IN.fill(document=said.document)(lang))
    letter = badge(shown)
    tone = letter if letter in "ABCX" else "none"
    text = "".join(f"<p>{blocks.esc(line)}</p>" for line in lines)
    st.html(
        f'<div class="wm-gradebox"><div><p class="wm-strong">{blocks.esc(grade(lang))}</p>{text}</div>'
        f'<span class="wm-grade wm-grade-{tone}" aria-hidden="true">{blocks.esc(letter)}</span></div>'
    )


def _figures(shown: KpiResult, currency: str, lang: Lang) -> None:
    """Soll and Ist, the effect with its interval, and what was to be expected without the project."""
    effect = shown.chosen
    told = pair(effect, currency) if effect else None
    if effect is None or told is None:
        return
    exact = figures(effect, currency)
    rows = [
        blocks.Row(label=words.ROW_BEFORE(lang), value=told[0].text(lang)),
        blocks.Row(
            label=words.ROW_AFTER(lang), value=told[1].text(lang), beside=actual_words(shown, currency)(lang)
        ),
        _target(shown, currency, lang),
    ]
    if exact is not None:
        if effect.design != "plain":
            rows.append(blocks.Row(label=words.ROW_EXPECTED(lang), value=exact.expected.text(lang)))
        rows.append(
            blocks.Row(
                label=words.ROW_EFFECT(lang),
                value=exact.signed.text(lang),
                below="",
                beside=words.INTERVAL.fill(interval=exact.interval)(lang),
                accent={"improved": "good", "worsened": "bad"}.get(shown.verdict, ""),  # type: ignore[arg-type]
            )
        )
    blocks.heading(words.RESULT(lang))
    blocks.rows(rows, words.RESULT(lang))
    if shown.attained is not None and shown.attained.clear is False:
        blocks.note(words.TARGET_CLOSE(lang))
    if shown.reached and shown.verdict == "no_effect":
        blocks.note(words.TARGET_NOT_EFFECT(lang))


def _target(shown: KpiResult, currency: str, lang: Lang) -> blocks.Row:
    """The Soll, and whether it is reached, missed or still open."""
    if shown.kpi.target is None:
        return blocks.Row(label=words.ROW_TARGET(lang), value=words.NO_TARGET(lang), accent="mute")
    standing: Standing = shown.attained.standing if shown.attained else "open"
    sure = standing == "open" or shown.attained is None or shown.attained.clear is not False
    return blocks.Row(
        label=words.ROW_TARGET(lang),
        value=amount(shown.kpi.target, shown.kpi.unit, currency)(lang),
        beside=words.STANDINGS[standing, sure](lang),
        accent={"reached": "good", "missed": "bad"}.get(standing, "") if sure else "",  # type: ignore[arg-type]
    )


def _not_compared(found: ProjectResult, shown: KpiResult, currency: str, lang: Lang) -> None:
    """Where nothing can be compared: the course as far as it is known, Soll and what there is of the Ist."""
    left, right = st.columns([1.35, 1], gap="large")
    ink = Ink(lang=lang, colours=palette(), unit=shown.kpi.unit, currency=currency)
    with left:
        _course(found, shown, shown.so_far, ink)
    held = shown.attained
    if held is None:
        return
    rows = [_target(shown, currency, lang)]
    if held.actual is not None:
        rows.append(
            blocks.Row(
                label=(words.ROW_SO_FAR if held.standing == "open" else words.ROW_AFTER)(lang),
                value=amount(held.actual, shown.kpi.unit, currency)(lang),
                beside=actual_words(shown, currency)(lang),
            )
        )
    with right:
        blocks.heading(words.RESULT(lang))
        blocks.rows(rows, words.RESULT(lang))


def _side_by_side(naive: Effect, chosen: Effect, currency: str, lang: Lang) -> None:
    """The plain figure and the better design's beside each other, where they differ."""
    blocks.heading(words.SIDE_BY_SIDE(lang), words.SIDE_ABOUT(lang))
    lines = []
    for label, effect in ((words.SIDE_NAIVE, naive), (words.SIDE_CHOSEN, chosen)):
        exact = figures(effect, currency)
        lines.append(
            blocks.Row(
                label=label(lang),
                below=words.DESIGNS[effect.design](lang),
                value=exact.signed.text(lang) if exact else "–",
                beside=words.INTERVAL.fill(interval=exact.interval)(lang)
                if exact
                else words.NO_INTERVAL(lang),
                accent="mute" if effect is naive else "strong",
            )
        )
    blocks.rows(lines, words.SIDE_BY_SIDE(lang))


def _compared(shown: KpiResult, lang: Lang) -> None:
    """The design, its assumptions with what was found of each, and why not a stronger one."""
    effect = shown.chosen
    if effect is None:
        return
    if effect.refused is None:
        blocks.heading(words.DESIGNS_TITLE.fill(design=words.DESIGNS[effect.design])(lang))
    if effect.checks:
        rows = [
            blocks.Row(
                label=check.text(lang),
                below=words.CHECK[check.passed](lang),
                value={True: "✓", False: "✗", None: "?"}[check.passed],
                accent="" if check.passed else "strong",
            )
            for check in effect.checks
        ]
        blocks.rows(rows, words.CHECKS(lang))
    for note in effect.notes:
        blocks.note(note(lang))
    if effect.outliers:
        blocks.note(words.OUTLIERS.fill(names=", ".join(map(outlier_name, effect.outliers)))(lang))
    if effect.missing:
        blocks.note(words.MISSING.fill(n=effect.missing)(lang))
    if shown.not_stronger:
        blocks.heading(words.NOT_STRONGER(lang))
        blocks.sentences([(reason(lang), None) for reason in shown.not_stronger])
