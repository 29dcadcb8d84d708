"""A file on its way in: upload, preview, questions, mapping; nothing is stored before the last step."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from cockpit.assigning import changed
from cockpit.importing import (
    ImportReport,
    Mapping,
    Preview,
    answer,
    dump_mapping,
    import_file,
    parse_mapping,
    preview,
    rejects,
)
from cockpit.planning import target_doubts
from cockpit.preparing import prepare
from cockpit.uploads import discard, keep
from cockpit.workspace import Workspace
from core.contract import EVENT_LABELS, contract
from core.errors import WegmarkeError
from core.query import plain_name
from core.text import Lang
from ui import blocks
from ui.downloads import downloads, grid, table
from ui.escaping import as_markdown
from ui.holdingspicture import reject_table
from ui.links import plain_address
from ui.mappingeditor import edit_mapping
from ui.progress import progress_bar
from ui.session import faults_shown, workspace
from ui.words import common
from ui.words import data as words

ENDINGS = ["csv", "txt", "tsv", "xlsx", "xlsm", "xls", "ods", "parquet", "gz", "zip"]
_STATE = "wm_upload"


def draw_import(ws: Workspace, lang: Lang) -> None:
    """The whole import as one section."""
    done: ImportReport | None = st.session_state.get(f"{_STATE}_done")
    if done is not None:
        _draw_done(ws, done, lang)
        return
    blocks.prose(words.UPLOAD_ABOUT(lang))
    upload = st.file_uploader(words.UPLOAD(lang), type=ENDINGS, key=f"{_STATE}_{_round()}")
    if upload is None:
        st.session_state.pop(_STATE, None)
        return
    held = _held(ws, upload)
    with faults_shown(lang):
        shown = _previewed(ws, held, lang)
        _draw_preview(ws, held, shown, lang)


def _round() -> int:
    """A new uploader after each import."""
    return int(st.session_state.get(f"{_STATE}_round", 0))


def _held(ws: Workspace, upload: UploadedFile) -> dict[str, Any]:
    """The uploaded file on disk; what it is called is only ever shown."""
    held: dict[str, Any] | None = st.session_state.get(_STATE)
    if held is None or held["id"] != upload.file_id:
        path = keep(ws, upload.getvalue())
        held = {
            "id": upload.file_id, "name": upload.name, "path": path, "sheet": None, "mapping": None,
            "shown": None, "before": None, "turn": 0,
        }  # fmt: skip
        st.session_state[_STATE] = held
    return held


def _previewed(ws: Workspace, held: dict[str, Any], lang: Lang) -> Preview:
    """How the file would be read with the mapping as it stands; read again only when that changes."""
    if held["shown"] is None:
        place = st.empty()
        with place:
            moving = progress_bar(words.READING(lang))
        try:
            held["shown"] = preview(
                ws, held["path"], held["mapping"], name=held["name"], sheet=held["sheet"], progress=moving
            )
        except WegmarkeError as fault:
            if held["before"] is None:
                raise
            held["mapping"], held["sheet"], held["shown"] = held["before"]
            st.error(as_markdown(words.MAPPING_FAILED.fill(why=fault.text)(lang)))
        finally:
            place.empty()
    shown: Preview = held["shown"]
    return shown


def _read_again(held: dict[str, Any], mapping: Mapping | None, sheet: str | None) -> None:
    """Preview anew; where that fails, what is shown now comes back. Widgets of a reading end with it."""
    held["before"] = (held["mapping"], held["sheet"], held["shown"])
    held["mapping"], held["sheet"], held["shown"] = mapping, sheet, None
    held["turn"] += 1
    st.rerun()


def _draw_preview(ws: Workspace, held: dict[str, Any], shown: Preview, lang: Lang) -> None:
    counts = shown.counts
    title = words.OUTLOOK.fill(
        file=shown.file, new=counts.new, changed=counts.changed, unchanged=counts.unchanged,
        rejected=counts.rejected,
    )  # fmt: skip
    sub = words.OUTLOOK_ROWS.fill(records=shown.records)
    if shown.data_end is not None and counts.table == "contacts":
        sub = words.OUTLOOK_SUB.fill(
            records=shown.records, contacts=counts.contacts, planned=counts.planned, day=shown.data_end.date()
        )
    elif shown.data_end is not None:
        sub = words.OUTLOOK_TABLE.fill(
            records=shown.records, table=contract()[counts.table].label, n=counts.contacts,
            day=shown.data_end.date(),
        )  # fmt: skip
    blocks.heading(title(lang), sub(lang))
    blocks.note(words.ORIGINS[shown.origin](lang))
    if shown.notices:
        blocks.sentences([(notice(lang), None) for notice in shown.notices])
    sheet = _sheet(held, shown, lang)
    if sheet != shown.layout.sheet:
        _read_again(held, None, sheet)
    answers = _questions(held, shown, lang)
    if answers:
        _read_again(held, answer(shown.mapping, answers), held["sheet"])
    with st.container(horizontal=True, gap="small", key="wm_store"):
        if st.button(words.STORE(lang), type="primary", disabled=shown.blocked, key="store"):
            _store(ws, held, shown, lang)
        if st.button(words.DISCARD(lang), key="discard"):
            _forget()
            st.rerun()
    _draw_reasons(shown, lang)
    if shown.unassigned:
        blocks.heading(
            words.UNASSIGNED.fill(n=sum(shown.unassigned.values()))(lang), words.UNASSIGNED_ABOUT(lang)
        )
    blocks.heading(words.FIRST_ROWS(lang), words.FIRST_ROWS_SUB(lang))
    ids = [words.ROW_NO(lang)]
    grid(_first_rows(ws, shown, lang), words.FIRST_ROWS(lang), lang, f"first_rows_{_turn(held)}", ids)
    edited = edit_mapping(ws, shown, lang, _turn(held))
    if edited is not None:
        _read_again(held, edited, held["sheet"])
    with st.expander(words.AS_TOML(lang)):
        _as_toml(held, shown, lang)


def _turn(held: dict[str, Any]) -> str:
    """Names one reading of one file: what was edited for another one is not carried over."""
    return f"{_round()}_{held['turn']}"


def _sheet(held: dict[str, Any], shown: Preview, lang: Lang) -> str | None:
    """Which worksheet is read, where the file has several."""
    sheets = list(shown.layout.sheets)
    if len(sheets) < 2 or shown.layout.sheet not in sheets:
        return shown.layout.sheet
    return st.selectbox(
        words.SHEET(lang), sheets, sheets.index(shown.layout.sheet), width=360, key=f"sheet_{_turn(held)}"
    )


def _first_rows(ws: Workspace, shown: Preview, lang: Lang) -> pd.DataFrame:
    """The first entries, contract columns under their labels, own ones under their names."""
    rows = shown.rows.rename(columns={"row_no": words.ROW_NO(lang)}).dropna(axis="columns", how="all")
    labels = {name: column.label(lang) for name, column in contract()[shown.mapping.table].columns.items()}
    if "phase" in rows:
        phases = {phase.id: phase.name(lang) for phase in ws.models[ws.settings.base_model].phases}
        rows["phase"] = rows["phase"].replace(phases)
    if "event" in rows:
        rows["event"] = rows["event"].replace({event: name(lang) for event, name in EVENT_LABELS.items()})
    labels = {plain_name(header): header for header in shown.layout.columns} | labels
    taken = set(rows.columns)
    named = {name: label for name, label in labels.items() if name in taken and label not in taken}
    counted = Counter(named.values())
    return rows.rename(columns={name: label for name, label in named.items() if counted[label] == 1})


def _questions(held: dict[str, Any], shown: Preview, lang: Lang) -> dict[str, str]:
    """Ask what the file leaves open; the answers given now that differ from what was assumed."""
    if not shown.questions:
        return {}
    answers: dict[str, str] = {}
    with st.container(border=True, key="wm_questions"):
        blocks.heading(words.QUESTIONS(lang))
        for question in shown.questions:
            labels = {choice.value: choice.label(lang) for choice in question.choices}
            picked = st.radio(
                as_markdown(question.text(lang)),
                options=list(labels),
                format_func=lambda value, labels=labels: as_markdown(labels[value]),
                index=list(labels).index(question.suggestion) if question.suggestion in labels else None,
                key=f"question_{question.field}_{_turn(held)}",
            )
            if picked is not None and (question.blocking or picked != question.suggestion):
                answers[question.field] = picked
    return answers


def _draw_reasons(shown: Preview, lang: Lang) -> None:
    if not shown.reasons:
        return
    blocks.heading(words.REJECTED(lang), words.REJECTED_SUB(lang))
    frame = pd.DataFrame(
        [
            (
                reason.column, reason.text(lang), reason.count if reason.fatal else 0,
                0 if reason.fatal else reason.count,
            )
            for reason in shown.reasons
        ],
        columns=[column(lang) for column in words.REJECTED_COLUMNS],
    )  # fmt: skip
    table(frame, words.REJECTED(lang), lang, "reasons")


def _as_toml(held: dict[str, Any], shown: Preview, lang: Lang) -> None:
    blocks.note(words.AS_TOML_ABOUT(lang))
    text = dump_mapping(shown.mapping)
    edited = st.text_area(
        words.AS_TOML(lang), text, height=320, label_visibility="collapsed", key=f"toml_{_turn(held)}"
    )
    if st.button(words.APPLY(lang), key="apply_toml"):
        _read_again(held, parse_mapping(edited), held["sheet"])


def _store(ws: Workspace, held: dict[str, Any], shown: Preview, lang: Lang) -> None:
    report = import_file(
        ws,
        held["path"],
        changed(shown.mapping),
        progress_bar(words.STORING(lang)),
        name=held["name"],
        sheet=shown.layout.sheet,
    )
    prepare(workspace(), progress_bar(common.PREPARING(lang)))
    _forget()
    st.session_state[f"{_STATE}_done"] = report
    st.rerun()


def _forget() -> None:
    held = st.session_state.pop(_STATE, None)
    if held is not None:
        discard(held["path"])
    st.session_state[f"{_STATE}_round"] = _round() + 1


def _draw_done(ws: Workspace, done: ImportReport, lang: Lang) -> None:
    blocks.heading(words.STORED(lang), done.sentence()(lang))
    if done.dropped:
        blocks.note(words.DROPPED.fill(names=", ".join(done.dropped))(lang))
    if any(file.mapping.table == "targets" for file in done.files):
        for doubt in target_doubts(ws):
            blocks.note(doubt(lang))
    for file in done.files:
        if file.counts.rejected:
            blocks.heading(words.REJECTS_OF.fill(file=file.file)(lang))
            frame = reject_table(rejects(ws, file.import_id), lang)
            downloads(frame, file.file, lang, f"rejects_{file.import_id}")
    if any(file.mapping.table == "measurements" for file in done.files):
        way = (words.TO_PROJECTS(lang), plain_address("projects", lang))
    else:
        way = (words.TO_OVERVIEW(lang), plain_address("overview", lang))
    blocks.small_print([way])
    if st.button(words.ANOTHER(lang), key="another"):
        st.session_state.pop(f"{_STATE}_done")
        st.rerun()
