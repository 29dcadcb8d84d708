"""What is said beside a figure of something that is followed: how far it was seen, and what is missing."""

from __future__ import annotations

import datetime as dt

from core.period import Period
from core.text import Text
from metrics.result import Estimate
from metrics.wording import amount

_SHARE = Text(
    de="Bis Tag {days} sind es {share} (95 %: {lower} bis {upper})",
    en="By day {days} it is {share} (95%: {lower} to {upper})",
)
_YOUNG = Text(
    de="{share}; weiter reichen die Daten nicht. Ganz zu sehen ist der Zeitraum mit Daten bis zum {day}.",
    en="{share}; the data reach no further. The period can be seen whole with data up to {day}.",
)
_PARTLY = Text(
    de="{share}, geschätzt: Von {n} Fällen hatten {followed} schon {horizon} Tage Zeit; die übrigen zählen, "
    "solange sie zu sehen waren.",
    en="{share}, estimated: of {n} cases {followed} have had {horizon} days; the others count for as long as "
    "they were seen.",
)
_WHOLE = Text(
    de="{share}. Alle {n} Fälle hatten {horizon} Tage Zeit.",
    en="{share}. All {n} cases have had {horizon} days.",
)


def estimate_words(found: Estimate, period: Period) -> Text:
    """The share with its interval, how many were followed to the horizon, and until when the data would have
    to reach where they do not reach far enough."""
    share = _SHARE.fill(
        days=found.days,
        share=amount(found.share, "percent"),
        lower=amount(found.lower, "percent"),
        upper=amount(found.upper, "percent"),
    )
    whole = _PARTLY if found.followed < found.starts else _WHOLE
    text = _YOUNG if found.days < found.horizon else whole
    return text.fill(
        share=share,
        n=found.starts,
        followed=found.followed,
        horizon=found.horizon,
        day=period.end + dt.timedelta(days=found.horizon - 1),
    )
