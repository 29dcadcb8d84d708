"""The shipped journey models are complete in both languages; what breaks one names its file and field."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from core.contract import EVENTS
from core.errors import CatalogFault
from journeys.coarsening import parts_by_phase, phase_numbers
from journeys.columns import EVENT_CODES
from journeys.model import JourneyModel, Phase, load_models
from metrics.model import load_kpis

MODELS = load_models()
PHASES = [(model, phase) for model in MODELS.entries.values() for phase in model.phases]


def test_the_shipped_models_load_without_a_fault() -> None:
    assert MODELS.faults == ()
    assert MODELS["seven_phase"].phase_ids == (
        "pre_awareness", "awareness", "consideration", "preference", "purchase", "after_sale", "loyalty",
    )  # fmt: skip
    assert MODELS["five_phase"].phase_ids == (
        "awareness", "consideration", "purchase", "retention", "advocacy",
    )  # fmt: skip


@pytest.mark.parametrize(("model", "phase"), PHASES, ids=[f"{m.id}-{p.id}" for m, p in PHASES])
def test_every_phase_says_what_a_team_needs_to_know(model: JourneyModel, phase: Phase) -> None:
    assert len(phase.measures) >= 3
    assert len(phase.must_do) >= 2
    assert phase.completes
    assert phase.headline in phase.kpis
    assert len(set(phase.kpis)) >= 4
    assert all(measure.de != measure.en for measure in phase.measures)
    assert phase.after_purchase == (phase.patience_days is None)


def test_the_purchase_parts_the_phases_before_from_those_after() -> None:
    for model in MODELS.entries.values():
        sides = [(phase.before_purchase, phase.after_purchase) for phase in model.phases]
        assert sides == sorted(sides, key=lambda side: side[1] - side[0])
        assert sides.count((False, False)) == 1


def test_loyalty_is_split_into_retention_and_advocacy() -> None:
    numbers = phase_numbers(MODELS["five_phase"], MODELS["seven_phase"])
    loyalty = 1 + MODELS["seven_phase"].phase_ids.index("loyalty")
    advocates = {event for event, code in EVENT_CODES.items() if numbers[loyalty, code] == 5}
    assert advocates == {"referral", "testimonial"}
    assert set(numbers[loyalty]) == {4, 5}
    assert not numbers[0].any()


@pytest.mark.parametrize(
    "merges",
    [
        {"advocacy": ("loyalty:referral", "loyalty")},  # loyalty is taken whole twice
        {"retention": ("after_sale",)},  # the rest of loyalty is forgotten
        {"retention": ("after_sale", "loyalty", "delivery")},  # no such phase
        {"advocacy": ("loyalty:applause",)},  # no such event
    ],
)
def test_a_coarsening_that_would_lose_or_double_somebody_is_refused(
    merges: dict[str, tuple[str, ...]],
) -> None:
    five = MODELS["five_phase"]
    phases = tuple(
        phase.model_copy(update={"merges": merges.get(phase.id, phase.merges)}) for phase in five.phases
    )
    with pytest.raises(CatalogFault):
        parts_by_phase(five.model_copy(update={"phases": phases}), MODELS["seven_phase"])


def test_a_company_can_add_its_own_model_and_a_broken_one_breaks_nothing_else(tmp_path: Path) -> None:
    text = Path("journeys/catalog/five_phase.toml").read_text(encoding="utf-8")
    (tmp_path / "own.toml").write_text(text.replace("five_phase", "short"), encoding="utf-8")
    (tmp_path / "broken.toml").write_text(
        text.replace("five_phase", "odd").replace("patience_days = 90", "patience_days = 0"), encoding="utf-8"
    )
    (tmp_path / "forgetful.toml").write_text(
        text.replace("five_phase", "gap").replace('["after_sale", "loyalty"]', '["after_sale"]'),
        encoding="utf-8",
    )
    (tmp_path / "rootless.toml").write_text(
        text.replace("five_phase", "root").replace("seven_phase", "nine_phase"), encoding="utf-8"
    )
    models = load_models(tmp_path)
    assert list(models.entries) == ["five_phase", "seven_phase", "short"]
    assert {(fault.file, fault.entry) for fault in models.faults} == {
        ("broken.toml", "odd"),
        ("forgetful.toml", "gap"),
        ("rootless.toml", "root"),
    }
    said = " ".join(fault.text.de for fault in models.faults)
    assert all(word in said for word in ("patience_days", "loyalty", "nine_phase"))


def test_phases_stand_in_order_before_the_purchase_and_after_it() -> None:
    seven = MODELS["seven_phase"]
    with pytest.raises(ValidationError, match="before the purchase come first"):
        JourneyModel.model_validate(
            {**seven.model_dump(), "phases": [*reversed(seven.model_dump()["phases"])]}
        )


def test_must_do_events_are_events_of_the_contract() -> None:
    events = {step.event for _, phase in PHASES for step in phase.must_do if step.event}
    assert events <= set(EVENTS)
    assert {"talk", "offer", "won", "delivery", "promise_kept", "referral"} <= events


def test_phases_name_kpis_that_exist() -> None:
    known = set(load_kpis().entries)
    named = {kpi for _, phase in PHASES for kpi in (phase.headline, *phase.kpis)}
    assert named - known == set()
    assert len(named) > 30
