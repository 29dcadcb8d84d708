"""Groups beside each other as a table: a column a group, a row a measure, small print under each figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from ui.blocks import below, esc


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One row: what is measured, and for each column the figure with its small print."""

    label: str
    cells: Sequence[tuple[str, str]]


def side_by_side(columns: Sequence[str], rows: Sequence[Measured], caption: str, corner: str) -> None:
    """The table; `corner` is read out for the column of labels. A wide one scrolls, also by keys."""
    head = "".join(f'<th scope="col" class="wm-n">{esc(column)}</th>' for column in columns)
    body = "".join(
        f'<tr><th scope="row">{esc(row.label)}</th>'
        + "".join(f'<td class="wm-n">{esc(value)}{below(small)}</td>' for value, small in row.cells)
        + "</tr>"
        for row in rows
    )
    corner = f'<th scope="col"><span class="wm-hidden">{esc(corner)}</span></th>'
    st.html(
        f'<div class="wm-wide" tabindex="0" role="region" aria-label="{esc(caption)}">'
        f'<table class="wm-rows wm-sides"><caption class="wm-hidden">{esc(caption)}</caption>'
        f"<tr>{corner}{head}</tr>{body}</table></div>"
    )
