"""One action: what it is, what its KPI did since, its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from actions import wording
from actions.effect import Since
from actions.model import Action, Event
from cockpit.notes import Note
from core.period import Month
from core.text import Lang, Text, same, written
from core.view import View
from ui import blocks
from ui.actionwords import SEPARATOR, Names, about, since_figures, since_verdict
from ui.downloads import downloads
from ui.kpichart import draw_kpi, draw_notes
from ui.links import address, plain_address
from ui.words import actions as words

HISTORY_COLUMNS = (
    Text(de="Wann", en="When"),
    Text(de="Wer", en="Who"),
    Text(de="Was", en="What"),
    Text(de="Vorher", en="Before"),
    Text(de="Nachher", en="After"),
)


def draw_detail_title(one: Action, names: Names, lang: Lang) -> None:
    """The action's title with where it stands."""
    chips = [words.NUMBER.fill(n=str(one.id))(lang), wording.STATUSES[one.status](lang)]
    chips += [part(lang) for part in about(one, names)]
    who = same(one.created_by) if one.created_by else words.UNNAMED
    meta = words.CREATED.fill(day=one.created_at.date(), who=who)(lang)
    above = [(words.BACK(lang), plain_address("actions", lang))]
    if origin := origin_address(one, lang):
        above.append((words.ORIGIN_LINK[one.origin](lang), origin))
    blocks.small_print(above)
    blocks.title(one.title(lang), chips, sample=words.SAMPLE_ONE(lang) if one.sample else None, meta=meta)


def origin_address(one: Action, lang: Lang) -> str | None:
    """Where the action comes from: the plan of its round, the funnel that begins at its leak."""
    match one.origin:
        case "plan":
            return plain_address("maturity", lang, part="plan", round=one.origin_ref.partition("/")[0])
        case "leak":
            return address("funnel", lang, View(), part="funnel", start=one.origin_ref)
        case _:
            return None


def draw_since(one: Action, found: Since | None, names: Names, lang: Lang) -> None:
    """The KPI then and now, whether that is a signal, and its chart with the day the action began."""
    if one.kpi is None:
        return
    if found is None:
        blocks.heading(words.SINCE(lang), words.NO_BASELINE.fill(kpi=names.kpi(one.kpi))(lang))
        return
    blocks.heading(words.SINCE(lang), words.SINCE_CAUTION(lang))
    good = {True: "good", False: "bad", None: ""}[found.as_expected]
    href = address("kpis", lang, View(), kpi=one.kpi, phase=found.baseline.phase or "")
    blocks.rows(
        [
            blocks.Row(
                label=since_figures(found, names)(lang), value="", below=since_verdict(found)(lang),
                accent="good" if good == "good" else "bad" if good == "bad" else "", href=href,
            )
        ],
        caption=words.SINCE(lang),
    )  # fmt: skip
    if found.now is not None and found.now.chart is not None:
        begun = Month.parse(found.baseline.month)
        notes = [Note(month=begun, text=words.BEGUN(lang))]
        draw_kpi(found.now, lang, names.currency, notes, title=names.kpi(one.kpi), key="since")
        draw_notes(notes, lang)


def draw_history(events: Sequence[Event], names: Names, lang: Lang) -> None:
    """Every change with who and when, the newest first."""
    blocks.heading(words.HISTORY(lang), words.HISTORY_SUB(lang))
    blocks.rows(
        [
            blocks.Row(
                label=_what(one, names, lang),
                value=one.who or words.UNNAMED(lang),
                beside=written(one.at, lang),
            )
            for one in events
        ],
        caption=words.HISTORY(lang),
    )
    downloads(history_table(events, names, lang), words.HISTORY(lang), lang, "history")


def _what(one: Event, names: Names, lang: Lang) -> str:
    if one.field == "created":
        return words.FIELDS["created"](lang)
    before, after = (_shown(one.field, value, names, lang) for value in (one.before, one.after))
    return words.CHANGED.fill(field=words.FIELDS[one.field], before=before or "–", after=after or "–")(lang)


def _shown(field: str, value: str, names: Names, lang: Lang) -> str:
    """A kept value as a person reads it."""
    if not value:
        return ""
    known: dict[str, Mapping[str, Text]] = {
        "status": dict(wording.STATUSES.items()), "expected": dict(wording.EXPECTED.items()),
        "kpi": names.kpis, "phase": names.phases,
    }  # fmt: skip
    if field == "due":
        return written(pd.Timestamp(value).date(), lang)
    if field in ("effort_days", "expected_amount"):
        return written(float(value), lang)
    name = known.get(field, {}).get(value)
    return name(lang) if name else value


def history_table(events: Sequence[Event], names: Names, lang: Lang) -> pd.DataFrame:
    """One row a change."""
    return pd.DataFrame(
        [
            (
                one.at, one.who, words.FIELDS[one.field](lang), _shown(one.field, one.before, names, lang),
                _shown(one.field, one.after, names, lang),
            )
            for one in events
        ],
        columns=[column(lang) for column in HISTORY_COLUMNS],
    )  # fmt: skip


def since_line(found: Since | None, names: Names) -> Text | None:
    """Then, now and the verdict in one line, for lists."""
    if found is None:
        return None
    return Text(de="{a}{s}{b}", en="{a}{s}{b}").fill(
        a=since_figures(found, names), s=SEPARATOR, b=since_verdict(found)
    )
