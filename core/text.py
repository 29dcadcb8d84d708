"""Texts in German and English: everything a person reads passes through here."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from pydantic import BaseModel, ConfigDict

Lang = Literal["de", "en"]
LANGS: tuple[Lang, ...] = ("de", "en")

LOCALES: dict[Lang, str] = {"de": "de_DE", "en": "en_GB"}


class Text(BaseModel):
    """One statement in both languages.

    >>> Text(de="Trichter", en="Funnel")("en")
    'Funnel'
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, str_min_length=1)

    de: str
    en: str

    def __call__(self, lang: Lang) -> str:
        return self.de if lang == "de" else self.en

    def fill(self, **values: object) -> Text:
        """The text with `{name}` replaced by each value, written as its language writes it.

        Numbers and dates go through Babel, nested texts through their own language, the rest through str.
        User text is a value, never part of the template, so braces in it mean nothing.
        """
        de, en = (
            self(lang).format(**{name: written(value, lang) for name, value in values.items()})
            for lang in LANGS
        )
        return Text(de=de, en=en)


def written(value: object, lang: Lang) -> str:
    """How a language writes a value inside a sentence."""
    locale = LOCALES[lang]
    match value:
        case Text():
            return value(lang)
        case bool():
            return str(value)
        case int() | float():
            return format_decimal(value, locale=locale)
        case dt.datetime():
            return format_datetime(
                value, "dd.MM.yyyy HH:mm" if lang == "de" else "d MMM y HH:mm", locale=locale
            )
        case dt.date():
            return format_date(value, "dd.MM.yyyy" if lang == "de" else "d MMM y", locale=locale)
    return str(value)


def same(value: str) -> Text:
    """A name that is the same in both languages (a product, a customer, a column)."""
    return Text(de=value or "–", en=value or "–")
