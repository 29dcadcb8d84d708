"""What a respondent does alone: open one's sheet by the link, answer, hand in. And where that is possible."""

from __future__ import annotations

from dataclasses import dataclass

from checklists.model import Dimension
from cockpit.rounds import answer, seat, submit
from cockpit.workspace import Workspace
from store.state.round import Own, Round, Seat

__all__ = ["Own", "Sheet", "announce", "answer", "answering_address", "link", "sheet", "submit", "withdraw"]

INVITATION = "einladung"
"""The path under which the answering process takes a link's token out of the address."""

USUAL_PORT = 8601
USUAL_ADDRESS = f"http://127.0.0.1:{USUAL_PORT}"

_ADDRESS = "answering_address"


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A respondent's own questionnaire: `dimensions` hold the statements that this round asks."""

    seat: Seat
    dimensions: tuple[Dimension, ...]
    over: bool

    @property
    def statements(self) -> int:
        return sum(len(dimension.statements) for dimension in self.dimensions)


def sheet(ws: Workspace, token: str) -> Sheet:
    """The questionnaire behind a link with what was answered so far. UsageFault for a link that is none."""
    found = seat(ws, token)
    return Sheet(seat=found, dimensions=asked_of(found.round), over=found.round.over(ws.now()))


def asked_of(round_: Round) -> tuple[Dimension, ...]:
    """The dimensions with the statements that a round asks: all, or those of a partial round."""
    if round_.asked is None:
        return round_.checklist.dimensions
    wanted = set(round_.asked)
    parts = [
        one.model_copy(update={"statements": tuple(st for st in one.statements if st.id in wanted)})
        for one in round_.checklist.dimensions
    ]
    return tuple(one for one in parts if one.statements)


def announce(ws: Workspace, address: str) -> None:
    """Said by the answering process when it starts: links lead to this address from now on."""
    ws.state.values.set(_ADDRESS, address.rstrip("/"))


def withdraw(ws: Workspace, address: str) -> None:
    """Said by the answering process when it ends, unless another one has taken its place."""
    if answering_address(ws) == address.rstrip("/"):
        ws.state.values.set(_ADDRESS, "")


def answering_address(ws: Workspace) -> str | None:
    """Where respondents can answer at the moment (`http://host:port`); None where nothing was started."""
    return ws.state.values.get(_ADDRESS) or None


def link(ws: Workspace, token: str) -> str:
    """The address that a respondent opens. Where nothing was started yet, as it will be by `./run invite`."""
    return f"{answering_address(ws) or USUAL_ADDRESS}/{INVITATION}/{token}"
