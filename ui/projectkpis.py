"""The KPIs of a project as a table to type into, and one by the customer's word beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, get_args

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from cockpit.projectsources import MeasuredKpi
from cockpit.workspace import Workspace
from core.errors import UsageFault
from core.query import plain_name
from core.text import Lang, same
from core.view import parse_where
from metrics.result import Unit
from metrics.wording import unit_words
from proof.project import FromContacts, FromCustomer, Kind, Project, ProjectKpi
from ui.projectsources import SAME_NAME, origin_of, source_option, source_options
from ui.words import projectform as words

_COLUMNS = {
    "name": words.K_NAME, "unit": words.K_UNIT, "better": words.K_BETTER, "target": words.K_TARGET,
    "source": words.K_SOURCE, "where": words.K_WHERE, "control": words.K_CONTROL,
}  # fmt: skip
_KINDS: Mapping[str, Kind] = {"percent": "rate", "count": "count"}
_SAID = ("before", "after", "person", "role", "on", "document")
Row = dict[str, Any]


def edit_kpis(
    ws: Workspace,
    kept: Project | None,
    lang: Lang,
    *,
    fixed: bool,
    begun: ProjectKpi | None = None,
    measured: Sequence[MeasuredKpi] = (),
) -> Callable[[], tuple[ProjectKpi, ...]]:
    """Draw the KPIs; the function returned reads what was typed. `fixed`: only targets can be changed.
    `begun`: what the first line of a new project says already; `measured`: what files hold of it."""
    held = [kpi for kpi in (kept.kpis if kept else ()) if not isinstance(kpi.origin, FromCustomer)]
    told = [kpi for kpi in (kept.kpis if kept else ()) if isinstance(kpi.origin, FromCustomer)]
    units = {unit: unit_words(unit, ws.settings.currency)(lang) for unit in get_args(Unit)}
    choices = {
        "unit": units,
        "better": {name: text(lang) for name, text in words.BETTER.items()},
        "source": source_options(ws, [*held, *([begun] if begun else [])], measured, lang),
    }
    typed: list[Row] = []
    if not fixed or held:
        lines = [_line(kpi, choices, lang) for kpi in held or ([begun] if begun else [])]
        lines += [_proposed(each, choices) for each in measured]
        typed = _table(lines, choices, lang, fixed=fixed)
    word = None if fixed else _word(told[0] if told else None, choices, lang)

    def read() -> tuple[ProjectKpi, ...]:
        found = [_read(row, choices, held, lang) for row in typed if row["name"]]
        if fixed and kept is not None:
            order = [kpi.key for kpi in kept.kpis]
            found = sorted([*found, *told], key=lambda kpi: order.index(kpi.key))
        elif word is not None and (said := _read_word(word)):
            found.append(said)
        if not found:
            raise UsageFault(words.K_NEEDED)
        return tuple(found)

    return read


def _table(lines: list[Row], choices: Mapping[str, Any], lang: Lang, *, fixed: bool) -> list[Row]:
    labels = {name: text(lang) for name, text in _COLUMNS.items()}
    frame = pd.DataFrame([
        {labels[name]: line.get(name) for name in _COLUMNS} for line in lines or [_empty(choices)]
    ])  # fmt: skip
    frame[labels["target"]] = pd.to_numeric(frame[labels["target"]]).astype(float)
    free = [name for name in labels if name not in choices and name != "target"]
    config: dict[str, Any] = {labels[name]: st.column_config.TextColumn(disabled=fixed) for name in free}
    for name, options in choices.items():
        config[labels[name]] = st.column_config.SelectboxColumn(
            options=list(options.values()), disabled=fixed
        )
    config[labels["target"]] = st.column_config.NumberColumn(format="%g")
    edited = st.data_editor(
        frame, column_config=config, hide_index=True, width="stretch", key=f"wm_project_kpis_{lang}",
        num_rows="fixed" if fixed else "dynamic", placeholder="",
    )  # fmt: skip
    names = {label: name for name, label in labels.items()}
    return [
        {names[str(label)]: None if pd.isna(value) else value for label, value in row.items()}
        for row in edited.to_dict("records")
    ]


def _empty(choices: Mapping[str, Any]) -> Row:
    """A line to fill in. Which way is better nobody knows but who fills it in: a wrong guess would turn a
    failure into a success."""
    return {"name": "", "source": choices["source"][SAME_NAME], "where": "", "control": ""}


def _proposed(measured: MeasuredKpi, choices: Mapping[str, Any]) -> Row:
    """A line for a KPI that files hold; shares are in per cent, other units are for a person to say."""
    unit = choices["unit"]["percent"] if measured.shares else None
    return _empty(choices) | {"name": measured.name, "unit": unit}


def _line(kpi: ProjectKpi, choices: Mapping[str, Any], lang: Lang) -> Row:
    """A KPI as a line of the table."""
    origin = kpi.origin
    line: Row = {
        "name": kpi.name(lang), "unit": choices["unit"][kpi.unit], "better": choices["better"][kpi.better],
        "target": kpi.target, "source": choices["source"].get(source_option(kpi)), "where": "",
        "control": "",
    }  # fmt: skip
    if isinstance(origin, FromContacts):
        line["where"] = _filter_text(origin.where)
        line["control"] = words.REST(lang) if origin.rest else _filter_text(origin.control or {})
    return line


def _filter_text(where: Mapping[str, tuple[str, ...]]) -> str:
    return "; ".join(f"{name}={value}" for name, values in where.items() for value in values)


def _filter(text: object) -> dict[str, tuple[str, ...]]:
    return parse_where([part for part in str(text or "").split(";") if part.strip()])


def _chosen(options: Mapping[str, str], label: object, kpi: str) -> str:
    """The id behind a label. UsageFault names the KPI for which nothing was chosen."""
    for option, text in options.items():
        if text == label:
            return option
    raise UsageFault(words.K_LACKS.fill(kpi=kpi))


def _read(row: Row, choices: Mapping[str, Any], held: list[ProjectKpi], lang: Lang) -> ProjectKpi:
    """A line of the table as a KPI; the texts of the other language stay where the name did not change."""
    name = str(row["name"] or "").strip()
    if not name:
        raise UsageFault(words.K_NEEDED)
    before = next((kpi for kpi in held if kpi.name(lang) == name), None)
    unit = _chosen(choices["unit"], row["unit"], name)
    origin = origin_of(_chosen(choices["source"], row["source"] or choices["source"][SAME_NAME], name), name)
    if origin["by"] == "contacts":
        control = str(row["control"] or "").strip()
        rest = control.lower() in (words.REST.de.lower(), words.REST.en.lower())
        old = before.origin if before and isinstance(before.origin, FromContacts) else None
        origin |= {
            "units": old.units if old else None, "where": _filter(row["where"]), "rest": rest,
            "control": _filter(control) if control and not rest else None,
        }  # fmt: skip
    return _checked({
        "key": before.key if before else plain_name(name), "name": before.name if before else same(name),
        "unit": unit, "better": _chosen(choices["better"], row["better"], name), "target": row["target"],
        "kind": before.kind if before and before.unit == unit else _KINDS.get(unit, "mean"), "origin": origin,
    })  # fmt: skip


def _word(kept: ProjectKpi | None, choices: Mapping[str, Any], lang: Lang) -> Row:
    """The fields of a KPI by the customer's word."""
    said = kept.origin if kept and isinstance(kept.origin, FromCustomer) else None
    with st.expander(words.W_TITLE(lang), expanded=said is not None):
        st.caption(words.W_ABOUT(lang))
        first, second, third = st.columns(3)
        units, ways = choices["unit"], choices["better"]
        unit = kept.unit if kept else "count"
        return {
            "kept": kept,
            "name": first.text_input(words.K_NAME(lang), kept.name(lang) if kept else "", key="wm_word_name"),
            "lang": lang,
            "unit": second.selectbox(
                words.K_UNIT(lang), [*units], [*units].index(unit), format_func=units.__getitem__
            ),
            "better": third.selectbox(
                words.K_BETTER(lang), [*ways], [*ways].index(kept.better if kept else "lower"),
                format_func=ways.__getitem__,
            ),
            "before": first.number_input(words.W_BEFORE(lang), value=said.before if said else None),
            "after": second.number_input(words.W_AFTER(lang), value=said.after if said else None),
            "person": third.text_input(words.W_PERSON(lang), said.person if said else "", max_chars=200),
            "role": first.text_input(words.W_ROLE(lang), said.role if said else "", max_chars=200),
            "on": second.date_input(
                words.W_ON(lang), said.on if said else None, format="DD.MM.YYYY",
                min_value=dt.date(1990, 1, 1), max_value=dt.date(2100, 12, 31),
            ),
            "document": third.text_input(
                words.W_DOCUMENT(lang), said.document if said else "", max_chars=300
            ),
        }  # fmt: skip


def _read_word(word: Row) -> ProjectKpi | None:
    """The KPI by the customer's word, None where none was named."""
    name, kept = word["name"].strip(), word["kept"]
    if not name:
        return None
    if None in (word["before"], word["after"], word["on"]) or not word["person"].strip():
        raise UsageFault(words.W_NEEDED)
    unchanged = kept is not None and kept.name(word["lang"]) == name
    return _checked({
        "key": kept.key if kept else plain_name(name), "name": kept.name if unchanged else same(name),
        "unit": word["unit"], "better": word["better"], "kind": _KINDS.get(word["unit"], "mean"),
        "origin": {"by": "customer", **{field: word[field] for field in _SAID}},
    })  # fmt: skip


def _checked(fields: Row) -> ProjectKpi:
    try:
        return ProjectKpi.model_validate(fields)
    except ValidationError as error:
        reason = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise UsageFault(words.FIXED_NEEDS.fill(reason=reason)) from error
