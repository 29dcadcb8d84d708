"""Who changed what and when: a quiet table under the snapshots."""

from __future__ import annotations

import pandas as pd

from cockpit.trail import deed_name, trail
from cockpit.workspace import Workspace
from core.text import Lang, written
from ui import blocks
from ui.downloads import table
from ui.words import trail as words

_SHOWN = 200


def draw_trail(ws: Workspace, lang: Lang) -> None:
    """The last entries of the audit trail; nothing where there is none yet."""
    deeds = trail(ws, _SHOWN)
    if not deeds:
        return
    blocks.heading(words.TITLE(lang), words.ABOUT(lang))
    lines = [
        (written(one.at, lang), one.who or words.NOBODY(lang), deed_name(one.what)(lang), one.detail)
        for one in deeds
    ]
    frame = pd.DataFrame(lines, columns=[column(lang) for column in words.COLUMNS])
    table(frame, words.TITLE(lang), lang, "trail")
