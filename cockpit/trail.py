"""The audit trail: who changed what and when. It never holds what somebody answered."""

from __future__ import annotations

from cockpit.workspace import Workspace
from core.errors import UsageFault
from core.text import Text, same
from store.state.audit import Deed

DEEDS = {
    "import": Text(de="Dateien eingelesen", en="Files imported"),
    "erase": Text(de="Kunden gelöscht", en="Customers erased"),
    "go_back": Text(de="Schnappschuss zurückgesetzt", en="Went back to a snapshot"),
    "sample_removed": Text(de="Beispieldaten entfernt", en="Sample removed"),
    "sample_projects_removed": Text(de="Beispielprojekte entfernt", en="Sample projects removed"),
    "backup": Text(de="Sicherung angelegt", en="Backup made"),
    "restore": Text(de="Sicherung wiederhergestellt", en="Backup restored"),
    "note_added": Text(de="Notiz angelegt", en="Note added"),
    "note_changed": Text(de="Notiz geändert", en="Note changed"),
    "note_removed": Text(de="Notiz entfernt", en="Note removed"),
    "round_opened": Text(de="Runde eröffnet", en="Round opened"),
    "round_invited": Text(de="Zu einer Runde eingeladen", en="Invited to a round"),
    "round_declared_open": Text(de="Runde für offen erklärt", en="Round declared open"),
    "round_aimed": Text(de="Ziele gesetzt", en="Targets set"),
    "round_closed": Text(de="Runde geschlossen", en="Round closed"),
    "answer_saved": Text(de="Antwort gespeichert", en="Answer saved"),
    "answers_submitted": Text(de="Antworten abgegeben", en="Answers submitted"),
    "action_added": Text(de="Maßnahme angelegt", en="Action added"),
    "action_changed": Text(de="Maßnahme geändert", en="Action changed"),
    "jour_fixe_held": Text(de="Jour fixe gehalten", en="Jour fixe held"),
    "project_added": Text(de="Projekt angelegt", en="Project added"),
    "project_changed": Text(de="Projekt geändert", en="Project changed"),
    "project_started": Text(de="Ausgangswert festgehalten", en="Baseline frozen"),
    "project_closed": Text(de="Projekt abgeschlossen", en="Project closed"),
    "consent_recorded": Text(de="Freigabe des Kunden eingetragen", en="Customer's consent recorded"),
    "consent_changed": Text(de="Freigabe des Kunden geändert", en="Customer's consent changed"),
    "people_forgotten": Text(
        de="Angaben zu Personen eines Projekts gelöscht", en="A project's people erased"
    ),
    "customer_forgotten": Text(de="Kunde eines Projekts gelöscht", en="A project's customer erased"),
    "story_written": Text(de="Geschichte zum Projekt geschrieben", en="Project's story written"),
    "claim_made": Text(de="Aussage gebildet", en="Claim made"),
    "claim_handed_out": Text(de="Aussage weitergegeben", en="Claim handed out"),
    "prospect_told": Text(de="Interessenten etwas in Aussicht gestellt", en="Prospect told a figure"),
    "claim_retired": Text(de="Aussage zurückgezogen", en="Claim retired"),
    "promise_bound": Text(de="Zusage an ein Projekt gebunden", en="Promise bound to a project"),
    "promise_released": Text(de="Zusage von einem Projekt gelöst", en="Promise released from a project"),
    "deal_settled": Text(de="Ausgang eines Angebots eingetragen", en="Outcome of an offer recorded"),
}


def trail(ws: Workspace, count: int = 50) -> list[Deed]:
    """The last deeds, the newest first. UsageFault for a count below one."""
    if count < 1:
        raise UsageFault(Text(de="Mindestens ein Eintrag.", en="At least one entry."))
    return ws.state.audit.latest(count)


def deed_name(what: str) -> Text:
    """What the deed is called; its word where a newer version wrote it."""
    return DEEDS.get(what, same(what))
