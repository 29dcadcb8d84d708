"""Which delimiter and quote a text file uses, judged by how well they explain its first lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from store.intake.faults import Unreadable
from store.intake.limits import Limits
from store.intake.textrecords import Dialect, carefully

DELIMITERS = (";", "\t", ",", "|", "^", "~", "\x1f")
_ENOUGH_LINES = 1000
_DECLARED = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_HTML = re.compile(r"<(!doctype|html|\?xml|head|body|table|script|div|p>)", re.IGNORECASE)
_JSON = re.compile(r'(\[\s*)?\{\s*("[^"]*"\s*:|\})|\[\s*[\[\]"\d]')


def refuse_other_formats(text: str) -> None:
    """HTML, XML and JSON are text too, and a lenient CSV reader would call them OK."""
    head = text.lstrip()[:2000]
    if not head:
        raise Unreadable("Die Datei enthält nur Leerzeichen.", "The file holds nothing but white space.")
    if _HTML.match(head):
        raise Unreadable(
            "Die Datei ist eine HTML- oder XML-Seite, keine Tabelle (oft eine Anmelde- oder Fehlerseite "
            "statt des Exports). Bitte laden Sie den Export erneut herunter.",
            "The file is an HTML or XML page, not a table (often a login or error page instead of the "
            "export). Please download the export again.",
        )
    if _JSON.match(head):
        raise Unreadable(
            "Die Datei enthält JSON. Erwartet wird CSV, Parquet oder Excel.",
            "The file holds JSON. Expected is CSV, Parquet or Excel.",
        )


def find_dialect(lines: Sequence[str], limits: Limits) -> Dialect:
    """The dialect of the file whose first physical lines these are, line ends included.

    Raises Unreadable where delimiters occur but none splits the lines into a table.
    """
    first = lines[0] if lines else ""
    lines = lines[:_ENOUGH_LINES]
    declared = _DECLARED.fullmatch(first)
    if declared:
        return Dialect(delimiter=declared[1], quote=_quote(lines[1:], declared[1]), skip=1)
    best, best_score = Dialect(delimiter="", quote=_quote(lines, "\n")), 0.0
    for rank, delimiter in enumerate(DELIMITERS):
        if not any(delimiter in line for line in lines):
            continue
        quote = _quote(lines, delimiter)
        score = _score(lines, delimiter, quote, limits) - rank * 0.001
        if score > best_score:
            best, best_score = Dialect(delimiter=delimiter, quote=quote), score
    filled = [line for line in lines if line.strip()]
    if best_score < 0.5 and len(filled) > 1:
        split = sum(any(delimiter in line for delimiter in DELIMITERS[:4]) for line in filled)
        if split > 0.5 * len(filled) and not _is_prose_column(filled):
            raise Unreadable(
                "Das Trennzeichen ist nicht zu erkennen: Keines der Zeichen Semikolon, Komma, Tabulator "
                "oder | teilt die ersten {count} Zeilen in gleich viele Spalten.",
                "The delimiter cannot be recognised: none of semicolon, comma, tab or | splits the first "
                "{count} lines into the same number of columns.",
                count=len(filled),
            )
        return Dialect(delimiter="", quote=_quote(lines, "\n"))
    return best


def _is_prose_column(lines: Sequence[str]) -> bool:
    """One column of sentences: commas are followed by spaces, and nothing else could delimit."""
    text = "".join(lines)
    return text.count(",") == text.count(", ") and not any(other in text for other in (";", "\t", "|"))


def _quote(lines: Sequence[str], delimiter: str) -> str:
    """The quote: `"` unless fields begin and end with `'` and none with `"`."""
    edge = re.escape(delimiter)
    single = double = 0
    for line in lines:
        text = line.rstrip("\r\n")
        double += len(re.findall(rf'(?:^|{edge})"', text)) + len(re.findall(rf'"(?:{edge}|$)', text))
        single += min(
            len(re.findall(rf"(?:^|{edge})'", text)),
            len(re.findall(rf"'(?:{edge}|$)", text)),
        )
    return "'" if single and not double else '"'


def _score(lines: Sequence[str], delimiter: str, quote: str, limits: Limits) -> float:
    """Between 0 and 1: how regular the table is that the delimiter makes. One column scores 0."""
    dialect = Dialect(delimiter=delimiter, quote=quote)
    rows = [record.cells for record in carefully(iter(lines), dialect, None, limits) if record.text]
    widths = Counter(len(cells) for cells in rows if cells and any(cells))
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return 0.0
    count = max(wide.values())
    share = count / max(1, len(rows))
    # a comma in every number is a decimal sign, not a delimiter, wherever another explains the lines too
    text = "".join(lines)
    edge = re.escape(delimiter)
    between_digits = len(re.findall(rf"(?<=\d){edge}(?=\d)", text)) / max(1, text.count(delimiter))
    spaced = text.count(delimiter + " ") / max(1, text.count(delimiter))
    return share - 0.2 * between_digits - 0.2 * spaced
