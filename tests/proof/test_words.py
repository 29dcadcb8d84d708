"""Words never outrun the grade, rounding never beautifies, both languages show the same numbers."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import proof.words
from core.text import LANGS, Text
from proof.effect import Check, Design, Effect, Grade
from proof.figures import cut, figures
from proof.grading import Graded, grade, verdict
from proof.stated import stated
from proof.words import Wording, wording

NAME = Text(de="Bearbeitungszeit", en="Handling time")
PROJECT = Text(de="Neues Routing", en="New routing")
UNITS = ("percent", "days", "eur", "count", "hours", "minutes", "score5", "ratio", "Packungen", "")
CAUSAL = re.compile(r"\b(durch|dank|wegen|bewirkt\w*|through|because|thanks|due|caused by)\b", re.IGNORECASE)
SINCE = re.compile(r"\b(seit|since)\b", re.IGNORECASE)

amounts = st.floats(min_value=1e-4, max_value=1e6)


def passed(name: str = "placebo", *, how: bool | None = True) -> Check:
    return Check(name=name, passed=how, text=Text(de="Geprüft.", en="Tested."))


@st.composite
def effects(draw: st.DrawFn) -> Effect:
    """Consistent figures of any size, direction, design and outcome of checks."""
    estimate = draw(amounts) * draw(st.sampled_from([-1, 1]))
    reach = abs(estimate) * draw(st.floats(min_value=0.01, max_value=3))
    expected = draw(amounts) + max(-estimate, 0)
    checks = draw(st.lists(st.sampled_from([True, True, True, False, None]), max_size=3))
    return Effect(
        design=draw(st.sampled_from(["plain", "its", "did", "synthetic"])), kpi="kpi", kind="mean",
        better=draw(st.sampled_from(["higher", "lower"])), unit_name=draw(st.sampled_from(UNITS)),
        estimate=estimate, low=estimate - reach, high=estimate + reach, p=0.01,
        relative=estimate / expected, relative_low=(estimate - reach) / expected,
        relative_high=(estimate + reach) / expected, before=expected * draw(st.floats(0.5, 2)),
        after=expected + estimate, expected=expected, n_before=40, n_after=30, n_treated=8, n_control=9,
        periods_before=draw(st.sampled_from([1, 36])), periods_after=24,
        baseline=(dt.date(2022, 1, 1), dt.date(2022, 12, 31)),
        window=(dt.date(2023, 1, 1), dt.date(2023, 12, 31)),
        checks=tuple(passed(str(place), how=how) for place, how in enumerate(checks)),
        method=Text(de="Verfahren", en="method"),
    )  # fmt: skip


def said(effect: Effect) -> tuple[Wording, Graded]:
    graded = grade(effect)
    return wording(effect, verdict(effect), graded, NAME, project=PROJECT), graded


@given(effects())
def test_words_never_outrun_the_grade(effect: Effect) -> None:
    words, graded = said(effect)
    for text in (words.title, words.sentence):
        for lang in LANGS:
            if CAUSAL.search(text(lang)):
                assert graded.grade == "A"
                assert verdict(effect) in ("improved", "worsened")
            if SINCE.search(text(lang)):
                assert graded.grade == "B"
    if graded.grade == "X" or verdict(effect) == "no_effect":
        assert not re.search(r"verbessert|besser", words.title.de + words.sentence.de)
        assert not re.search(r"improved|better\b", words.title.en + words.sentence.en)


@given(effects())
def test_a_change_for_the_better_reads_as_good_whatever_its_sign(effect: Effect) -> None:
    words, graded = said(effect)
    if graded.grade == "X":
        return
    bad = re.compile(r"schlechter|verschlechter|worse")
    both = [words.title.de + words.sentence.de, words.title.en + words.sentence.en]
    match verdict(effect):
        case "improved":
            assert not any(bad.search(text) for text in both)
        case "worsened":
            assert all(bad.search(text) for text in both)


@given(effects())
def test_rounding_never_beautifies(effect: Effect) -> None:
    shown = figures(effect)
    assert shown is not None
    assert effect.estimate is not None
    assert effect.low is not None
    assert effect.high is not None
    assert effect.after is not None
    assert effect.expected is not None
    slack = 1e-6 * max(1.0, abs(effect.estimate), abs(effect.low), abs(effect.high))
    assert shown.change.value <= abs(effect.estimate) + slack
    assert shown.low.value <= effect.low + slack
    assert shown.high.value >= effect.high - slack
    if shown.relative is not None and effect.relative is not None:
        assert shown.relative.value <= 100 * abs(effect.relative) * (1 + 1e-9) + 1e-6
    gap = abs(shown.after.value - shown.expected.value)
    if (shown.after.value > shown.expected.value) == (effect.after > effect.expected):
        assert gap <= abs(effect.after - effect.expected) + slack


def test_two_point_four_percent_is_not_almost_three() -> None:
    effect = Effect(
        design="its", kpi="kpi", kind="mean", better="higher", unit_name="eur", estimate=2.49, low=1.21,
        high=3.77, p=0.001, relative=0.0249, expected=100.0, before=100.0, after=102.49,
        checks=(passed(),), method=Text(de="m", en="m"),
    )  # fmt: skip
    words, _ = said(effect)
    assert "2,4\u202f€ (2,4\u202f%)" in words.sentence.de
    assert "2.4\u202f€ (2.4%)" in words.sentence.en
    assert cut(2.4999999, 1) == 2.4
    assert cut(7.0 - 1e-14, 1) == 7.0, "an error of rounding alone takes nothing away"


def numbers(text: str, lang: str) -> list[float]:
    """The numbers of a text, its dates left out."""
    plain = re.sub(r"\d\d/\d{4}|95-?\s?-?%", "", text)
    found = re.findall(r"\d[\d.,]*\d|\d", plain)
    group, decimal = (".", ",") if lang == "de" else (",", ".")
    return [float(each.replace(group, "").replace(decimal, ".")) for each in found]


@given(effects())
def test_german_and_english_show_the_same_numbers(effect: Effect) -> None:
    words, _ = said(effect)
    for text in (words.title, words.sentence, words.footnote):
        assert sorted(numbers(text.de, "de")) == sorted(numbers(text.en, "en"))


@given(effects())
def test_the_footnote_carries_n_period_design_and_interval(effect: Effect) -> None:
    shown, (words, _) = figures(effect), said(effect)
    assert shown is not None
    assert shown.interval.de in words.footnote.de
    assert "01/2022–12/2022" in words.footnote.de
    assert "01/2023–12/2023" in words.footnote.en
    assert re.search(r"\d", words.footnote.de)
    assert "Verfahren" in words.footnote.de


def test_every_grade_has_its_own_sentence_for_no_effect() -> None:
    base = Effect(
        design="did", kpi="kpi", kind="mean", better="higher", unit_name="days", estimate=1.0, low=-2.0,
        high=4.0, p=0.5, relative=0.1, expected=10.0, before=10.0, after=11.0, periods_before=12,
        checks=(passed(),), method=Text(de="m", en="m"),
    )  # fmt: skip
    designs: tuple[Design, ...] = ("did", "its", "plain")
    sentences = {said(replace(base, design=design))[0].sentence.de for design in designs}
    sentences.add(said(replace(base, checks=(passed(how=None),)))[0].sentence.de)
    sentences.add(said(replace(base, checks=(passed(how=False),)))[0].sentence.de)
    assert len(sentences) == 5
    assert said(base)[1].grade == "A"


def test_a_check_that_cannot_be_run_is_not_passed() -> None:
    base = Effect(
        design="did", kpi="kpi", kind="mean", better="higher", unit_name="days", estimate=3.0, low=2.0,
        high=4.0, p=0.001, relative=0.3, expected=10.0, before=10.0, after=13.0, periods_before=12,
        checks=(passed(), passed("parallel", how=None)), method=Text(de="m", en="m"),
    )  # fmt: skip
    assert grade(base).grade == "B"
    assert grade(replace(base, checks=(passed(),))).grade == "A"
    assert grade(replace(base, checks=(passed(),), periods_before=2)).grade == "B"
    plain = replace(base, design="plain")
    assert (grade(plain).grade, verdict(plain)) == ("X", "no_effect")


def test_a_changed_definition_is_not_usable_and_a_late_baseline_is_said() -> None:
    base = Effect(
        design="plain", kpi="kpi", kind="mean", better="higher", unit_name="days", estimate=3.0, low=2.0,
        high=4.0, p=0.001, relative=0.3, expected=10.0, before=10.0, after=13.0, checks=(passed(),),
        method=Text(de="m", en="m"),
    )  # fmt: skip
    assert grade(base, definition_changed=True).grade == "X"
    assert grade(base, retrospective=True).cautions != ()
    assert grade(base, retrospective=True).grade == "C"


def test_a_customers_word_claims_no_more_than_two_figures() -> None:
    effect = stated("kpi", 24.0, 18.5, unit_name="days", better="lower")
    assert (grade(effect).grade, verdict(effect)) == ("X", "too_few")
    words = wording(effect, verdict(effect), grade(effect), NAME, provenance="customer")
    assert "nach Angabe des Kunden" in words.title.de
    assert "according to the customer" in words.title.en
    assert "24,0" in words.sentence.de
    assert "18,5" in words.sentence.de
    assert not CAUSAL.search(words.sentence.de)


@pytest.mark.parametrize("name", ["{kpi}", "=1+1", "<b>x</b>", "a\u202eb", "x" * 500])
def test_names_of_users_are_values_never_templates(name: str) -> None:
    effect = stated("kpi", 24.0, 18.5, unit_name="days", better="lower")
    text = Text(de=name, en=name)
    words = wording(
        effect, verdict(effect), grade(effect), text, project=text, customer=text, provenance="customer"
    )
    assert words.sentence.de.count(name) == 3


def test_templates_say_both_languages_with_the_same_places() -> None:
    raw = tomllib.loads(Path(proof.words.__file__).with_name("words.toml").read_text(encoding="utf-8"))
    german = {"project_acc": "project", "project_dat": "project"}
    found = list(texts(raw))
    assert len(found) > 30
    for name, entry in found:
        places = [
            sorted(german.get(place, place) for place in re.findall(r"{(\w+)}", entry[lang]))
            for lang in LANGS
        ]
        assert places[0] == places[1], name


def texts(table: dict[str, Any], name: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every text of the file, however deep, with its name."""
    if set(table) == set(LANGS):
        yield name, table
        return
    for key, entry in table.items():
        yield from texts(entry, f"{name}.{key}")


def test_every_grade_and_verdict_has_words() -> None:
    raw = tomllib.loads(Path(proof.words.__file__).with_name("words.toml").read_text(encoding="utf-8"))
    grades: tuple[Grade, ...] = ("A", "B", "C", "X")
    for letter, found in product(grades, ("improved", "worsened", "no_effect", "too_few")):
        assert raw["grade"][letter]["de"]
        assert raw["verdict"][found]["en"]
    for section in ("A", "B_series", "B_controlled", "C"):
        assert set(raw[section]) == {"improved", "worsened", "no_effect"}
