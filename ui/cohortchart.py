"""What a closing costs by the quarter its customer came in: two lines, open cohorts hollow."""

from __future__ import annotations

from collections.abc import Sequence

from core.period import Month
from core.text import Lang, Text
from metrics.qualification import Cohort
from metrics.wording import amount
from ui.charts import Figure, plain
from ui.theme import Palette
from ui.words import qualification as said


def quarter(month: Month) -> Text:
    return said.QUARTER.fill(q=str((month.month + 2) // 3), year=str(month.year))


def cohort_costs(cohorts: Sequence[Cohort], lang: Lang, colours: Palette, currency: str) -> Figure:
    """Lines for new and existing customers, named at their ends; cohorts whose window runs are hollow.

    At least one cohort.
    """
    firsts = sorted({cohort.first for cohort in cohorts})
    data, labels = [], []
    for existing, name, colour in (
        (False, said.NEW, colours.accent),
        (True, said.EXISTING, colours.mute),
    ):
        mine = [c for c in cohorts if c.existing == existing and c.entered.cost_per_closing is not None]
        whole = [cohort for cohort in mine if cohort.closed and not cohort.cut]
        running = [cohort for cohort in mine if not cohort.closed]
        if whole:
            data.append(_points(whole, name, colour, lang, currency))
            labels.append(_end(whole[-1], name, colour, lang, below=existing))
        if running:
            data.append(_points(running, name, colour, lang, currency) | _hollow(colour, colours))
    costs = [cost for cohort in cohorts if (cost := cohort.entered.cost_per_closing) is not None]
    layout = _layout(colours, lang)
    layout["xaxis"] |= _quarters(firsts, lang)
    top = max(costs, default=1.0)
    layout["yaxis"] |= {
        "range": [0, 1.15 * top],
        "tickvals": [0, top],
        "ticktext": ["0", plain(amount(top, "eur", currency)(lang))],
    }
    return {"data": data, "layout": layout | {"annotations": labels}}


def _points(cohorts: Sequence[Cohort], name: Text, colour: str, lang: Lang, currency: str) -> Figure:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [cohort.first.start.isoformat() for cohort in cohorts],
        "y": [cohort.entered.cost_per_closing for cohort in cohorts],
        "line": {"color": colour, "width": 2},
        "marker": {"color": colour, "size": 6},
        "customdata": [
            [
                plain(quarter(cohort.first)(lang)),
                plain(amount(cohort.entered.cost_per_closing, "eur", currency)(lang)),
                plain(said.CLOSINGS_OF.fill(n=cohort.entered.won)(lang)),
                plain((said.CLOSED if cohort.closed else said.STILL)(lang)),
            ]
            for cohort in cohorts
        ],
        "hovertemplate": f"{plain(name(lang))}, %{{customdata[0]}}: <b>%{{customdata[1]}}</b><br>"
        "%{customdata[2]}, %{customdata[3]}<extra></extra>",
    }


def _hollow(colour: str, colours: Palette) -> Figure:
    return {
        "mode": "markers",
        "marker": {"color": colours.paper, "size": 7, "line": {"color": colour, "width": 1.5}},
    }


def _end(last: Cohort, name: Text, colour: str, lang: Lang, *, below: bool) -> Figure:
    return {
        "x": last.first.start.isoformat(),
        "y": last.entered.cost_per_closing,
        "text": plain(name(lang)),
        "showarrow": False,
        "xanchor": "right",
        "yanchor": "top" if below else "bottom",
        "yshift": -6 if below else 6,
        "font": {"size": 12, "color": colour},
    }


def _layout(colours: Palette, lang: Lang) -> Figure:
    small = {"color": colours.mute, "size": 12}
    quiet = {"showgrid": False, "zeroline": False, "fixedrange": True, "tickfont": small}
    return {
        "height": 230,
        "margin": {"l": 8, "r": 16, "t": 16, "b": 28},
        "separators": ",." if lang == "de" else ".,",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "font": {**small, "family": "Inter, 'Helvetica Neue', Arial, sans-serif"},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "xaxis": {**quiet, "type": "date", "tickangle": 0},
        "yaxis": {**quiet, "automargin": True},
    }


def _quarters(firsts: Sequence[Month], lang: Lang) -> Figure:
    """An axis of quarters, named every so often from the latest back."""
    every = max(1, -(-len(firsts) // 5))
    ticks = list(firsts)[::-1][::every][::-1]
    return {
        "range": [(firsts[0] - 1).start.isoformat(), (firsts[-1] + 2).start.isoformat()],
        "tickvals": [month.start.isoformat() for month in ticks],
        "ticktext": [quarter(month)(lang) for month in ticks],
    }
