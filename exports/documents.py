"""Claims as a PDF on A4, with the evidence table where consent allows; the story of a case study first."""

from __future__ import annotations

from collections.abc import Sequence

from exports.sheet import CaseStudy, Sheet
from exports.sheet_data import sheet_data, story_data
from exports.sheet_words import claims_line
from exports.typesetting import typeset


def document(sheets: Sequence[Sheet] | CaseStudy, *, manifest: str | None = None) -> bytes:
    """A tagged PDF with its typefaces; the manifest goes with it as an attachment.

    ValueError without a sheet; InputFault for a picture that is none.
    """
    story = sheets if isinstance(sheets, CaseStudy) else None
    each = list(sheets.sheets if isinstance(sheets, CaseStudy) else sheets)
    if not each:
        raise ValueError("a document needs at least one sheet")
    data = {
        "title": story.title if story else each[0].title,
        "story": story_data(story) if story else None,
        "sheets": [sheet_data(sheet) for sheet in each],
        "claims": claims_line(each),
    }
    made_on = max(sheet.made_on for sheet in each)
    return typeset("claim", data, lang=each[0].lang, made_on=made_on, attached=manifest)
