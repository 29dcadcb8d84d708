"""How projects are put into words: the finding over all of them, figures, status, grade."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from cockpit.projectresults import KpiResult, ProjectResult
from core.text import Text, same
from metrics.wording import amount
from proof.effect import Effect
from proof.figures import Shown, figures, levels
from proof.words import grade_words
from ui.words import projects as words

GROUPS = ("improved", "worsened", "no_effect", "customer", "too_few", "open")


def group_of(shown: KpiResult) -> str:
    """Where a project stands on the shelf: by its verdict, the customer's word apart."""
    if shown.provenance == "customer":
        return "customer"
    return "open" if shown.chosen is None else shown.verdict


def shelf_title(found: Sequence[ProjectResult]) -> Text:
    """How many projects are shown to have improved things, and how many to have made them worse."""
    if not found:
        return words.NONE
    proven = sum(_shown(each.first, "improved") for each in found)
    worse = sum(_shown(each.first, "worsened") for each in found)
    title = {0: words.PROVEN_NONE, 1: words.PROVEN_ONE}.get(proven, words.PROVEN)
    title = title.fill(n=proven, all=len(found))
    if not worse:
        return title
    return (words.AND_WORSE_ONE if worse == 1 else words.AND_WORSE).fill(title=title, n=worse)


def _shown(shown: KpiResult, verdict: str) -> bool:
    return shown.verdict == verdict and shown.graded is not None and shown.graded.grade in ("A", "B")


def project_title(found: ProjectResult) -> Text:
    """What the first KPI shows; the project's name where there is nothing to compare yet."""
    return found.first.wording.title if found.first.wording else found.project.name


def pair(effect: Effect, currency: str) -> tuple[Shown, Shown] | None:
    """Before and after as they are shown, rounded towards each other; None without figures."""
    if found := figures(effect, currency):
        return found.before, found.after
    return levels(effect, currency)


def before_and_after(shown: KpiResult, currency: str) -> Text | None:
    """Both figures; where they cannot be compared the Ist that the Soll is held against, if it is judged."""
    if found := pair(shown.chosen, currency) if shown.chosen else None:
        return words.ARROW.fill(before=found[0].text, after=found[1].text)
    held = shown.attained
    if held is None or held.actual is None or held.standing == "open":
        return None
    return words.ACTUAL_IS.fill(actual=amount(held.actual, shown.kpi.unit, currency))


def target_words(shown: KpiResult, currency: str) -> Text | None:
    """Whether the target was met, closely or not, or how far it is so far; None without a target."""
    held = shown.attained
    if shown.kpi.target is None:
        return None
    target = amount(shown.kpi.target, shown.kpi.unit, currency)
    if held is None or held.standing == "open":
        if held is None or held.actual is None:
            return words.TARGET_OPEN.fill(target=target)
        return words.TARGET_SO_FAR.fill(target=target, actual=amount(held.actual, shown.kpi.unit, currency))
    return words.TARGETS[held.standing, held.clear is not False].fill(target=target)


def actual_words(shown: KpiResult, currency: str) -> Text:
    """What the Ist rests on: its interval and how many periods; nothing where that is not known."""
    held, unit = shown.attained, shown.kpi.unit
    if held is None or not held.periods:
        return same("")
    of = words.PERIODS_OF if held.periods < held.wanted else words.PERIODS
    told = of.fill(n=held.periods, all=held.wanted)
    if held.low is None or held.high is None:
        return told
    low, high = (amount(bound, unit, currency) for bound in (held.low, held.high))
    return words.ACTUAL_INTERVAL.fill(low=low, high=high, periods=told)


def slope_title(effect: Effect, currency: str) -> Text:
    """`Vorher 22,8 h, nachher 17,9 h; zu erwarten waren 22,9 h`."""
    told, exact = pair(effect, currency), figures(effect, currency)
    if told is None:
        return same("")
    if exact is None or effect.design == "plain":
        return words.FROM_TO.fill(before=told[0].text, after=told[1].text)
    return words.FROM_TO_EXPECTED.fill(before=told[0].text, after=told[1].text, expected=exact.expected.text)


def course_title(shown: KpiResult, first: dt.date) -> Text:
    """What the course shows as far as the grade lets it be said; else since when it is known."""
    strong = shown.graded is not None and shown.graded.grade in ("A", "B")
    if strong and shown.provenance == "computed" and shown.verdict in words.COURSES:
        return words.COURSES[shown.verdict]
    return words.SERIES.fill(first=f"{first:%m/%Y}")


def outlier_name(name: str) -> str:
    """A period as `11/2025`, a unit by its own name."""
    try:
        return f"{dt.date.fromisoformat(name):%m/%Y}"
    except ValueError:
        return name


def grade_sentence(shown: KpiResult) -> Text | None:
    """`Belastbarkeit A: belastbarer Vergleich …`; the customer's word is no grade."""
    if shown.provenance == "customer":
        return words.BY_WORD
    if shown.graded is None:
        return None
    grade = shown.graded.grade
    return words.GRADE.fill(grade=grade, words=grade_words(grade))


def badge(shown: KpiResult) -> str:
    """The letter in the circle: the grade, quotation marks for the customer's word, a dash for none."""
    if shown.provenance == "customer":
        return "„“"
    return shown.graded.grade if shown.graded else "–"
