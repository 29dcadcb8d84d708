"""The funnel: how far journeys get, at what rate, how long it takes, and whether groups differ."""

from __future__ import annotations

from itertools import pairwise

from cockpit.funnel import FunnelView
from core.text import Lang, Text
from core.view import View
from journeys.funnel import Expected, Funnel, Rate, Route, Step
from metrics.wording import amount, number
from ui import blocks
from ui.dotplot import Dot, dots, percent_scale
from ui.downloads import downloads
from ui.funneltables import group_name, rates_table, steps_table, still_open
from ui.links import address
from ui.meters import Key, Meter, keys, meters
from ui.words import common
from ui.words import funnel as words

MOST_GROUPS = 12  # in the picture; the table to take away has all


def funnel_title(shown: FunnelView) -> Text:
    """`Of 100 journeys from Awareness, 23 reach Purchase within 180 days; of the others most stop at …`."""
    start, found = _phase(shown, shown.route.start), shown.all
    if not found.entered:
        return words.NOBODY_ENTERED.fill(start=start)
    if shown.route.end is None:
        return words.ONE_PHASE.fill(n=found.entered, start=start)
    end = _phase(shown, shown.route.end)
    if found.headline is not None and not found.few:
        said, share, days = words.REACH, found.headline.value, float(shown.route.window_days or 0)
    elif found.expected is not None:
        said, share, days = words.WILL_REACH, found.expected.value, found.expected.days
    else:
        return words.ENTERED.fill(n=found.entered, start=start)
    finding = said.fill(start=start, end=end, days=round(days), **_of_so_many(share))
    stop = _where_most_stop(found)
    if stop is None:
        return finding
    return words.MOST_STOP.fill(finding=finding, phase=_phase(shown, stop))


def _of_so_many(share: float) -> dict[str, object]:
    """A share in percent as so many of 100; of 1,000 where it is small."""
    of = 100 if share >= 1 or share == 0 else 1000
    return {"of": of, "n": round(share * of / 100)}


def _where_most_stop(found: Funnel) -> str | None:
    """Where most of those ended that went no further and may not any more, the goal left aside."""
    stops = [
        (before.journeys + before.waiting - after.journeys - after.waiting, before.phase)
        for before, after in pairwise(found.steps)
    ]
    most, phase = max(stops, default=(0, None), key=lambda stop: stop[0])
    return phase if most else None


def _phase(shown: FunnelView, phase_id: str | None) -> Text:
    return next(phase.name for phase in shown.phases if phase.id == phase_id)


def window_words(shown: FunnelView) -> Text:
    """Within how many days, or that there is no window."""
    days = shown.route.window_days
    return words.UNTIL_DATA_END if days is None else words.WITHIN.fill(n=days)


def period_words(shown: FunnelView) -> Text:
    """When the journeys entered."""
    if shown.period is None:
        return common.WHOLE_HISTORY
    return Text(de=shown.period.label("de"), en=shown.period.label("en"))


def draw_steps(shown: FunnelView, view: View, lang: Lang) -> None:
    """A bar for each phase: reached, window still running, and what is left; never open as lost."""
    found, names = shown.all, {phase.id: phase.name for phase in shown.phases}
    sub = words.FUNNEL_SUB.fill(
        n=found.entered,
        start=names[shown.route.start or ""],
        period=period_words(shown),
        window=window_words(shown),
    )
    blocks.heading(words.FUNNEL(lang), sub(lang))
    meters(
        [
            Meter(
                label=names[step.phase](lang),
                done=step.journeys / (found.entered or 1),
                pending=step.waiting / (found.entered or 1),
                said=_reached(step)(lang),
                beside=_of_previous(step, lang) if step is not found.steps[0] else "",
                under=_at_least(step, lang),
                href=address("phases", lang, view, phase=step.phase),
            )
            for step in found.steps
        ],
        caption=words.FUNNEL(lang),
    )
    endless = shown.route.window_days is None
    keys(
        [
            Key(kind="done", said=words.KEY_DONE(lang)),
            Key(kind="pending", said=(words.KEY_PENDING_ENDLESS if endless else words.KEY_PENDING)(lang)),
            Key(kind="rest", said=(words.KEY_GONE_ENDLESS if endless else words.KEY_GONE)(lang)),
        ]
    )
    blocks.note(words.COUNTED[shown.route.counting](lang))
    if any(step.at_least < step.journeys for step in found.steps):
        blocks.note(words.TIES(lang))
    downloads(steps_table(shown, lang), words.FUNNEL(lang), lang, "funnel_steps", notes=notes(shown, lang))


