"""The quick check for a prospect: where they stand, three recommendations, what those would come to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from checklists.findings import CLAIMED
from checklists.model import Checklist, Dimension, Statement
from checklists.plan import Plan, Step, carried_out
from checklists.scoring import TOP, DimensionScore, Score, Value, score
from checklists.wording import level_text
from core.text import Lang, Text
from exports.anonymity import refuse_names
from exports.manifest import manifest_of, signed
from exports.plain_words import one_line
from exports.reading import places
from exports.sheet import Sheet
from exports.typesetting import typeset
from exports.workshop import shortened
from metrics.wording import number

_HARDLY = 0.25
"""Up to this value a statement counts as one that does not hold yet."""

_KICKER = Text(de="{checklist} · {day}", en="{checklist} · {day}")
_TITLE = Text(
    de="{team}: stark bei „{best}“, der größte Hebel liegt bei „{worst}“",
    en="{team}: strong in “{best}”, the greatest leverage lies in “{worst}”",
)
_TITLE_EVEN = Text(de="{team}: wo Ihre Kundenreise steht", en="{team}: where your customer journey stands")
_LEVEL = Text(de="Ihr Niveau, von 0 bis {top}", en="Your level, from 0 to {top}")
_COUNTS = Text(
    de="Von {n} Aussagen gelten {held} weitgehend, {partly} in Teilen und {hardly} noch kaum.",
    en="Of {n} statements {held} largely hold, {partly} hold in parts and {hardly} hardly hold yet.",
)
_NOT_COUNTED = Text(
    de="{n} treffen auf Sie nicht zu und zählen nicht mit.", en="{n} do not apply to you and are not counted."
)
_PROFILE = Text(de="Ihr Profil", en="Your profile")
_PROFILE_ALT = Text(
    de="Niveau je Bereich von 0 bis {top}: {levels}", en="Level by area from 0 to {top}: {levels}"
)
_NONE = Text(de="entfällt", en="does not apply")
_STEPS = Text(de="Drei Schritte, die jetzt am meisten bringen", en="Three steps that bring most now")
_FEWER_STEPS = Text(de="Was jetzt am meisten bringt", en="What brings most now")
_WHY = Text(de="Warum", en="Why")
_DONE = Text(de="Geschafft, wenn", en="Done when")
_MOVES = Text(de="Bewegt die Kennzahl", en="Moves the KPI")
_DAYS = Text(de="{n} Tage", en="{n} days")
_ONE_DAY = Text(de="1 Tag", en="1 day")
_EFFORT = Text(de="Aufwand", en="Effort")
_EFFECT = Text(
    de="Mit diesen Schritten steigt Ihr Niveau von {before} auf {after}; der Aufwand liegt bei {days} Tagen.",
    en="With these steps your level rises from {before} to {after}; the effort is {days} days.",
)
_ALL_MET = Text(
    de="Alle Aussagen der nächsten Stufe gelten bereits. Mehr zeigt die ausführliche Fassung.",
    en="All statements of the next level hold already. The full version will show more.",
)
_PROOFS = Text(de="Dass es geht, zeigen andere", en="Others show that it can be done")
_INVENTED = Text(de="Beispieldaten, frei erfunden.", en="Sample data, entirely made up.")
_NEXT = Text(de="Der nächste Schritt", en="The next step")
_NEXT_ABOUT = Text(
    de="Lassen Sie drei bis fünf Kolleginnen und Kollegen dieselben Aussagen unabhängig voneinander "
    "beantworten. Wo die Antworten auseinandergehen, lohnt sich das erste Gespräch.",
    en="Have three to five colleagues answer the same statements independently. Where the answers "
    "differ, the first talk is worth while.",
)
_BASIS = Text(
    de="Selbsteinschätzung vom {day}, {n} Antwortende, nicht geprüft.",
    en="Self-assessment of {day}, {n} respondents, not verified.",
)
_BASIS_ONE = Text(
    de="Selbsteinschätzung einer Person vom {day}, nicht geprüft.",
    en="One person’s self-assessment of {day}, not verified.",
)


@dataclass(frozen=True, kw_only=True)
class QuickCheck:
    """What goes into the document. `kpis` are names by id; `proofs` have passed the gate of consent, and are
    marked where they are `invented`, as the sample's are."""

    team: str
    checklist: Checklist
    day: dt.date
    respondents: int
    score: Score
    plan: Plan
    kpis: Mapping[str, Text]
    proofs: Sequence[Sheet] = ()
    invented: bool = False


def quickcheck_pdf(check: QuickCheck, lang: Lang, key: bytes) -> bytes:
    """One page A4 as PDF, two where proofs or long words need them.

    With proofs it carries the manifest of its numbers, signed with the installation's key, as every file with
    a claim does. UsageFault for an anonymous proof that names somebody.
    """
    made = partial(typeset, "quickcheck", quickcheck_data(check, lang), lang=lang, made_on=check.day)
    if not check.proofs:
        return made()
    for sheet in check.proofs:
        refuse_names(sheet)
    return made(attached=signed(manifest_of(places(made()), check.proofs), key))


