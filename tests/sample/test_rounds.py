"""The sample's maturity rounds: the product finds what is built in, and they go when the sample goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from checklists.answers import read_answers
from checklists.loading import load_checklists
from checklists.scoring import score, team_values
from cockpit.importing import import_file
from cockpit.roundpapers import quick_check
from cockpit.roundresults import RoundView, round_view
from cockpit.rounds import rounds
from cockpit.sample import remove_sample
from cockpit.samplerounds import FOLDER, load_rounds
from cockpit.workspace import Workspace, open_workspace
from sample_data.firm import DATA_END
from sample_data.opinions import tables
from store.intake.mapping import parse_mapping
from store.state.rounds import Round
from tests.sample.test_loading import OWN, OWN_MAPPING

CHECKLIST = load_checklists()["journey_maturity"]
SALES, SERVICE = "Vertrieb und Marketing", "Service und Kundenbetreuung"


@pytest.fixture(scope="module")
def ws(sample_workspace: Path) -> Workspace:
    return open_workspace(sample_workspace)


def latest(ws: Workspace, team: str) -> RoundView:
    return round_view(ws, next(one.id for one in rounds(ws) if one.team == team))


def held(ws: Workspace, team: str) -> list[Round]:
    return [one for one in reversed(rounds(ws)) if one.team == team]


def test_the_committed_answers_are_what_the_generator_writes() -> None:
    written = {path.name: path.read_bytes() for path in FOLDER.glob("*.csv")}
    assert written == dict(tables()), "run python -m sample_data.opinions"


def test_two_teams_held_three_rounds_each_within_the_time_of_the_data(ws: Workspace) -> None:
    assert [one.team for one in rounds(ws) if not one.open] == [SALES, SERVICE] * 3
    for team, people in ((SALES, 7), (SERVICE, 6)):
        mine = held(ws, team)
        assert [one.opened_at.strftime("%Y-%m") for one in mine] == ["2026-01", "2026-05", "2026-09"]
        assert [one.parent for one in mine] == [None, mine[0].id, mine[1].id]
        assert all(one.closed_at and one.closed_at < DATA_END for one in mine)
        assert [(one.invited, one.submitted) for one in mine] == [(people, people)] * 3
        assert all(one.sample and one.targets for one in mine)


def test_a_prospect_has_answered_the_quick_check_and_gets_it_as_a_document(own_sample: Path) -> None:
    ws = open_workspace(own_sample)
    (asked,) = [one for one in rounds(ws) if one.open]
    assert (asked.checklist.id, asked.invited, asked.submitted) == ("journey_quick", 1, 1)
    assert "(erfunden)" in asked.team
    before = len(ws.state.claims.handouts())
    file = quick_check(ws, asked.id, "de", "Ada")
    assert file.startswith(b"%PDF")
    proofs = ws.state.claims.handouts()[: len(ws.state.claims.handouts()) - before]
    assert len(proofs) == 2
    assert {each.recipient for each in proofs} == {asked.team}


def test_the_product_scores_the_files_as_the_command_line_does(ws: Workspace) -> None:
    view = latest(ws, SALES)
    given = read_answers(CHECKLIST, (FOLDER / "vertrieb-2026-09.csv").read_text(encoding="utf-8"))
    wanted = score(CHECKLIST, team_values(CHECKLIST, given)).dimensions
    assert [one.gated for one in view.score.dimensions] == [one.gated for one in wanted]
    assert [one.continuous for one in view.score.dimensions] == pytest.approx(
        [one.continuous for one in wanted]
    )


def test_marketing_and_sales_disagree_most_on_content_and_on_qualification(ws: Workspace) -> None:
    points = latest(ws, SALES).agenda
    assert {one.statement.id for one in points[:2]} == {"content_without_interest", "criteria_reviewed"}
    for point in points[:2]:
        assert [(role, seen.mean) for role, seen in point.roles] == [("Vertrieb", 0.0), ("Marketing", 1.0)]
    assert points[0].urgency > 1.2 * points[3].urgency


def test_the_service_team_disagrees_most_on_self_service(ws: Workspace) -> None:
    assert latest(ws, SERVICE).agenda[0].statement.id == "self_service"


@pytest.mark.parametrize(
    ("team", "dimension", "statement"),
    [(SALES, "consideration", "references_public"), (SERVICE, "after_sale", "welcome_journey")],
)
def test_a_real_rise_names_the_statements_that_made_it(
    ws: Workspace, team: str, dimension: str, statement: str
) -> None:
    rises = {one.dimension: one for one in latest(ws, team).progress}
    found = rises[dimension]
    assert found.before[0] is not None
    assert found.after[0] is not None
    assert found.after[0] - found.before[0] >= 0.5
    assert (found.after[1] or 0) > (found.before[1] or 0)
    assert statement in [name for name, before, after in found.changed if after > before][:2]


def test_what_did_not_change_stays_within_a_quarter_of_a_level(ws: Workspace) -> None:
    rises = {one.dimension: one for one in latest(ws, SALES).progress}
    for dimension in ("awareness", "loyalty", "purchase"):
        before, after = rises[dimension].before[0], rises[dimension].after[0]
        assert before is not None
        assert after is not None
        assert abs(after - before) < 0.25


def test_what_the_team_claims_is_contradicted_by_the_samples_figures(ws: Workspace) -> None:
    found = {one.statement.id: one for one in latest(ws, SALES).contradictions}
    assert set(found) == {"qualification_criteria", "next_step_proposed"}
    assert (found["qualification_criteria"].check.kpi, found["next_step_proposed"].check.kpi) == (
        "unqualified_talks", "unattended_offers",
    )  # fmt: skip
    for one in found.values():
        assert one.claimed >= 0.75
        assert one.measured > one.check.value
    assert {one.statement.id for one in latest(ws, SERVICE).contradictions} == {"next_step_proposed"}


def test_remarks_are_shown_without_a_name_where_their_author_allowed_it(ws: Workspace) -> None:
    view = latest(ws, SALES)
    texts = [text for one in view.remarks for text in (one.evidence_for, one.evidence_against)]
    assert any("Angebotsportal" in text for text in texts)
    assert not any("Die Fahrten fehlen" in text for text in texts)
    names = {name for team in ("vertrieb", "service") for name in _people(team)}
    assert not any(name.split()[-1] in text for text in texts for name in names)


def test_invented_people_leave_no_trace_in_the_audit_trail(ws: Workspace) -> None:
    """Neither in rounds nor with actions, projects and claims: only the import is somebody's deed."""
    assert [deed.what for deed in ws.state.audit.latest(10_000)] == ["import"]


