"""Who is looking, and what they saw last time."""

from __future__ import annotations

import streamlit as st

from cockpit.news import Seen
from cockpit.visits import arrive
from cockpit.workspace import Workspace

ALONE = "local"  # without a login the workspace has one reader


def person() -> str:
    """The signed-in person's address; one name for all where nobody signs in."""
    return str(st.user.get("email") or ALONE)


def last_seen(ws: Workspace, snapshot: str) -> Seen | None:
    """What the person saw at the visit before; asked and noted once for each snapshot of a session."""
    key = f"seen_{snapshot}"
    if key not in st.session_state:
        st.session_state[key] = arrive(ws, person(), snapshot)
    seen: Seen | None = st.session_state[key]
    return seen
