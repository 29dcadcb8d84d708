"""What must be read beside a funnel's rates, so that nobody takes more from them than they hold."""

from __future__ import annotations

from core.text import Text
from journeys.funnel import Funnel, Route
from metrics.wording import amount


def cautions(all_: Funnel, route: Route, *, timed: bool) -> tuple[Text, ...]:
    """The sentences for a funnel of all journeys; `timed`: whether the data know any times."""
    said: list[Text] = []
    if not timed:
        said.append(
            Text(
                de="Die Daten nennen keine Zeiten: Es gibt nur das Fenster von null Tagen.",
                en="The data name no times: there is only the window of zero days.",
            )
        )
    if route.end is None:
        said.append(
            Text(
                de="Nach dieser Phase hat keine weitere Kontakte: Es gibt nichts, wohin sie führen könnte.",
                en="No phase after this one has contacts: there is nothing it could lead to.",
            )
        )
    elif route.window_days is None:
        said.append(
            Text(
                de="Ohne Fenster gibt es keine Trichterquote, nur die erwartete Quote.",
                en="Without a window there is no funnel rate, only the expected rate.",
            )
        )
    elif all_.entered:
        said += _about_the_window(all_, route.window_days)
    if all_.won_back:
        said.append(_won_back(all_.won_back))
    return tuple(said)


def _about_the_window(all_: Funnel, window: int) -> list[Text]:
    closed, entered = all_.closed, all_.entered
    days = Text(de="{n} Tagen", en="{n} days") if window != 1 else Text(de="{n} Tag", en="{n} day")
    days = days.fill(n=window)
    if all_.headline is None:
        text = Text(
            de="Das Fenster von {days} ist noch bei keiner Kundenreise abgelaufen: Es gibt keine "
            "Trichterquote, und die erwartete Quote reicht nur bis zum {until}. Tag.",
            en="The window of {days} has not closed for any journey yet: there is no funnel rate, and "
            "the expected rate reaches only until day {until}.",
        )
        return [text.fill(days=days, until=int(all_.expected.days) if all_.expected else 0)]
    if not all_.few:
        return _apart(all_)
    if closed == entered:
        text = Text(
            de="Die Quoten ruhen auf nur {closed} Kundenreisen und sagen wenig.",
            en="The rates rest on only {closed} journeys and say little.",
        )
        return [text.fill(closed=closed)]
    text = Text(
        de="Nur bei {closed} von {entered} Kundenreisen ({share}) ist das Fenster von {days} abgelaufen. "
        "Die Trichterquote von {rate} ruht auf ihnen allein und sagt wenig; die erwartete Quote "
        "nutzt alle.",
        en="The window of {days} has closed for only {closed} of {entered} journeys ({share}). The "
        "funnel rate of {rate} rests on them alone and says little; the expected rate uses all.",
    )
    share, rate = amount(100 * closed / entered, "percent"), amount(all_.headline.value, "percent")
    return [text.fill(days=days, closed=closed, entered=entered, share=share, rate=rate)]


def _apart(all_: Funnel) -> list[Text]:
    """A word where funnel rate and expected rate exclude each other: then the young are not like the old."""
    rate, expected = all_.headline, all_.expected
    if rate is None or expected is None or (rate.lower <= expected.upper and expected.lower <= rate.upper):
        return []
    more, less = Text(de="häufiger", en="more often"), Text(de="seltener", en="less often")
    text = Text(
        de="Kundenreisen, deren Fenster schon abgelaufen ist, kommen {often} ans Ziel ({rate}) als für alle "
        "erwartet ({expected}): Die jüngeren verlaufen anders als die älteren.",
        en="Journeys whose window has closed get there {often} ({rate}) than is expected for all "
        "({expected}): the younger ones run differently from the older ones.",
    )
    return [
        text.fill(
            often=more if rate.value > expected.value else less,
            rate=amount(rate.value, "percent"),
            expected=amount(expected.value, "percent"),
        )
    ]


def _won_back(journeys: int) -> Text:
    if journeys == 1:
        return Text(
            de="Eine Kundenreise kam erst nach einem ausdrücklichen Verlust noch ans Ziel; sie zählt als "
            "verloren.",
            en="One journey got there only after an explicit loss; it counts as lost.",
        )
    return Text(
        de="{n} Kundenreisen kamen erst nach einem ausdrücklichen Verlust noch ans Ziel; sie zählen als "
        "verloren.",
        en="{n} journeys got there only after an explicit loss; they count as lost.",
    ).fill(n=journeys)