def test_loading_them_again_leaves_no_second_set(tmp_path: Path) -> None:
    ws = open_workspace(tmp_path)
    load_rounds(ws)
    again = load_rounds(ws)
    assert [one.id for one in rounds(ws)] == [one.id for one in sorted(again, key=_newest_first)]


def test_removing_the_sample_takes_its_rounds_and_no_others(tmp_path: Path) -> None:
    ws = open_workspace(tmp_path)
    load_rounds(ws)
    own = _own_round(ws)
    remove_sample(ws)
    assert [one.id for one in rounds(ws)] == [own.id]


def test_own_data_take_the_place_of_the_samples_rounds_too(tmp_path: Path) -> None:
    ws = open_workspace(tmp_path / "workspace")
    load_rounds(ws)
    own = _own_round(ws)
    file = tmp_path / "eigene.csv"
    file.write_text(OWN, encoding="utf-8")
    import_file(ws, file, parse_mapping(OWN_MAPPING))
    assert [one.id for one in rounds(ws)] == [own.id]


def _own_round(ws: Workspace) -> Round:
    now = ws.now()
    return ws.state.rounds.begin(CHECKLIST, team=SALES, scope="", closes_on=now.date(), person="Lena", at=now)


def _newest_first(one: Round) -> tuple[float, str]:
    return (-one.opened_at.timestamp(), one.id)


def _people(team: str) -> set[str]:
    head = (FOLDER / f"{team}-2026-09.csv").read_text(encoding="utf-8").splitlines()[0]
    return set(head.split(";")[1:])
