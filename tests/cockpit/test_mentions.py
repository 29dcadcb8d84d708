"""Proofs where they help: those of a phase, those for whoever weighs, the newest that proves something."""

from __future__ import annotations

import datetime as dt

from cockpit.mentions import Mention, newest_proven, of_phase
from cockpit.workspace import open_workspace
from proof.consent import Consent, permission
from tests.proof.test_projects import a_project
from tests.state.test_claims import a_claim

TODAY = dt.date(2026, 11, 22)


def mention(phases: tuple[str, ...], *, allowed: bool = True, **claim: object) -> Mention:
    given = Consent(project="p", standing="given", kind="named", on=dt.date(2026, 1, 1))
    return Mention(
        claim=a_claim("p", **claim),
        project=a_project(phases=phases),
        permission=permission([given] if allowed else [], TODAY),
        uses=0,
        won=0,
    )


def test_proofs_from_after_the_sale_help_from_consideration_on(tmp_path: object) -> None:
    ws = open_workspace(tmp_path / "workspace")  # type: ignore[operator]
    model = ws.models["seven_phase"]
    after_sale, silent = mention(("after_sale",)), mention(("after_sale",), allowed=False)
    plain = mention(("after_sale",), grade="C")
    found = [after_sale, silent, plain]
    for phase in ("pre_awareness", "awareness"):
        assert of_phase(found, model, phase).helping == ()
    for phase in ("consideration", "preference", "purchase"):
        assert of_phase(found, model, phase).helping == (after_sale,)
    assert of_phase(found, model, "after_sale").own == tuple(found)


def test_the_newest_proof_is_one_that_proves_an_improvement() -> None:
    older = mention((), made_at=dt.datetime(2026, 1, 1))
    worse = mention((), made_at=dt.datetime(2026, 3, 1), verdict="worsened")
    weak = mention((), made_at=dt.datetime(2026, 4, 1), grade="C")
    assert newest_proven([older, worse, weak]) is older
    assert newest_proven([worse, weak]) is None