def quickcheck_data(check: QuickCheck, lang: Lang) -> dict[str, object]:
    """What the template sets: words of one language, levels as numbers."""
    overall = check.score.overall or 0.0
    steps = check.plan.first
    names = [(one.name(lang), scored) for one, scored in _areas(check)]
    told = ", ".join(f"{name} {_level(scored, lang)}" for name, scored in names)
    basis = _BASIS_ONE if check.respondents == 1 else _BASIS
    return {
        "kicker": _KICKER.fill(checklist=check.checklist.name, day=check.day)(lang),
        "title": shortened(_title(check)(lang), 150),
        "level": number(overall, 1, lang),
        "share": overall / TOP,
        "level_is": _LEVEL.fill(top=int(TOP))(lang),
        "counts": _counts(check, lang),
        "profile": _PROFILE(lang),
        "profile_alt": _PROFILE_ALT.fill(top=int(TOP), levels=told)(lang),
        "areas": [
            {
                "name": name,
                "share": (scored.continuous or 0.0) / TOP,
                "level": _level(scored, lang),
            }
            for (name, scored), (one, _) in zip(names, _areas(check), strict=True)
        ],
        "steps_title": (_STEPS if len(steps) > 2 else _FEWER_STEPS)(lang),
        "steps": [_step(step, check, lang) for step in steps],
        "words": {"why": _WHY(lang), "done": _DONE(lang), "moves": _MOVES(lang), "effort": _EFFORT(lang)},
        "effect": _effect(check, steps, lang),
        "proofs_title": _PROOFS(lang),
        "proofs": [
            {
                "sentence": shortened(one.sentence, 400),
                "footnote": _footnote(one, check, lang),
            }
            for one in check.proofs
        ],
        "next": _NEXT(lang),
        "next_about": _NEXT_ABOUT(lang),
        "basis": basis.fill(day=check.day, n=check.respondents)(lang),
    }


def _footnote(one: Sheet, check: QuickCheck, lang: Lang) -> str:
    """What a proof rests on, and its number, by which it can be asked about."""
    rests = f"{one.footnote.rstrip('.')}; {one.provenance}; {one.claim}"
    return shortened(f"{_INVENTED(lang)} {rests}" if check.invented else rests, 300)


def _areas(check: QuickCheck) -> list[tuple[Dimension, DimensionScore]]:
    return list(zip(check.checklist.dimensions, check.score.dimensions, strict=True))


def _level(scored: DimensionScore, lang: Lang) -> str:
    return _NONE(lang) if scored.continuous is None else number(scored.continuous, 1, lang)


def _title(check: QuickCheck) -> Text:
    """The strongest and the weakest area; where all are alike there is no lever to name."""
    known = [(one.continuous, one.dimension) for one in check.score.dimensions if one.continuous is not None]
    if not known or max(known)[0] == min(known)[0]:
        return _TITLE_EVEN.fill(team=check.team)
    names = {one.id: one.name for one in check.checklist.dimensions}
    return _TITLE.fill(team=check.team, best=names[max(known)[1]], worst=names[min(known)[1]])


def _counts(check: QuickCheck, lang: Lang) -> str:
    known = [one.value for one in check.score.values.values() if one.value is not None]
    held = sum(value >= CLAIMED for value in known)
    hardly = sum(value <= _HARDLY for value in known)
    said = _COUNTS.fill(n=len(known), held=held, partly=len(known) - held - hardly, hardly=hardly)(lang)
    left = len(check.score.values) - len(known)
    return f"{said} {_NOT_COUNTED.fill(n=left)(lang)}" if left else said


def _step(step: Step, check: QuickCheck, lang: Lang) -> dict[str, str]:
    statement: Statement = check.checklist.statement(step.statement)
    names = {one.id: one.name(lang) for one in check.checklist.dimensions}
    kpi = check.kpis.get(step.kpi or "")
    return {
        "action": shortened(step.action(lang), 200),
        "area": one_line(names[step.dimension]),
        "why": shortened(statement.why(lang), 220) if statement.why else "",
        "done": shortened(statement.criteria[-1](lang), 180) if statement.criteria else "",
        "moves": kpi(lang) if kpi else "",
        "days": _days(step.days, lang),
    }


def _days(days: float, lang: Lang) -> str:
    if days == 1:
        return _ONE_DAY(lang)
    return _DAYS.fill(n=int(days) if float(days).is_integer() else days)(lang)


def _effect(check: QuickCheck, steps: Sequence[Step], lang: Lang) -> str:
    """What the level becomes once these steps are done, and what they take together."""
    if not steps:
        return _ALL_MET(lang)
    values: dict[str, Value] = carried_out(check.score.values, {step.statement for step in steps})
    after = score(check.checklist, values).overall
    days = sum(step.days for step in steps)
    said = _EFFECT.fill(
        before=level_text(check.score.overall or 0.0),
        after=level_text(after or 0.0),
        days=int(days) if float(days).is_integer() else days,
    )
    return said(lang)
