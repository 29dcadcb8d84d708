"""How a proof looks: a line on the shelf, a card, and in which group it stands."""

from __future__ import annotations

from typing import Literal

from cockpit.claims import Entry
from core.text import Lang, Text
from metrics.wording import joined
from proof.sectors import industry_name
from ui.blocks import esc
from ui.links import plain_address
from ui.words import claims as words

Group = Literal["ready", "stale", "blocked", "no_gain"]


def group_of(entry: Entry) -> Group:
    """Whether it can be used today, and if not, what is in the way first."""
    if not entry.candidate.shows_gain:
        return "no_gain"
    if entry.permission.allowed == "none":
        return "blocked"
    return "ready" if entry.fresh else "stale"


def badge(entry: Entry) -> str:
    """The letter in the circle: the grade, quotation marks for the customer's word."""
    return "„“" if entry.claim.provenance == "customer" else entry.claim.grade


def arrow(entry: Entry, lang: Lang) -> str:
    """`25,0 h → 16,7 h`."""
    before, after = entry.claim.figure("before"), entry.claim.figure("after")
    return f"{before.text(lang)} → {after.text(lang)}" if before and after else ""


def change_words(entry: Entry, lang: Lang) -> str:
    """`−8,3 h (−8,9 bis −7,7 h)`, nothing for a customer's word."""
    change, interval = entry.claim.figure("change"), entry.claim.figure("interval")
    return f"{change.text(lang)} ({interval.text(lang)})" if change and interval else ""


def used_words(entry: Entry) -> Text:
    if not entry.handouts:
        return words.NEVER_USED
    won = sum(each.deal == "won" for each in entry.handouts)
    return words.USED.fill(n=len(entry.handouts), won=won)


def line(entry: Entry, lang: Lang, reasons: tuple[Text, ...] = ()) -> str:
    """A line of the shelf as markup: grade, finding, whose, figures, and what is in the way."""
    claim, project = entry.claim, entry.project
    marks = [words.ALLOWED[entry.permission.allowed](lang)]
    if entry.expired:
        marks.append(words.EXPIRED(lang))
    elif not entry.fresh:
        marks.append(words.STALE(lang))
    meta = [project.customer, industry_name(project.industry)(lang), used_words(entry)(lang), claim.id]
    why = f'<span class="wm-small">{esc(joined(list(reasons))(lang))}</span>' if reasons else ""
    letter = badge(entry)
    tone = letter if letter in "ABCX" else "none"
    return (
        f'<li><a class="wm-project" href="{esc(claim_address(entry, lang))}">'
        f'<span class="wm-grade wm-grade-{tone}" title="{esc(claim.grade_reason(lang))}">{esc(letter)}</span>'
        f'<span class="wm-project-what"><span class="wm-strong">{esc(claim.title(lang))}</span>'
        f'<span class="wm-small">{esc(" · ".join(meta))}</span>{why}</span>'
        f'<span class="wm-n"><span>{esc(arrow(entry, lang))}</span>'
        f'<span class="wm-small">{esc(" · ".join(marks))}</span></span></a></li>'
    )


def claim_address(entry: Entry, lang: Lang) -> str:
    return plain_address("claims", lang, claim=entry.claim.id)
