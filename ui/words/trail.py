"""Words of the audit trail."""

from __future__ import annotations

from core.text import Text

TITLE = Text(de="Wer was geändert hat", en="Who changed what")
ABOUT = Text(
    de="Die letzten Einträge, das Neueste zuerst. Namen stehen hier, wie sie eingegeben wurden, und sind "
    "nicht geprüft. Was jemand geantwortet hat, steht nie hier.",
    en="The last entries, the newest first. Names are as they were typed and not verified. What somebody "
    "answered never stands here.",
)
COLUMNS = (
    Text(de="Wann", en="When"),
    Text(de="Wer", en="Who"),
    Text(de="Was", en="What"),
    Text(de="Woran", en="Where"),
)
NOBODY = Text(de="nicht genannt", en="not named")
