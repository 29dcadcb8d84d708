"""The funnel as the page and the command line ask for it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from cockpit.funnel import FunnelView, best_attempt, funnel
from cockpit.workspace import Workspace, open_workspace
from core.errors import UsageFault
from core.view import View
from journeys.funnel import MOST_GROUPS, Route
from tests.building import batch_from_rows, workspace_from_rows


def contact(customer: str, day: str, touchpoint: str, **more: Any) -> dict[str, Any]:
    return {"customer_id": customer, "occurred_at": f"2024-{day}", "touchpoint": touchpoint, **more}


ROWS = [
    # Anna goes all the way within 40 days; her last talk before the order was on the phone.
    contact("Anna", "01-02", "web", channel="Messe", wetter="Regen"),
    contact("Anna", "01-05", "enquiry", channel="Messe"),
    contact("Anna", "01-20", "offer", channel="Telefon"),
    contact("Anna", "02-10", "order", channel="Telefon"),
    contact("Anna", "02-20", "delivery", channel="Post"),
    # Bert skips the enquiry and buys; Cora is lost and comes back; Dora is still thinking.
    contact("Bert", "01-03", "web", channel="Web"),
    contact("Bert", "01-10", "offer", channel="Web"),
    contact("Bert", "01-10", "order", channel="Web"),
    contact("Cora", "01-04", "web", channel="Web"),
    contact("Cora", "01-14", "refusal", channel="Web"),
    contact("Cora", "01-24", "order", channel="Web"),
    contact("Dora", "04-30", "web"),
    contact("Dora", "05-02", "enquiry"),
]


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return workspace_from_rows(
        tmp_path_factory.mktemp("funnel"), ROWS, data_end=dt.datetime(2024, 5, 31, 23, 59, 59)
    )


def ask(ws: Workspace, view: View | None = None, **route: Any) -> FunnelView:
    found = funnel(ws, view or View(), Route(**{"window_days": 60, **route}))
    assert found is not None
    return found


def steps(found: FunnelView) -> dict[str, int]:
    return {step.phase: step.journeys for step in found.all.steps}


def test_a_funnel_runs_from_the_earliest_phase_with_data_to_the_purchase(ws: Workspace) -> None:
    found = ask(ws)
    assert (found.route.start, found.route.end) == ("awareness", "purchase")
    assert [phase.id for phase in found.phases] == [
        "awareness", "consideration", "preference", "purchase", "after_sale",
    ]  # fmt: skip
    assert [phase.id for phase in found.steps] == ["awareness", "consideration", "preference", "purchase"]
    assert steps(found) == {"awareness": 4, "consideration": 4, "preference": 3, "purchase": 3}
    assert found.period is None


def test_without_a_route_it_is_reached_within_the_usual_window(ws: Workspace) -> None:
    found = funnel(ws, View())
    assert found is not None
    assert (found.route.counting, found.route.window_days) == ("reached", ws.settings.window_days)


def test_ordered_demands_every_step(ws: Workspace) -> None:
    found = ask(ws, counting="ordered")
    assert steps(found) == {"awareness": 4, "consideration": 2, "preference": 1, "purchase": 1}


def test_open_is_not_lost_and_what_comes_after_a_loss_is_no_conversion(ws: Workspace) -> None:
    all_ = ask(ws).all
    # Dora's 60 days reach past the end of May.
    assert (all_.entered, all_.closed, all_.running) == (4, 3, 1)
    assert (all_.converted_closed, all_.ended_lost, all_.won_back) == (2, 1, 1)
    assert all_.headline is not None
    assert all_.headline.value == pytest.approx(100 * 2 / 3)
    assert all_.expected is not None
    # Bert after 7 of 4 at risk, Cora lost after 10, Dora out of sight after 31 (rounded up), Anna after 39.
    assert all_.expected.value == pytest.approx(100 * (1 / 4 + 3 / 4 * 2 / 3 * 1 / 1))
    assert all_.to_convert_days == 39
    assert any("erst nach einem ausdrücklichen Verlust" in text.de for text in ask(ws).warnings)


def test_ties_give_a_lower_bound(ws: Workspace) -> None:
    found = ask(ws, start="preference", end="purchase")
    assert [(step.journeys, step.at_least) for step in found.all.steps] == [(2, 2), (2, 1)]


def test_a_window_includes_its_last_day(ws: Workspace) -> None:
    assert steps(ask(ws, counting="ordered", window_days=39))["purchase"] == 1
    assert steps(ask(ws, counting="ordered", window_days=38))["purchase"] == 0


def test_without_a_window_there_is_only_the_expected_rate(ws: Workspace) -> None:
    found = ask(ws, window_days=None)
    assert (found.all.headline, found.all.closed, found.all.few) == (None, 0, False)
    assert found.all.expected is not None
    assert any("Ohne Fenster" in text.de for text in found.warnings)


def test_few_closed_windows_are_warned_about(ws: Workspace) -> None:
    found = ask(ws)
    assert found.all.few
    assert any("Nur bei 3 von 4 Kundenreisen" in text.de for text in found.warnings)
    none = ask(ws, window_days=400)
    assert none.all.headline is None
    assert any("bei keiner Kundenreise abgelaufen" in text.de for text in none.warnings)


def test_a_period_means_the_entries_into_the_start(ws: Workspace) -> None:
    found = ask(ws, View(period="2024-01"))
    assert (found.all.entered, str(found.period.last) if found.period else "") == (3, "2024-01")
    assert ask(ws, View(period="2024-05"), start="consideration").all.entered == 1


def test_filters_go_by_the_first_contact(ws: Workspace) -> None:
    assert ask(ws, View(where={"channel": ("Web",)})).all.entered == 2
    assert ask(ws, View(where={"channel": ("Telefon",)})).all.entered == 0
    assert ask(ws, View(where={"wetter": ("Regen",)})).all.entered == 1
    assert ask(ws, View(where={"channel": ("' OR 1=1 --",)})).all.entered == 0


def test_a_breakdown_names_whose_value_counts(ws: Workspace) -> None:
    def groups(**route: Any) -> dict[str | None, int]:
        return {group.group: group.entered for group in ask(ws, View(by="channel"), **route).groups}

    assert groups() == {None: 4, "Web": 2, "": 1, "Messe": 1}
    assert groups(attribution="last") == {None: 4, "Web": 2, "": 1, "Telefon": 1}
    assert groups(start="preference", attribution="entry") == {None: 2, "Telefon": 1, "Web": 1}
    assert list(groups()) == [None, "Web", "", "Messe"]
    assert list(ask(ws, View(by="wetter")).groups[1:]) != []


def test_rare_values_of_a_long_breakdown_are_only_in_the_whole(tmp_path: Path) -> None:
    rows = [contact(f"K{number}", "01-02", "web", channel=f"C{number}") for number in range(MOST_GROUPS + 3)]
    rows += [contact("L", "01-02", "web", channel="C0"), contact("L", "01-05", "order")]
    found = ask(workspace_from_rows(tmp_path, rows), View(by="channel"))
    assert len(found.groups) == 1 + MOST_GROUPS
    assert (found.groups[1].group, found.groups[1].entered) == ("C0", 2)
    assert (found.not_shown, found.all.entered) == (3, MOST_GROUPS + 4)


def test_five_phases_lose_nobody(ws: Workspace) -> None:
    fine, coarse = ask(ws), ask(ws, View(model="five_phase"))
    assert coarse.all.entered == fine.all.entered
    assert steps(coarse) == {"awareness": 4, "consideration": 4, "purchase": 3}


@pytest.mark.parametrize(
    ("route", "hint"),
    [
        ({"start": "awarenes"}, "awareness"),
        ({"end": "buying"}, "buying"),
        ({"start": "loyalty"}, "after_sale"),
        ({"start": "purchase", "end": "awareness"}, "Awareness"),
        ({"start": "purchase", "end": "purchase"}, "Purchase"),
        ({"window_days": -1}, "0"),
        ({"window_days": 10**9}, "36"),
        ({"counting": "o1_2 FROM journeys --"}, "ordered"),
        ({"attribution": "middle"}, "first"),
    ],
)
def test_a_route_that_makes_no_sense_is_refused(ws: Workspace, route: dict[str, Any], hint: str) -> None:
    with pytest.raises(UsageFault) as refused:
        ask(ws, **route)
    assert hint in refused.value.text.de
    assert hint in refused.value.text.en


@pytest.mark.parametrize(
    ("view", "hint"),
    [(View(model="six_phase"), "five_phase"), (View(by="chanel"), "channel"), (View(period="x"), "x")],
)
def test_a_view_that_makes_no_sense_is_refused(ws: Workspace, view: View, hint: str) -> None:
    with pytest.raises(UsageFault) as refused:
        ask(ws, view)
    assert hint in refused.value.text.de


def test_the_best_attempt_forgives_a_bad_beginning(tmp_path: Path) -> None:
    rows = [contact("A", day, touchpoint) for day, touchpoint in [("01-01", "web"), ("03-01", "web")]]
    ws = workspace_from_rows(tmp_path, [*rows, contact("A", "03-05", "order"), contact("B", "06-01", "web")])
    assert steps(ask(ws, window_days=10)) == {"awareness": 2, "purchase": 0}
    found = best_attempt(ws, "seven_phase", Route(window_days=10))
    assert found is not None
    assert [(step.phase, step.journeys) for step in found.steps] == [("awareness", 2), ("purchase", 1)]


def test_contacts_after_the_earliest_data_end_count_nowhere(tmp_path: Path) -> None:
    """Two sources end at different times: what only one of them can know is not known."""
    ws = open_workspace(tmp_path / "workspace")
    shop = [contact("A", "01-01", "web"), contact("B", "01-05", "web"), contact("C", "02-20", "web")]
    crm = [contact("A", "01-20", "order"), contact("B", "03-01", "order"), contact("B", "03-05", "refusal")]
    batches = [
        batch_from_rows(tmp_path / "b", shop, source="shop", data_end=dt.datetime(2024, 3, 31)),
        batch_from_rows(tmp_path / "b", crm, source="crm", data_end=dt.datetime(2024, 1, 31)),
    ]
    later = batch_from_rows(tmp_path / "b", crm, source="more", data_end=dt.datetime(2024, 3, 31))
    ws.warehouse.commit([*batches, later], ws.models, ws.settings)
    found = ask(ws, window_days=90)
    assert found.data_end == dt.datetime(2024, 1, 31)
    assert (found.all.entered, found.all.closed) == (2, 0)
    assert steps(found)["purchase"] == 1
    assert found.all.expected is not None
    assert found.all.expected.days == 26  # B came on 5 January
    assert any("bis zum 26. Tag" in text.de for text in found.warnings)


def test_data_without_times_have_only_the_zero_window(tmp_path: Path) -> None:
    rows = [contact("A", "01-01", "web"), contact("A", "01-01", "order"), contact("B", "01-01", "web")]
    found = ask(workspace_from_rows(tmp_path, rows), window_days=90)
    assert found.route.window_days == 0
    assert (found.all.entered, found.all.closed) == (2, 2)
    assert found.all.headline is not None
    assert found.all.headline.value == 50
    assert found.all.expected is not None
    assert (found.all.expected.value, found.all.expected.days) == (50, 0)
    assert [step.at_least for step in found.all.steps] == [2, 0]
    assert any("keine Zeiten" in text.de for text in found.warnings)


def test_a_single_phase_gives_counts_and_says_why_there_is_no_rate(tmp_path: Path) -> None:
    rows = [contact("A", "01-01", "web"), contact("B", "01-03", "web"), contact("B", "01-04", "refusal")]
    found = ask(workspace_from_rows(tmp_path, rows))
    assert (found.route.end, found.all.entered) == (None, 2)
    assert (found.all.headline, found.all.expected, found.all.curve) == (None, None, ())
    assert any("keine weitere" in text.de for text in found.warnings)


def test_where_no_contact_has_a_phase_there_is_no_funnel(tmp_path: Path) -> None:
    ws = workspace_from_rows(tmp_path, [contact("A", "01-01", "newsletter")])
    assert funnel(ws, View()) is None
    assert best_attempt(ws, "seven_phase", Route()) is None
    empty = open_workspace(tmp_path / "empty")
    assert funnel(empty, View()) is None


def test_older_journeys_that_did_better_are_told_from_the_younger(tmp_path: Path) -> None:
    rows = []
    for number in range(200):  # the first hundred buy after 5 days, the last hundred are lost after 5
        day = dt.datetime(2024, 1, 1) + dt.timedelta(days=number)
        end = "order" if number < 100 else "refusal"
        for at, touchpoint in ((day, "web"), (day + dt.timedelta(days=5), end)):
            rows.append(
                {"customer_id": f"K{number}", "occurred_at": at.isoformat(), "touchpoint": touchpoint}
            )
    ws = workspace_from_rows(tmp_path, rows)
    assert any("häufiger ans Ziel" in text.de for text in ask(ws, window_days=90).warnings)
    assert not ask(ws, window_days=5).warnings
