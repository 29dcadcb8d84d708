"""Claims leave the house: through the consent gate, as a signed file, and noted with whom they went."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from cockpit.claims import Entry, entry, with_evidence
from cockpit.projects import project_of
from cockpit.sheets import Manner, names_to_hide, sheet, sheet_of
from cockpit.stories import story
from cockpit.workspace import Workspace
from core.errors import UsageFault
from core.text import Lang, Text
from exports.anonymity import found_within
from exports.manifest import ClaimRef, figures_of
from exports.pictures import Size
from exports.sealing import MEDIA, Format, sealed
from exports.sheet import CaseStudy, Sheet
from exports.verifying import ClaimEvidence, Lookup
from proof.anonymity import named_in
from proof.handouts import Handout
from proof.words import everyday
from store.signing import signing_key


@dataclass(frozen=True, kw_only=True)
class Exported:
    """A file as it leaves. `name` holds nothing that people typed."""

    name: str
    data: bytes
    media: str


@dataclass(frozen=True, kw_only=True)
class Use:
    """Who takes a file, in which language, and for whom it is."""

    person: str
    lang: Lang
    recipient: str = ""


def export(ws: Workspace, claims: Sequence[str], to: Format, use: Use, *, size: Size = "slide") -> Exported:
    """Claims as one file; each is noted as handed out. UsageFault where a consent or the claim forbids it."""
    if not claims:
        raise UsageFault(Text(de="Bitte wählen Sie einen Nachweis.", en="Please choose a proof."))
    entries = [entry(ws, claim) for claim in claims]
    today = ws.now().date()
    sheets = [sheet(each, use.lang, today) for each in entries]
    return _handed_out(ws, entries, to, use, sealed(sheets, to, signing_key(ws.root), size=size))


def _handed_out(ws: Workspace, entries: Sequence[Entry], to: Format, use: Use, data: bytes) -> Exported:
    """The file, noted, after a last look for names in all of its bytes: also beside each other, two claims of
    one customer may not be one named and one anonymous."""
    hidden = [
        name
        for each in entries
        if each.permission.allowed == "anonymous"
        for name in names_to_hide(each.project, each.permission.by)
    ]
    if found := found_within(data, hidden):
        raise UsageFault(IN_FILE.fill(words=", ".join(sorted(set(found)))))
    note_handed_out(ws, entries, to, use, data)
    name = file_name([each.claim.id for each in entries], to, use.lang)
    return Exported(name=name, data=data, media=MEDIA[to])


def export_story(ws: Workspace, project_id: str, to: Format, use: Use) -> Exported:
    """A project's case study with the claims that are offered for it. UsageFault as for `export`, and where
    an anonymous story names somebody."""
    project = project_of(ws, project_id)
    entries = [entry(ws, each.id) for each in ws.state.claims.offered() if each.project == project_id]
    if not entries:
        raise UsageFault(
            Text(
                de="Für dieses Projekt gibt es noch keinen Nachweis.",
                en="There is no proof of this project yet.",
            )
        )
    sheets = [sheet(each, use.lang, ws.now().date()) for each in entries]
    told = story(ws, project_id, use.lang)
    texts = [told.title, told.situation, told.approach, told.result]
    hidden = names_to_hide(project, entries[0].permission.by)
    common = [*everyday(), sheets[0].subject]
    if sheets[0].anonymous and (found := named_in(texts, hidden, common)):
        raise UsageFault(NAMED.fill(words=", ".join(sorted(found))))
    study = CaseStudy(
        title=told.title, situation=told.situation, approach=told.approach, result=told.result,
        sheets=tuple(sheets),
    )  # fmt: skip
    return _handed_out(ws, entries, to, use, sealed(study, to, signing_key(ws.root)))


def sentence(ws: Workspace, claim_id: str, use: Use) -> str:
    """The claim as a sentence for a mail, with its footnote; noted as handed out."""
    shown = entry(ws, claim_id)
    made = sheet(shown, use.lang, ws.now().date())
    text = f"{made.sentence.rstrip('.')} ({made.footnote.rstrip('.')}; {made.provenance}; {made.claim})."
    note_handed_out(ws, [shown], "text", use, b"")
    return text


def evidence(ws: Workspace) -> Lookup:
    """What verifying a file asks: the figures of a claim by today's data, in the manner it left in."""

    def look_up(ref: ClaimRef, lang: Lang) -> ClaimEvidence | None:
        try:
            shown = entry(ws, ref.claim)
        except UsageFault:  # unknown here: not ours, or of another workspace
            return None
        manner = Manner(anonymous=ref.anonymous, consent=shown.permission.by)
        now = with_evidence(ws, shown)
        made = sheet_of(shown, now or shown.claim, manner, lang, shown.claim.made_at.date())
        return ClaimEvidence(claim=ref.claim, figures=figures_of(made), erased=now is None)

    return look_up


def preview(shown: Entry, lang: Lang) -> Sheet:
    """The sheet as it would leave. UsageFault where it may not."""
    return sheet(shown, lang, shown.claim.made_at.date())


def note_handed_out(ws: Workspace, entries: Sequence[Entry], to: Format | str, use: Use, data: bytes) -> None:
    """Where each claim went with this file, by whom and for whom; the file may leave only after this.

    UsageFault or ChangedMeanwhile where a consent was withdrawn or changed while the file was made.
    """
    ws.state.claims.hand_out([
        (
            Handout.model_validate({
                "claim": each.claim.id, "at": ws.now(), "who": use.person, "format": to, "lang": use.lang,
                "recipient": use.recipient, "allowed": each.permission.allowed,
                "digest": hashlib.sha256(data).hexdigest() if data else "",
            }),
            each.permission.by,
        )
        for each in entries
    ])  # fmt: skip


def file_name(claims: Sequence[str], to: Format, lang: Lang) -> str:
    """`wegmarke-W-7K3Q9A-de.pptx`; of several claims the first and how many."""
    first = re.sub(r"[^A-Za-z0-9-]", "", claims[0])
    more = f"-{len(claims)}" if len(claims) > 1 else ""
    return f"wegmarke-{first}{more}-{lang}.{to}"


IN_FILE = Text(
    de="Diese Datei darf so nicht hinaus: Ein Nachweis darin ist nur anonym freigegeben, doch in der Datei "
    "steht noch, um wen es geht ({words}).",
    en="This file may not go out like this: a proof in it is cleared only without names, yet the file still "
    "tells who it is about ({words}).",
)
NAMED = Text(
    de="Anonym darf das nicht hinaus: In der Fallstudie steht noch, um wen es geht ({words}).",
    en="This may not go out anonymously: the case study still tells who it is about ({words}).",
)
