"""The sample: a made-up firm's files and rounds, there in one step and as easily removed again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import tomlkit

from cockpit.holding import hold_snapshots
from cockpit.importing import import_files
from cockpit.people import name_of
from cockpit.sampleactions import load_actions
from cockpit.sampleclaims import load_claims
from cockpit.sampleprojects import change_projects, load_projects
from cockpit.samplerounds import load_rounds
from cockpit.workspace import SETTINGS, Workspace
from core.settings import load_settings
from sample_data.firm import COMPANY, HOURLY_RATES, PRICE_TIERS
from store.intake.mapping import load_mapping

FOLDER = Path(__file__).resolve().parent.parent / "sample_data"
FILES = (
    "marketing.parquet",
    "vertrieb.csv",
    "angebote.csv",
    "service.csv",
    "umfragen.csv",
    "reichweite.csv",
    "ausgaben.csv",
    "ziele.csv",
    "ereignisse.csv",
    "kontaktgruende.csv",
    "rollen.csv",
    "messwerte.csv",
)


def load_sample(ws: Workspace, progress: Callable[[float], None] | None = None) -> Workspace:
    """Imports all sample files as one snapshot, then the firm's rounds, actions and projects; returns the
    workspace with its settings.

    Settings are written where there are none. UsageFault beside own data; nothing is stored then.
    """
    file = ws.root / SETTINGS
    written = not file.exists()
    if written:
        file.write_text(_settings(), encoding="utf-8")
    ws = replace(ws, settings=load_settings(file))
    try:
        import_files(ws, [(FOLDER / name, load_mapping(_mapping(name))) for name in FILES], progress)
    except BaseException:
        if written:
            file.unlink()
        raise
    load_rounds(ws)
    load_actions(ws)
    load_projects(ws)
    load_claims(ws)
    change_projects(ws)
    return ws


def remove_sample(ws: Workspace) -> None:
    """A snapshot without the sample's sources; its settings and all else that came with it gone.

    Own data, own settings and what people entered themselves stay.
    """
    head = ws.warehouse.head()
    names = [name for name, source in head.sources.items() if source.sample] if head else []
    if ws.settings.sample:
        (ws.root / SETTINGS).unlink(missing_ok=True)
        ws = replace(ws, settings=load_settings(ws.root / SETTINGS))
    if names:
        ws.warehouse.commit([], ws.models, ws.settings, without=names)
    ws.state.remove_sample(person=name_of(ws), at=ws.now())
    ws.state.audit.write(name_of(ws), "sample_removed", "", ws.now())
    hold_snapshots(ws)


def is_sample(ws: Workspace) -> bool:
    """Whether the current snapshot shows the sample."""
    head = ws.warehouse.head()
    return head is not None and head.sample


def _mapping(name: str) -> Path:
    return (FOLDER / name).with_suffix(".toml")


def _settings() -> str:
    return tomlkit.dumps({
        "company": COMPANY,
        "sample": True,
        "hourly_rates": HOURLY_RATES,
        "price_tiers": PRICE_TIERS,
    })  # fmt: skip
