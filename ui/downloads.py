"""Every chart and table leaves as CSV and Excel; the bytes are made when someone asks for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from core.query import plain_name
from core.text import Lang
from exports.tables import csv_bytes, xlsx_bytes
from ui.words import common as words

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
    st.dataframe(frame, hide_index=True, width="stretch", alt=name, key=f"{key}_table")
    downloads(frame, name, lang, key, notes)
