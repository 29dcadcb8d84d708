"""What a customer allowed: how they may be shown, for which words, since when and until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from core.text import Text

Kind = Literal["named", "anonymous", "internal"]
Standing = Literal["requested", "given", "declined", "withdrawn"]
Allowed = Literal["named", "anonymous", "internal", "none"]
Reason = Literal["given", "never_asked", "requested", "declined", "withdrawn", "expired", "not_yet"]

KINDS: dict[Kind, Text] = {
    "named": Text(de="mit Namen (Name, Logo und Zitat)", en="by name (name, logo and quote)"),
    "anonymous": Text(
        de="anonym (nur Branche und Größenklasse)", en="anonymous (industry and size class only)"
    ),
    "internal": Text(de="nur intern (mit Wasserzeichen)", en="internal only (watermarked)"),
}
STANDINGS: dict[Standing, Text] = {
    "requested": Text(de="angefragt", en="requested"),
    "given": Text(de="erteilt", en="given"),
    "declined": Text(de="abgelehnt", en="declined"),
    "withdrawn": Text(de="widerrufen", en="withdrawn"),
}
LONGEST = 3000
"""Characters of a quote."""


class Consent(BaseModel):
    """One customer's answer for one project, with their words.

    `text_version` names the text that was agreed to (proof/consent.toml); `until` is the last day it holds,
    None without end. `picture` shows the person, `logo` is the customer's; both PNG or JPEG, the logo only
    ever shown where the kind is `named`. `version` goes back with a change; 0: not stored yet.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: int = 0
    project: str
    standing: Standing
    kind: Kind
    quote: str = Field(default="", max_length=LONGEST)
    person: str = Field(default="", max_length=200)
    role: str = Field(default="", max_length=200)
    picture: bytes | None = None
    logo: bytes | None = None
    text_version: str = ""
    document: str = Field(default="", max_length=1000)
    on: dt.date
    until: dt.date | None = None
    withdrawn_on: dt.date | None = None
    sample: bool = False
    version: int = 0

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until is not None and self.until < self.on:
            raise ValueError("consent ends before it begins")
        return self

    def holds(self, today: dt.date) -> bool:
        """Whether it is given and neither ahead nor over."""
        return self.standing == "given" and self.on <= today and (self.until is None or today <= self.until)


class Permission(BaseModel):
    """What may leave the house on a day. `by` is the consent that decides, None where nobody was asked."""

    model_config = ConfigDict(frozen=True)

    allowed: Allowed
    reason: Reason
    by: Consent | None = None

    @property
    def said(self) -> Text:
        """The permission as a sentence."""
        consent = self.by
        if consent is None:
            return _SAID["never_asked"]
        return _SAID[self.reason].fill(
            kind=KINDS[consent.kind],
            on=consent.on,
            until=consent.until or "",
            end=ENDS.fill(until=consent.until) if consent.until else ENDLESS,
            withdrawn=consent.withdrawn_on or consent.on,
        )


ENDS = Text(de="gültig bis {until}", en="valid until {until}")
ENDLESS = Text(de="unbefristet", en="without an end")
_SAID: dict[Reason, Text] = {
    "given": Text(de="Einwilligung erteilt: {kind}, {end}.", en="Consent given: {kind}, {end}."),
    "never_asked": Text(
        de="Es gibt keine Einwilligung; nichts darf das Haus verlassen.",
        en="There is no consent; nothing may leave the house.",
    ),
    "requested": Text(
        de="Die Einwilligung ist seit {on} angefragt; bis zur Antwort darf nichts das Haus verlassen.",
        en="Consent was requested on {on}; until there is an answer nothing may leave the house.",
    ),
    "declined": Text(de="Die Einwilligung wurde am {on} abgelehnt.", en="Consent was declined on {on}."),
    "withdrawn": Text(
        de="Die Einwilligung wurde am {withdrawn} widerrufen.", en="Consent was withdrawn on {withdrawn}."
    ),
    "expired": Text(de="Die Einwilligung ist am {until} abgelaufen.", en="Consent expired on {until}."),
    "not_yet": Text(de="Die Einwilligung gilt erst ab {on}.", en="Consent holds only from {on}."),
}


def permission(consents: Sequence[Consent], today: dt.date) -> Permission:
    """What a project's consents allow on a day; `consents` in the order they were recorded.

    The one recorded last decides: who withdraws takes back what was said before, and who agrees again gives
    it anew. A request changes nothing while an earlier consent holds.
    """
    if not consents:
        return Permission(allowed="none", reason="never_asked")
    last = consents[-1]
    if last.standing == "requested":
        earlier = permission(consents[:-1], today)
        if earlier.allowed != "none":
            return earlier
        return Permission(allowed="none", reason="requested", by=last)
    if last.standing in ("declined", "withdrawn"):
        return Permission(allowed="none", reason=last.standing, by=last)
    if last.holds(today):
        return Permission(allowed=last.kind, reason="given", by=last)
    reason: Reason = "not_yet" if today < last.on else "expired"
    return Permission(allowed="none", reason=reason, by=last)