def _reached(step: Step) -> Text:
    share = amount(step.of_start, "percent")
    return words.STEP_SHARE.fill(n=step.journeys, share=share)


def _of_previous(step: Step, lang: Lang) -> str:
    if step.of_previous is None:
        return ""
    return words.OF_PREVIOUS.fill(share=amount(step.of_previous, "percent"))(lang)


def _at_least(step: Step, lang: Lang) -> str:
    """The lower bound where ties leave the order open."""
    return words.AT_LEAST.fill(n=step.at_least)(lang) if step.at_least < step.journeys else ""


def draw_rates(shown: FunnelView, lang: Lang) -> None:
    """Headline and expected rate with their intervals, time to convert, what still runs, what was lost."""
    found = shown.all
    if shown.route.end is None or not found.entered:
        return
    end = _phase(shown, shown.route.end)
    blocks.heading(_rates_title(found, end)(lang), words.RATES_SUB.fill(n=found.entered)(lang))
    lines = [_headline_row(found, shown.route.window_days, lang)]
    if found.expected is not None:
        lines.append(_expected_row(found.expected, shown.route.window_days, lang))
        lines += _duration_rows(found, found.expected, lang)
    endless = shown.route.window_days is None
    running = words.RUNNING_ENDLESS if endless else words.RUNNING
    lines.append(_count_row(running, still_open(found, shown.route), found, words.RUNNING_ABOUT, lang))
    lost = words.LOST_WON_BACK.fill(n=found.won_back) if found.won_back else words.LOST_ABOUT
    lines.append(_count_row(words.LOST, found.ended_lost, found, lost, lang))
    blocks.rows(lines, caption=words.RATES.fill(end=end)(lang))
    downloads(
        rates_table(shown, lang),
        words.RATES.fill(end=end)(lang),
        lang,
        "funnel_rates",
        notes=notes(shown, lang),
    )
    if shown.warnings:
        blocks.callout([(warning(lang), None) for warning in shown.warnings], words.WARNING(lang))


def _rates_title(found: Funnel, end: Text) -> Text:
    if found.expected is None:
        return words.RATES.fill(end=end)
    expected = amount(found.expected.value, "percent")
    if found.headline is None or found.few:
        return words.RATES_EXPECTED.fill(end=end, expected=expected)
    rate = amount(found.headline.value, "percent")
    return words.RATES_BOTH.fill(end=end, rate=rate, expected=expected)


def _headline_row(found: Funnel, window: int | None, lang: Lang) -> blocks.Row:
    rate = found.headline
    if rate is None:
        why = words.RATE_NO_WINDOW if window is None else words.RATE_NONE
        return blocks.Row(label=words.RATE(lang), value="–", below=why(lang))
    return blocks.Row(
        label=words.RATE(lang),
        value=amount(rate.value, "percent")(lang),
        below=words.RATE_ABOUT.fill(a=rate.numerator, b=rate.denominator)(lang),
        beside=interval(rate)(lang),
        accent="" if found.few else "strong",
    )


def _expected_row(expected: Expected, window: int | None, lang: Lang) -> blocks.Row:
    about = words.EXPECTED_ABOUT
    if window is None or expected.days < window:
        about = words.EXPECTED_AFTER.fill(days=round(expected.days))
    return blocks.Row(
        label=words.EXPECTED(lang),
        value=amount(expected.value, "percent")(lang),
        below=about(lang),
        beside=interval(expected)(lang),
        accent="strong",
    )


