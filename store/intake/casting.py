"""Text to numbers, flags and texts by strict whole-value rules: SQL expressions, nothing guessed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from store.intake.mapping import Decimal

_BLANK: Final = r"[\s\x0B\x{00A0}\x{2007}\x{2009}\x{202F}\x{FEFF}]+"
"""What is trimmed from both ends of a cell before it is read: blanks of every width, and a stray BOM."""

_GROUPS: Final[Mapping[Decimal, tuple[str, ...]]] = {
    ",": (r"\.", r"[ \x{00A0}\x{202F}\x{2009}]", "['’]"),
    ".": (",", r"[ \x{00A0}\x{202F}\x{2009}]", "['’]"),
}

SYMBOLS: Final[Mapping[str, tuple[str, ...]]] = {
    "EUR": ("€", "Euro"),
    "USD": ("$", "US$"),
    "GBP": ("£",),
    "CHF": ("Fr.", "SFr.", "sFr."),
    "PLN": ("zł",),
    "CZK": ("Kč",),
    "JPY": ("¥",),
}
"""What a currency may be called beside its ISO code."""

_UNIT: Final = r"(?:[A-Z]{3}|[A-Z]{0,3}\p{Sc})"

TRUE_WORDS: Final = ("ja", "yes", "true", "wahr", "1", "j", "y", "x", "t")
FALSE_WORDS: Final = ("nein", "no", "false", "falsch", "0", "n", "f")

LONGEST: Final[Mapping[str, int]] = {"comment": 20_000, "note": 20_000, "argument": 20_000, "worry": 20_000}
LONGEST_TEXT: Final = 1_000
LONGEST_ID: Final = 300


def text_sql(cell: str) -> str:
    """A trimmed cell; NULL where nothing is left."""
    return f"nullif(regexp_replace({cell}, '^{_BLANK}|{_BLANK}$', '', 'g'), '')"


def number_pattern(decimal: Decimal) -> str:
    """The regular expression of a plain number written with this decimal sign."""
    groups = "|".join(rf"[1-9]\d{{0,2}}(?:{sign}\d{{3}})+" for sign in _GROUPS[decimal])
    sign = r"\." if decimal == "." else ","
    power = r"(?:[eE][+-]?\d{1,3})?" if decimal == "." else ""
    return rf"[+\x{{2212}}-]?\s?(?:\d+|{groups})(?:{sign}\d+)?{power}"


def bare_sql(text: str, currency: str, money: bool) -> str:
    """A number's text without its unit: the workspace's own currency on money, a percent sign elsewhere.

    `(12,50)` and `12,50-`, as accounting writes negative amounts, become `-12,50`.
    """
    if money:
        names = "|".join(_escaped(name) for name in (currency, *SYMBOLS.get(currency, ())))
        unit = f"(?i:{names})"
        text = f"regexp_replace({text}, '^([+\\x{{2212}}-]?){unit}\\s*|\\s*{unit}$', '\\1')"
    else:
        text = rf"regexp_replace({text}, '\s*%$', '')"
    return rf"regexp_replace({text}, '^\((.+)\)$|^([^-]+)-$', '-\1\2')"


def is_number_sql(bare: str, decimal: Decimal) -> str:
    """Whether a text without unit is a number written with this decimal sign."""
    return f"regexp_full_match({bare}, '{_quoted(number_pattern(decimal))}')"


def number_sql(bare: str, decimal: Decimal) -> str:
    """A DOUBLE from a text without unit; NULL where it is not written with this decimal sign."""
    kept = f"regexp_replace({bare}, '[^0-9{decimal}eE+\\x{{2212}}-]', '', 'g')"
    plain = f"replace(replace({kept}, ',', '.'), '−', '-')"
    checked = f"CASE WHEN {is_number_sql(bare, decimal)} THEN {plain} END"
    return f"list_filter([TRY_CAST({checked} AS DOUBLE)], lambda n: isfinite(n))[1]"


def usual_number_sql(text: str, decimal: Decimal, otherwise: str) -> str:
    """A DOUBLE from a text: at once where it is digits and at most one decimal sign, else as `otherwise`."""
    sign = r"\." if decimal == "." else ","
    usual = rf"regexp_full_match({text}, '-?\d{{1,18}}(?:{sign}\d{{1,18}})?')"
    return (
        f"CASE WHEN {text} IS NULL THEN NULL WHEN {usual} "
        f"THEN CAST(replace({text}, ',', '.') AS DOUBLE) ELSE {otherwise} END"
    )


def foreign_money_sql(text: str, currency: str) -> str:
    """Whether a money cell names a currency that is not the workspace's."""
    own = "|".join(_escaped(name) for name in (currency, *SYMBOLS.get(currency, ())))
    unit = rf"regexp_extract({text}, '^[+-]?\s*({_UNIT})\s*[\d+-]|\d\s*({_UNIT})$', ['before', 'behind'])"
    return (
        f"CASE WHEN {text} IS NULL OR regexp_full_match({text}, '[-0-9.,]*') THEN false ELSE "
        f"list_transform([{unit}], lambda u: u.before || u.behind <> '' "
        f"AND NOT regexp_full_match(u.before || u.behind, '(?i:{own})'))[1] END"
    )


def flag_sql(text: str) -> str:
    """A BOOLEAN from ja/nein, yes/no, true/false, wahr/falsch, 1/0, j/n, y/n, x; NULL for anything else."""
    words = f"CASE WHEN lower({text}) IN ({_listed(TRUE_WORDS)}) THEN true "
    return words + f"WHEN lower({text}) IN ({_listed(FALSE_WORDS)}) THEN false END"


def has_control_characters_sql(text: str) -> str:
    """Whether a text holds control characters other than tab and line ends."""
    return rf"regexp_matches({text}, '[\x00-\x08\x0B\x0C\x0E-\x1F\x7F]')"


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def _escaped(name: str) -> str:
    """A name as it stands inside a regular expression inside an SQL string."""
    return "".join(c if c.isalnum() else f"\\x{{{ord(c):X}}}" for c in name)
