"""A number typed as people write it: `12,5` or `1.200` in German, `12.5` or `1,200` in English."""

from __future__ import annotations

import re

import streamlit as st

from core.text import Lang, Text
from ui.escaping import as_markdown

_BESIDE = re.compile(r"[\s\u00a0\u202f€%']|EUR|h\b", re.IGNORECASE)  # what people type beside the digits
_PLAIN = re.compile(r"-?\d+(\.\d+)?")
LONGEST = 15  # digits that a float holds exactly

NO_NUMBER = Text(de="„{typed}“ ist keine Zahl.", en="“{typed}” is not a number.")


def read_number(typed: str, lang: Lang) -> float | None:
    """The number, None where the text is none.

    A mark followed by anything but groups of three digits is a decimal one in either language; only where
    both readings are possible the language decides.

    >>> [read_number(said, "de") for said in ("12,5", "1.200", "12.5", "1.234,5", "zwölf", "1,2,3")]
    [12.5, 1200.0, 12.5, 1234.5, None, None]
    >>> read_number("1,200", "en")
    1200.0
    """
    text = _BESIDE.sub("", typed.strip()).replace("−", "-")
    thousands, decimal = (".", ",") if lang == "de" else (",", ".")
    if re.fullmatch(rf"-?\d{{1,3}}({re.escape(thousands)}\d{{3}})+({re.escape(decimal)}\d+)?", text):
        text = text.replace(thousands, "").replace(decimal, ".")
    elif text.count(",") + text.count(".") <= 1:
        text = text.replace(",", ".")
    if not _PLAIN.fullmatch(text) or sum(map(str.isdigit, text)) > LONGEST:
        return None
    return float(text)


def number_field(label: str, key: str, lang: Lang, *, placeholder: str = "") -> float | None:
    """A field for a number; None while it is empty or holds none, and then it says so."""
    typed: str = st.text_input(label, key=key, placeholder=placeholder, max_chars=40, persist_state="session")
    if not typed.strip():
        return None
    found = read_number(typed, lang)
    if found is None:
        st.error(as_markdown(NO_NUMBER.fill(typed=typed.strip())(lang)))
    return found
