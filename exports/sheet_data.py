"""A sheet as the templates take it: plain values, pictures as numbers, charts with their shown texts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.text import Lang
from exports.chart_labels import Label, faint, labels_of
from exports.chart_scale import axis_of, shown_value, values_of
from exports.plain_words import one_line
from exports.raster import redrawn
from exports.sheet import CaseStudy, Chart, Sheet
from exports.sheet_words import (
    APPROACH,
    EVIDENCE,
    FIGURES,
    LOGO,
    MARKS,
    PICTURE,
    RESULT,
    SITUATION,
    bare,
    by_whom,
    chart_title,
    reference,
    reference_lines,
    sentence,
    source_line,
)

Data = dict[str, object]
_TONES = {"treated": "accent", "control": "grey", "expected": "mute"}
_FIGURE = re.compile(r"[−-]?[\d.,\u202f\u00a0]+(\s?%)?|–|")
LABELS = 7  # of a time axis


def sheet_data(sheet: Sheet) -> Data:
    """One sheet; keys as `templates/claim.typ` reads them. InputFault for a logo or picture that is none."""
    head, _, reason = one_line(sheet.grade_sentence).partition(": ")
    lang = sheet.lang
    body = (sentence(reason), sentence(one_line(sheet.provenance)))
    said = {one_line(words) for words in (sheet.footnote, sheet.provenance, sheet.sentence, reason)}
    return {
        "claim": one_line(sheet.claim),
        "title": one_line(sheet.title),
        "under": " · ".join(part for part in map(one_line, (sheet.subject, sheet.period)) if part),
        "sentence": one_line(sheet.sentence),
        "footnote": one_line(sheet.footnote),
        "grade": sheet.grade,
        "grade_head": head,
        "grade_body": " ".join(part for part in body if part),
        "logo": _picture(sheet.logo),
        "logo_alt": LOGO.fill(subject=one_line(sheet.subject))(lang),
        "quote": _quote(sheet),
        "chart": _chart(sheet.chart, sheet) if sheet.chart else None,
        "facts": [[one_line(fact.label), one_line(fact.text)] for fact in sheet.facts],
        "finding": chart_title(sheet.chart, lang) if sheet.chart else one_line(sheet.title),
        "key": [[one_line(fact.label), one_line(fact.text)] for fact in sheet.key_facts],
        "evidence": [list(map(one_line, row)) for row in sheet.evidence] if sheet.evidence else None,
        "evidence_figures": _columns_of_figures(sheet.evidence) if sheet.evidence else [],
        "evidence_heading": EVIDENCE(lang),
        "watermark": one_line(sheet.watermark) if sheet.watermark else None,
        "notes": [
            line
            for line in map(one_line, sheet.notes.split("\n"))
            if line and not any(line.casefold() in words.casefold() for words in said)
        ],
        "reference": reference(sheet),
        "reference_lines": "\n".join(reference_lines(sheet)),
        "source": source_line(sheet),
    }


def story_data(story: CaseStudy) -> Data:
    """The story around the sheets: headings and texts of people, paragraphs kept."""
    lang = story.sheets[0].lang
    parts = ((SITUATION, story.situation), (APPROACH, story.approach), (RESULT, story.result))
    return {
        "title": one_line(story.title),
        "subject": one_line(story.sheets[0].subject),
        "figures": FIGURES(lang),
        "parts": [
            [heading(lang), [line for line in words.split("\n") if line.strip()]] for heading, words in parts
        ],
    }


def _columns_of_figures(evidence: Sequence[Sequence[str]]) -> list[bool]:
    """Which columns hold figures alone, to be set flush right."""
    columns = range(len(evidence[0]))
    return [all(_FIGURE.fullmatch(row[column].strip()) for row in evidence[1:]) for column in columns]


def _quote(sheet: Sheet) -> Mapping[str, object] | None:
    if sheet.quote is None:
        return None
    opening, closing = MARKS[sheet.lang]
    return {
        "words": f"{opening}{bare(sheet.quote)}",
        "end": closing,
        "person": one_line(sheet.quote.person),
        "role": one_line(sheet.quote.role),
        "picture": _picture(sheet.quote.picture, longest=300),
        "picture_alt": PICTURE.fill(person=by_whom(sheet.quote) or "–")(sheet.lang),
    }


def _picture(picture: bytes | None, *, longest: int = 800) -> list[int] | None:
    return list(redrawn(picture, longest=longest)) if picture else None


def _label(
    label: Label | None, name: str, numbers: Sequence[float | None], chart: Chart, lang: Lang
) -> Data | None:
    if label is None:
        return None
    value = numbers[label.place]
    shown = shown_value(value, chart, lang) if label.valued and value is not None else ""
    between = "\n" if label.side == "end" else " "
    return {
        "words": between.join(part for part in (one_line(name), shown) if part),
        "side": label.side,
        "place": label.place,
        "clear": label.clear,
    }


def _chart(chart: Chart, sheet: Sheet) -> Data:
    """Values rounded as shown; each with its text; the axis in whole steps."""
    lang, axis = sheet.lang, axis_of(chart)
    ticked = replace(chart, decimals=axis.decimals)
    values = values_of(chart)
    every = max(-(-len(chart.labels) // LABELS), 1)
    labels = {label.series: label for label in labels_of(chart)} if chart.kind == "series" else {}
    return {
        "kind": chart.kind,
        "title": chart_title(chart, lang),
        "labels": list(map(one_line, chart.labels)),
        "every": every,
        "ticks": [[step, shown_value(step, ticked, lang, unit=False)] for step in axis.steps],
        "series": [
            {
                "name": one_line(one.name),
                "tone": "tint" if one.role == "treated" and faint(one, chart) else _TONES[one.role],
                "thick": 0.5 if faint(one, chart) else 1,
                "dash": "none" if one.role != "expected" else "dotted" if faint(one, chart) else "dashed",
                "dot": one.form == "line" and not faint(one, chart),
                "label": _label(labels.get(number), one.name, numbers, chart, lang),
                "values": numbers,
                "shown": ["–" if number is None else shown_value(number, chart, lang) for number in numbers],
            }
            for number, (one, numbers) in enumerate(zip(chart.series, values, strict=True))
        ],
        "change_at": None if chart.change_at is None else chart.change_at - 0.5,
        "change_label": one_line(chart.change_label),
        "alt": one_line(chart.alt),
    }
