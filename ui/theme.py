"""The look: one style sheet, and the colours that charts and images need as values."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from core.text import Lang

SHEET = Path(__file__).with_name("theme.css")
SHEET_OF_PROJECTS = Path(__file__).with_name("projects.css")
SHEET_OF_ANSWERING = Path(__file__).with_name("answering.css")


@dataclass(frozen=True, kw_only=True)
class Palette:
    """Colours of a chart. Red and green mean status only, and a sign or a word stands beside them."""

    ink: str
    mute: str
    line: str
    band: str
    accent: str
    bad: str
    good: str
    paper: str


BAND = "rgba(131,148,163,0.15)"  # see-through: it stays quiet when a dark page is printed on white
LIGHT = Palette(
    ink="#18212b", mute="#56636f", line="#dde3e9", band=BAND, accent="#0f5c7a", bad="#a3241b",
    good="#136b3f", paper="#ffffff",
)  # fmt: skip
DARK = Palette(
    ink="#e6ebf0", mute="#a3b0bc", line="#33404c", band=BAND, accent="#6fb7d6", bad="#f0897f",
    good="#6cc795", paper="#12181e",
)  # fmt: skip


def palette() -> Palette:
    """The colours of the theme that the person looks at."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def apply(lang: Lang) -> None:
    """Bring in the style sheet and say the page's language (Streamlit fixes it to English)."""
    st.html(SHEET)
    st.html(f"<script>document.documentElement.lang = {lang!r};</script>", unsafe_allow_javascript=True)


def apply_projects() -> None:
    """What pages with projects and proofs need beside the style sheet of all pages."""
    st.html(SHEET_OF_PROJECTS)


def apply_answering() -> None:
    """What the respondent's page needs beside the style sheet of all pages."""
    st.html(SHEET_OF_ANSWERING)
