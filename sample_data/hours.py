"""When people act: offices work on weekdays from 9 to 17, visitors of a website also in the evening."""

from __future__ import annotations

import datetime as dt

from sample_data.chance import Chance

OPENS, CLOSES = 9, 17


def later(at: dt.datetime, days: float) -> dt.datetime:
    return at + dt.timedelta(minutes=round(days * 24 * 60))


def in_office(chance: Chance, at: dt.datetime) -> dt.datetime:
    """A moment of office work on that day, or on the next working day; never before `at`."""
    while at.isoweekday() > 5:
        at = dt.datetime(at.year, at.month, at.day) + dt.timedelta(days=1)
    peaks = {9: 14, 10: 18, 11: 15, 12: 6, 13: 9, 14: 15, 15: 13, 16: 10}
    moment = at.replace(hour=chance.pick("hour", peaks), minute=chance.whole("minute", 0, 59), second=0)
    if moment >= at:
        return moment
    if at.hour < CLOSES:
        left = (CLOSES - at.hour) * 60 - at.minute
        return later(at, chance.between("rest of day", 0, left - 1) / (24 * 60))
    return in_office(chance, dt.datetime(at.year, at.month, at.day) + dt.timedelta(days=1))


def at_leisure(chance: Chance, at: dt.datetime, segment: str) -> dt.datetime:
    """A moment of that day when somebody looks around: firms by day, private people in the evening."""
    if segment == "B2B":
        if at.isoweekday() > 5 and chance.stream("weekend").random() < 0.8:
            at = at + dt.timedelta(days=8 - at.isoweekday())
        peaks = {7: 3, 8: 9, 9: 13, 10: 14, 11: 12, 12: 9, 13: 9, 14: 11, 15: 10, 16: 8, 17: 5, 19: 3, 21: 2}
    else:
        peaks = {8: 4, 10: 6, 12: 8, 14: 5, 16: 7, 17: 9, 18: 12, 19: 15, 20: 17, 21: 13, 22: 6}
    return at.replace(hour=chance.pick("leisure", peaks), minute=chance.whole("minute", 0, 59), second=0)


def after_working_hours(at: dt.datetime, hours: float) -> dt.datetime:
    """The moment at which so many working hours have passed since `at`."""
    while True:
        opens = at.replace(hour=OPENS, minute=0, second=0)
        closes = at.replace(hour=CLOSES, minute=0, second=0)
        if at.isoweekday() <= 5 and at < closes:
            begin = max(at, opens)
            left = (closes - begin).total_seconds() / 3600
            if hours <= left:
                return begin + dt.timedelta(minutes=round(hours * 60))
            hours -= left
        at = opens + dt.timedelta(days=1)
