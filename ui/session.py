"""The workspace behind the app, results remembered between runs, faults shown as sentences."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from cockpit.workspace import Workspace, open_workspace, refresh
from core.errors import Busy, WegmarkeError
from core.text import Lang
from ui.escaping import as_markdown
from ui.words import common as words

Result = TypeVar("Result")

ROOT = Path(__file__).resolve().parent.parent
CONTENT = ("settings.toml", "kpis/*.toml", "models/*.toml")


def root() -> Path:
    """The workspace's folder: WEGMARKE_WORKSPACE, else `workspace` beside app.py."""
    return Path(os.environ.get("WEGMARKE_WORKSPACE") or ROOT / "workspace").resolve()


def _stamp(folder: Path) -> str:
    """Changes whenever the workspace's settings or own entries do."""
    files = [file for pattern in CONTENT for file in sorted(folder.glob(pattern))]
    return ";".join(f"{file.name}:{file.stat().st_mtime_ns}:{file.stat().st_size}" for file in files)


@st.cache_resource(max_entries=4, show_spinner=False)
def _opened(folder: str, stamp: str, rebuilt: bool) -> Workspace:  # noqa: ARG001 - the stamp is in the key
    ws = open_workspace(Path(folder))
    # Who is importing at the moment builds the tables anew anyway; until then the old snapshot is whole.
    with suppress(Busy):
        if rebuilt:
            refresh(ws)
    return ws


def workspace(*, rebuilt: bool = True) -> Workspace:
    """The open workspace, shared by all sessions; opened anew when its settings or own entries change.

    Not `rebuilt` for a page that reads no snapshot: it leaves building to the cockpit.
    """
    folder = root()
    return _opened(str(folder), _stamp(folder), rebuilt)


@st.cache_data(max_entries=256, show_spinner=False)
def _remembered(key: tuple[Any, ...], _compute: Callable[[], Any]) -> Any:  # noqa: ARG001
    return _compute()


def remembered(ws: Workspace, job: str, key: tuple[Any, ...], compute: Callable[[], Result]) -> Result:
    """A result for this workspace, snapshot, settings, baselines and `key`, computed once for all sessions.

    Whatever only one person may see must name that person in `key`.
    """
    head = ws.warehouse.head()
    baselines = tuple((note.id, note.version) for note in ws.state.notes.of(kind="rebase"))
    whole = (str(ws.root), head.id if head else "", _stamp(ws.root), baselines, job, *key)
    result: Result = _remembered(whole, compute)
    return result


@contextmanager
def faults_shown(lang: Lang) -> Iterator[None]:
    """Say in the person's language what they can do something about; everything else is a bug and raises."""
    try:
        yield
    except WegmarkeError as fault:
        st.error(as_markdown(fault.text(lang)))


def working(lang: Lang) -> Any:
    """A sign of life while something is computed."""
    return st.spinner(words.COMPUTING(lang))
