"""Editing a mapping as a table: what each column of the file means, what each touchpoint is."""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence

from core.contract import contract
from store.intake.mapping import ColumnRule, Mapping, Reading, TouchpointRule, dump_mapping, parse_mapping

OWN = ""  # a column that stays as an attribute of its own
LEFT_OUT = "-"


def meanings(mapping: Mapping, headers: Sequence[str]) -> dict[str, str]:
    """What each header of the file means: a column of the table, OWN, or LEFT_OUT.

    Headers that a stage, the outcome, a spread, a date put together or the currency reads are not listed:
    they are set in the mapping's text.
    """
    plain = {rule.header: name for name, rule in mapping.columns.items() if rule.header is not None}
    fixed = set(mapping.headers) - set(plain) - set(mapping.key)
    columns = contract()[mapping.table].columns
    found = {}
    for header in headers:
        if header in fixed:
            continue
        if header in mapping.leave_out:
            found[header] = LEFT_OUT
        else:
            found[header] = plain[header] if plain.get(header) in columns else OWN
    return found


def with_meanings(mapping: Mapping, wanted: Map[str, str]) -> dict[str, object]:
    """The changes to `columns` and `leave_out` that give each header its meaning.

    A rule's format, decimals and values stay where its header keeps its meaning.
    """
    before = {rule.header: (name, rule) for name, rule in mapping.columns.items() if rule.header is not None}
    columns = {
        name: rule
        for name, rule in mapping.columns.items()
        if rule.header is None or rule.header not in wanted
    }
    taken = contract()[mapping.table].columns
    for header, meaning in wanted.items():
        name, rule = before.get(header, ("", ColumnRule(header=header)))
        if meaning == LEFT_OUT:
            continue
        if meaning == OWN:
            if name and name not in taken:
                columns[name] = rule
            continue
        columns[meaning] = rule if meaning == name else ColumnRule(header=header)
    left = [header for header, meaning in wanted.items() if meaning == LEFT_OUT]
    return {"columns": columns, "leave_out": tuple(left)}


def with_touchpoints(mapping: Mapping, wanted: Map[str, tuple[str | None, str | None]]) -> dict[str, object]:
    """The touchpoint rules with these phases and events; variants after an order and directions stay."""
    rules = dict(mapping.touchpoints)
    for touchpoint, (phase, event) in wanted.items():
        known = rules.get(touchpoint)
        if known is None and phase is None and event is None:
            continue
        reading = Reading.model_validate({"phase": phase, "event": event})
        rules[touchpoint] = (known or TouchpointRule()).model_copy(
            update={"phase": reading.phase, "event": reading.event}
        )
    return {"touchpoints": rules}


def changed(mapping: Mapping, **fields: object) -> Mapping:
    """The mapping with fields replaced and checked anew. Raises InputFault where they do not fit together."""
    table = fields.get("table", mapping.table)
    if table != mapping.table:
        fields = {**fields, "stages": (), "outcome": None, "spread": (), "touchpoints": {}}
    return parse_mapping(dump_mapping(mapping.model_copy(update=fields)), mapping.source)
