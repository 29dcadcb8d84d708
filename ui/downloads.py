"""Every chart and table leaves as CSV and Excel; the bytes are made when someone asks for them."""

from __future__ import annotations

import datetime as dt
import numbers
from collections.abc import Callable, Collection, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from core.query import plain_name
from core.text import Lang, written
from exports.tables import csv_bytes, xlsx_bytes
from ui.words import common as words

SHOWN_WHOLE = 15  # rows
EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def downloads(
    frame: pd.DataFrame | Callable[[], pd.DataFrame],
    name: str,
    lang: Lang,
    key: str,
    notes: Sequence[str] = (),
) -> None:
    """Two quiet buttons. `name` is what the table shows, `notes` go on the Excel file's second sheet.

    A table that is costly to make is given as a function and made when someone asks for it.
    """
    file = plain_name(name)

    def made() -> pd.DataFrame:
        return frame() if callable(frame) else frame

    with st.container(horizontal=True, gap="small", key=f"wm_dl_{key}"):
        st.download_button(
            words.CSV(lang),
            data=lambda: csv_bytes(made(), lang),
            file_name=f"{file}.csv",
            mime="text/csv",
            key=f"{key}_csv",
            type="tertiary",
            on_click="ignore",
            help=words.DOWNLOAD_CSV.fill(name=name)(lang),
        )
        st.download_button(
            words.EXCEL(lang),
            data=lambda: xlsx_bytes(made(), notes),
            file_name=f"{file}.xlsx",
            mime=EXCEL_TYPE,
            key=f"{key}_xlsx",
            type="tertiary",
            on_click="ignore",
            help=words.DOWNLOAD_EXCEL.fill(name=name)(lang),
        )


def table(frame: pd.DataFrame, name: str, lang: Lang, key: str, notes: Sequence[str] = ()) -> None:
    """A table of values with its downloads. Cells are drawn as text and numbers, never as markup."""
    grid(frame, name, lang, f"{key}_table")
    downloads(frame, name, lang, key, notes)


def grid(frame: pd.DataFrame, name: str, lang: Lang, key: str, ids: Collection[str] = ()) -> None:
    """A table alone: numbers and times as the language writes them, an empty cell where nothing is known.

    Short tables are shown whole, long ones scroll. The numbers in the columns `ids` count nothing: they are
    written without separators.
    """
    st.dataframe(
        frame.style.format(
            {column: str if column in ids else partial(_cell, lang=lang) for column in frame}, na_rep=""
        ),
        hide_index=True,
        width="stretch",
        height="content" if len(frame) <= SHOWN_WHOLE else 420,
        alt=name,
        placeholder="",
        key=key,
    )


def _cell(value: object, lang: Lang) -> str:
    """A value as the language writes it; midnight is left away from a date."""
    if isinstance(value, pd.Timestamp):
        moment = value.to_pydatetime()
        return written(moment.date() if moment.time() == dt.time() else moment, lang)
    if isinstance(value, numbers.Integral) and not isinstance(value, bool):
        return written(int(value), lang)
    if isinstance(value, numbers.Real) and not isinstance(value, bool):
        return written(round(float(value), 2), lang)
    return str(value)