def _duration_rows(found: Funnel, expected: Expected, lang: Lang) -> list[blocks.Row]:
    lines = []
    if found.to_convert_days is not None:
        about = words.DURATION_ABOUT.fill(rate=amount(expected.value, "percent"))
        lines.append((words.DURATION, found.to_convert_days, about))
    if found.median_days is not None:
        lines.append((words.MEDIAN, found.median_days, words.MEDIAN_ABOUT))
    return [
        blocks.Row(label=name(lang), value=amount(days, "days")(lang), below=about(lang))
        for name, days, about in lines
    ]


def _count_row(name: Text, count: int, found: Funnel, about: Text, lang: Lang) -> blocks.Row:
    share = amount(100 * count / found.entered, "percent")
    return blocks.Row(
        label=name(lang),
        value=number(count, 0, lang),
        below=about(lang),
        beside=words.SHARE_OF_ALL.fill(share=share)(lang),
    )


def interval(rate: Rate | Expected) -> Text:
    """`(21,4 % to 25,0 %)`: what the figure may be."""
    return words.INTERVAL.fill(lower=amount(rate.lower, "percent"), upper=amount(rate.upper, "percent"))


def draw_groups(shown: FunnelView, name: str, lang: Lang) -> None:
    """The breakdown: the expected rate of every value with its interval, on one scale."""
    blocks.rule()
    groups = [group for group in shown.groups if group.group is not None][:MOST_GROUPS]
    end = _phase(shown, shown.route.end)
    sub = words.GROUPS_SUB.fill(
        end=end, window=window_words(shown), attribution=words.ATTRIBUTIONS[shown.route.attribution]
    )
    blocks.heading(_groups_title(groups, name)(lang), sub(lang))
    uppers = [group.expected.upper for group in groups if group.expected]
    dots(
        [_group_dot(group, shown.route, lang) for group in (shown.all, *groups)],
        percent_scale(uppers, lang),
        caption=sub(lang),
    )
    if shown.not_shown:
        blocks.note(words.NOT_SHOWN.fill(n=shown.not_shown)(lang))
    downloads(rates_table(shown, lang), f"{words.PARTS['funnel'](lang)} {name}", lang, "funnel_groups")


def _groups_title(groups: list[Funnel], name: str) -> Text:
    """Whether the best and the worst differ by more than their intervals."""
    known = [(group.expected, group_name(group)) for group in groups if group.expected is not None]
    if len(known) > 1:
        best, worst = max(known, key=lambda g: g[0].lower), min(known, key=lambda g: g[0].upper)
        if best[0].lower > worst[0].upper:
            return words.GROUPS_DIFFER.fill(
                name=name,
                best=best[1],
                worst=worst[1],
                a=amount(best[0].value, "percent"),
                b=amount(worst[0].value, "percent"),
            )
    return words.GROUPS_ALIKE.fill(name=name)


def _group_dot(group: Funnel, route: Route, lang: Lang) -> Dot:
    expected = group.expected
    under = words.GROUP_N.fill(n=group.entered, running=still_open(group, route))(lang)
    if expected is None:
        return Dot(label=group_name(group)(lang), value=None, said=words.TOO_FEW(lang), under=under)
    return Dot(
        label=group_name(group)(lang),
        value=expected.value,
        lower=expected.lower,
        upper=expected.upper,
        said=amount(expected.value, "percent")(lang),
        under=under,
        beside=interval(expected)(lang),
        accent="" if group.group is None else "on",
    )


def notes(shown: FunnelView, lang: Lang) -> list[str]:
    """What a file says about its figures: what was counted, when, how far the data reach, the snapshot."""
    return [
        words.COUNTED[shown.route.counting](lang),
        f"{period_words(shown)(lang)}, {window_words(shown)(lang)}",
        common.DATA_END.fill(day=shown.data_end.date())(lang),
        common.SNAPSHOT.fill(id=shown.snapshot)(lang),
    ]
