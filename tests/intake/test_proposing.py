"""Proposals: what headers and values suggest, and what they leave to be asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from journeys.model import load_models
from store.intake.cells import Place, Shape
from store.intake.deciding import answered
from store.intake.mapping import ColumnRule
from store.intake.proposing import Proposal, propose
from store.intake.vocabulary import meanings
from tests.intake.raw_tables import raw_table

MODELS = load_models().entries
SEVEN = Place(phases=MODELS["seven_phase"].phase_ids)
FIVE = Place(phases=MODELS["five_phase"].phase_ids)


def proposed(
    folder: Path, headers: str, rows: Sequence[str], *, place: Place = SEVEN, name: str = "datei.csv"
) -> Proposal:
    """The proposal for a table written with `|` between cells."""
    names = headers.split("|")
    raw = raw_table(folder, names, [row.split("|") for row in rows])
    return propose(raw, Shape(tuple(names)), place, folder / "spill", name=name)


def test_german_headers_of_a_contact_list_are_recognised(tmp_path: Path) -> None:
    found = proposed(
        tmp_path,
        "Kundennr.|Datum|Vorgang|Kanal|Bearbeitungszeit|Gelöst|Zufriedenheit|Lieblingsfarbe",
        ["007|03.04.2024 10:15|Anfrage|Telefon|12,5|ja|4|blau", "NA|05.04.2024|Messe|Messe|3|nein|5|rot"],
    )
    columns = {name: rule.header for name, rule in found.mapping.columns.items()}
    assert columns == {
        "customer_id": "Kundennr.", "occurred_at": "Datum", "touchpoint": "Vorgang", "channel": "Kanal",
        "handling_minutes": "Bearbeitungszeit", "resolved": "Gelöst", "csat": "Zufriedenheit",
    }  # fmt: skip
    assert found.mapping.source == "datei"
    assert found.mapping.mode == "append"
    assert found.questions == ()
    assert found.confidence == 1.0


def test_a_score_column_with_other_numbers_is_no_score(tmp_path: Path) -> None:
    found = proposed(tmp_path, "customer|date|event_name|csat", ["a|2024-01-01|x|87", "b|2024-01-02|y|91"])
    assert "csat" not in found.mapping.columns


def test_a_column_named_like_an_amount_without_numbers_is_left_alone(tmp_path: Path) -> None:
    found = proposed(
        tmp_path, "customer|date|activity|value", ["a|2024-01-01|x|hoch", "b|2024-01-02|y|gering"]
    )
    assert "value" not in found.mapping.columns


@pytest.mark.parametrize(
    ("headers", "row", "won", "stages", "closing"),
    [
        ("Angebotsnummer|Kunde|Angebot am|Ortstermin am|Abgeschlossen am|Status|Wert",
         "A{n}|K{n}|1{n}.04.2024|1{n}.05.2024|2{n}.05.2024|Gewonnen|100", ("Gewonnen",),
         ["Angebot am", "Ortstermin am"], "Abgeschlossen am"),
        ("opportunity_id|account|engage_date|close_date|deal_stage|close_value",
         "O{n}|Acme|10/2{n}/2016|3/1{n}/2017|Won|100", ("Won",), ["engage_date"], "close_date"),
    ],
)  # fmt: skip
def test_a_wide_export_is_recognised_by_its_dates_and_its_outcome(
    tmp_path: Path, headers: str, row: str, won: tuple[str, ...], stages: list[str], closing: str
) -> None:
    rows = [row.format(n=n) for n in range(4)]
    mapping = proposed(tmp_path, headers, rows).mapping
    assert mapping.outcome is not None
    assert mapping.outcome.won == won
    assert mapping.outcome.date.header == closing
    assert [stage.column for stage in mapping.stages] == stages
    assert (mapping.mode, mapping.key) == ("upsert", (headers.split("|", maxsplit=1)[0],))
    assert "value" in mapping.columns


def test_without_a_customer_column_the_account_stands_for_it(tmp_path: Path) -> None:
    mapping = proposed(
        tmp_path, "opportunity_id|account|engage_date|close_date|deal_stage",
        ["O1|Acme|10/21/2016|3/1/2017|Won", "O2||10/22/2016|3/2/2017|Lost"],
    ).mapping  # fmt: skip
    assert mapping.columns["customer_id"] == ColumnRule(first_of=("account", "opportunity_id"))


def test_a_repeated_id_is_no_key_and_that_is_said(tmp_path: Path) -> None:
    found = proposed(
        tmp_path, "Zeile|Kunde|Angebot am|Abgeschlossen am|Status",
        ["1|A|01.04.2024|02.04.2024|Gewonnen", "2|A|03.04.2024|13.04.2024|Verloren"],
    )  # fmt: skip
    (question,) = [question for question in found.questions if question.field == "key"]
    assert not question.blocking
    keyed = answered(found.mapping, {"key": "Zeile"})
    assert (keyed.mode, keyed.key) == ("upsert", ("Zeile",))
    assert answered(found.mapping, {"key": ""}) == found.mapping


@pytest.mark.parametrize(
    ("headers", "row", "table"),
    [
        ("Monat|Kanal|Betrag", "01.0{n}.2024|Suche|5{n}", "spend"),
        ("month|channel|impressions|clicks", "2024-0{n}-01|web|100|5", "reach"),
        ("Kennzahl|Gültig ab|Ziel|Verantwortlich", "win_rate|01.0{n}.2024|40|Meier", "targets"),
        ("Datum|Ereignis", "0{n}.03.2024|Messe", "events"),
        ("Kunde|Versandt am|Umfrage", "K{n}|01.03.2024|NPS", "surveys"),
        ("Kontaktgrund|Wertvoll für den Kunden|Wertvoll für uns", "Grund {n}|ja|nein", "reasons"),
        ("Rolle|Segment|Sorge", "Rolle {n}|B2B|teuer", "required_roles"),
        ("Kunde|Datum|Vorgang", "K{n}|01.03.2024|Anruf", "contacts"),
    ],
)
def test_each_table_of_the_contract_is_recognised(tmp_path: Path, headers: str, row: str, table: str) -> None:
    rows = [row.format(n=n) for n in range(1, 5)]
    mapping = proposed(tmp_path, headers, rows).mapping
    assert mapping.table == table
    assert mapping.mode == ("append" if table == "contacts" else "upsert")


def test_what_cannot_be_recognised_is_asked(tmp_path: Path) -> None:
    found = proposed(tmp_path, "foo|bar", ["a|b", "c|d"])
    blocking = {question.field for question in found.questions if question.blocking}
    assert blocking == {"columns.customer_id", "columns.occurred_at"}
    assert found.confidence < 0.5
    answers = {"columns.customer_id": "foo", "columns.occurred_at": "bar", "columns.touchpoint": ""}
    mapping = answered(found.mapping, answers)
    assert mapping.columns["customer_id"] == ColumnRule(header="foo")
    assert mapping.columns["touchpoint"] == ColumnRule(constant="datei")


def test_several_date_columns_of_a_contact_list_are_pointed_out(tmp_path: Path) -> None:
    found = proposed(
        tmp_path,
        "Kunde|Datum|Erledigt am|Vorgang",
        ["a|01.01.2024|02.02.1980|Anruf", "b|13.01.2024|03.02.1981|Messe"],
    )
    (question,) = found.questions
    assert (question.field, question.suggestion, question.blocking) == ("columns.occurred_at", "Datum", False)


def test_markers_of_emptiness_count_as_empty_in_numbers_but_not_in_ids(tmp_path: Path) -> None:
    mapping = proposed(
        tmp_path, "Kunde|Datum|Vorgang|Wert", ["NA|01.01.2024|Anruf|k.A.", "b|13.01.2024|Messe|5"]
    ).mapping
    assert mapping.columns["value"].values == {"k.A.": ""}
    assert mapping.columns["customer_id"].values == {}


@pytest.mark.parametrize(
    ("touchpoint", "phase", "event"),
    [
        ("Angebot versandt", "preference", "offer"), ("Quote sent", "preference", "offer"),
        ("Messe Hannover", "awareness", "visit"), ("Newsletter", "awareness", "message"),
        ("Reklamation", "after_sale", "complaint"), ("Kündigung", "after_sale", "cancelled"),
        ("Auftrag", "purchase", "won"), ("Auftragsbestätigung", "purchase", "other"),
        ("Rechnung", "purchase", "other"), ("Weiterempfehlung", "loyalty", "referral"),
        ("Nicht qualifiziert", "consideration", "disqualified"), ("Support ticket", "after_sale", "service"),
        ("Anfrage über Webseite", "consideration", "lead"), ("Deal lost", None, "lost"),
    ],
)  # fmt: skip
def test_words_say_phase_and_event(touchpoint: str, phase: str | None, event: str) -> None:
    rule = meanings([touchpoint], SEVEN.phases)[touchpoint]
    assert (rule.phase, rule.event) == (phase, event)


def test_an_unknown_word_stays_unassigned() -> None:
    assert meanings(["Xyzzy"], SEVEN.phases) == {}


def test_phases_follow_the_model_of_the_workspace() -> None:
    rules = meanings(["Angebot", "Reklamation", "Newsletter"], FIVE.phases)
    assert [rule.phase for rule in rules.values()] == ["consideration", "retention", "awareness"]
    assert rules["Newsletter"].after_order is not None
    assert rules["Newsletter"].after_order.phase == "advocacy"


def test_a_phase_or_event_column_counts_only_with_the_words_of_the_model(tmp_path: Path) -> None:
    headers = "Kunde|Datum|Vorgang|phase|event"
    known = proposed(tmp_path, headers, ["a|01.01.2024|Anruf|awareness|talk"]).mapping
    assert {"phase", "event"} <= set(known.columns)
    other = proposed(tmp_path, headers, ["a|01.01.2024|Anruf|Phase 1|Party"]).mapping
    assert not {"phase", "event"} & set(other.columns)


def test_epoch_numbers_in_a_time_column_are_times(tmp_path: Path) -> None:
    found = proposed(tmp_path, "user_id|timestamp|action", ["a|1700000000|Anruf", "b|1700000600|Messe"])
    assert found.mapping.columns["occurred_at"].header == "timestamp"
    assert found.questions == ()


def test_a_german_deal_export_is_closed_by_two_dates_and_not_by_a_forecast(tmp_path: Path) -> None:
    found = proposed(
        tmp_path,
        "ID|Organisation|Wert|Status|Besitzer|Erstellt am|Gewonnen am|Verloren am|"
        "Voraussichtliches Abschlussdatum",
        [
            "1|Weiß KG|72.883,76 €|Gewonnen|Jörg|25.08.2024 19:23|12.10.2024 19:23||12.10.2024",
            "2|Groß AG|1.500,00 €|Verloren|Änne|26.08.2024 09:00||13.10.2024 10:00|01.11.2024",
            "3|Groß AG|900,00 €|Offen|Änne|27.08.2024 09:00|||30.11.2024",
        ],
    )
    mapping = found.mapping
    assert mapping.outcome is not None
    assert mapping.outcome.date.first_of == ("Gewonnen am", "Verloren am")
    assert [stage.column for stage in mapping.stages] == ["Erstellt am"]
    assert (mapping.mode, mapping.key) == ("upsert", ("ID",))
    assert mapping.columns["value"].header == "Wert"
    assert mapping.columns["team"].header == "Besitzer"
    assert mapping.columns["customer_id"].first_of == ("Organisation", "ID")
    assert mapping.touchpoints["Erstellt"].event == "lead"
    assert found.questions == ()


def test_a_ticket_is_one_contact_on_the_day_it_came_in(tmp_path: Path) -> None:
    mapping = proposed(
        tmp_path,
        "Ticket ID|Requester email|Status|Created at|Updated at|Solved at",
        [
            "1|a@x.de|Solved|2024-01-13 10:00:00|2024-01-14 10:00:00|2024-01-14 10:00:00",
            "2|a@x.de|Open|2024-01-15 10:00:00|2024-01-16 10:00:00|",
        ],
    ).mapping
    assert mapping.stages == ()
    assert mapping.columns["occurred_at"].header == "Created at"
    assert mapping.columns["touchpoint"].constant == "Ticket"
    assert mapping.columns["resolved"].values == {"Solved": True, "Open": False}
    assert (mapping.mode, mapping.key) == ("upsert", ("Ticket ID",))
    assert mapping.touchpoints["Ticket"].event == "service"


def test_the_first_row_of_an_order_with_several_items_holds_the_order(tmp_path: Path) -> None:
    mapping = proposed(
        tmp_path,
        "Email|Paid at|Fulfilled at|Total|Created at|Lineitem name|Id",
        [
            "a@x.de|2024-01-13 10:00:00 +0100|2024-01-15 10:00:00 +0100|20.50|2024-01-13 10:00:00 +0100|A|7",
            "a@x.de||||2024-01-13 10:00:00 +0100|B|",
        ],
    ).mapping
    assert mapping.key == ("Id",)
    assert mapping.columns["revenue"].header == "Total"
    events = {stage.column: mapping.touchpoints[stage.touchpoint].event for stage in mapping.stages}
    assert events == {"Created at": "won", "Paid at": "other", "Fulfilled at": "delivery"}


def test_a_person_is_the_customer_of_a_contact_export(tmp_path: Path) -> None:
    mapping = proposed(
        tmp_path,
        "Record ID|Last Name|Company name|Create Date|Became a Customer Date",
        [
            "1|Weiß|Acme|2024-01-13T10:00:00+01:00|",
            "2|Öz|Acme|2024-01-14T10:00:00+01:00|2024-02-14T10:00:00+01:00",
        ],
    ).mapping
    assert mapping.columns["customer_id"].header == "Record ID"
    assert mapping.key == ("Record ID",)
    assert mapping.touchpoints["Became a Customer"].event == "won"


def test_sessions_by_month_and_channel_are_reach(tmp_path: Path) -> None:
    mapping = proposed(
        tmp_path,
        "Year month|Session default channel group|Sessions",
        ["202401|Direct|10", "202402|Direct|12"],
    ).mapping
    assert mapping.table == "reach"
    assert mapping.columns["period"].header == "Year month"
    assert mapping.columns["visits"].header == "Sessions"
    assert mapping.mode == "upsert"
