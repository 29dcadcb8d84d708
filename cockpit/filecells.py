"""A file's cells for a question about single columns: read as imports read, kept as text until asked."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pandas as pd

from cockpit.derived import Expression
from core.errors import InputFault, UsageFault
from core.text import Text
from store.intake.reading import Reader

MISSING = {"", "na", "n/a", "nan", "null", "none", ".", "-", "–"}
"""Cells that hold no number, in any case of letters."""


def _read(file: Path) -> pd.DataFrame:
    """Every cell as text, by the reading that imports use."""
    if not file.is_file():
        raise InputFault(
            Text(de="Die Datei {file} gibt es nicht.", en="There is no file {file}.").fill(file=file)
        )
    with tempfile.TemporaryDirectory() as folder, Reader(Path(folder) / "scratch") as reader:
        raw = reader.read(file, reader.sniff(file), Path(folder) / "rows.parquet")
        if raw.rejected:
            raise InputFault(
                Text(
                    de="{count} Zeilen von {file} sind nicht lesbar: {reason}",
                    en="{count} rows of {file} cannot be read: {reason}",
                ).fill(count=raw.rejected, file=file.name, reason=next(iter(raw.reasons)))
            )
        cells = pd.read_parquet(raw.path).drop(columns="_row")
    cells.columns = pd.Index(raw.layout.columns)
    return cells.apply(_as_text)


def _as_text(column: pd.Series[Any]) -> pd.Series[Any]:
    known = column.notna()
    if pd.api.types.is_datetime64_any_dtype(column):
        column = column.dt.strftime("%Y-%m-%d")
    texts: pd.Series[Any] = column.astype(object).where(known, "").astype(str).str.strip()
    return texts


class FileCells:
    """The cells of a file as text, and what can be asked of them: texts, numbers, yes or no."""

    def __init__(self, file: Path, decimal: str | None) -> None:
        """`decimal`: the sign before decimals; None: told from each column."""
        self._cells = _read(file)
        self._decimal = decimal
        self.columns = tuple(str(name) for name in self._cells.columns)

    def __len__(self) -> int:
        return len(self._cells)

    def keep(self, rows: pd.Series[Any]) -> None:
        self._cells = self._cells[rows.to_numpy(bool)].reset_index(drop=True)
        if self._cells.empty:
            raise InputFault(Text(de="Kein Filter lässt eine Zeile übrig.", en="The filters leave no row."))

    def texts(self, name: str) -> pd.Series[Any]:
        """The cells of a column. UsageFault for one that is not there."""
        Expression(name, self.columns)
        if name not in self.columns:
            raise UsageFault(
                Text(de="„{name}“ ist keine Spalte.", en="“{name}” is not a column.").fill(name=name)
            )
        return self._cells[name]

    def numbers(self, expression: str) -> pd.Series[Any]:
        """The values of a column or of an expression over columns of numbers."""
        parsed = Expression(expression, self.columns)
        return parsed.of({name: self._number(name) for name in parsed.columns}).astype(float)

    def _number(self, name: str) -> pd.Series[Any]:
        texts = self._cells[name]
        empty = texts.str.lower().isin(MISSING)
        found = pd.to_numeric(_plain(texts, self._decimal), errors="coerce")
        wrong = found.isna() & ~empty
        if wrong.any():
            raise InputFault(
                Text(
                    de="In der Spalte „{name}“ ist „{text}“ keine Zahl ({count} Zellen).",
                    en="In the column “{name}”, “{text}” is not a number ({count} cells).",
                ).fill(name=name, text=str(texts[wrong].iloc[0]), count=int(wrong.sum()))
            )
        return found

    def flags(self, condition: str) -> pd.Series[Any]:
        """Yes or no for every row: a column of 1 and 0 (yes, no), COLUMN=VALUE, or a condition. InputFault
        for a VALUE that no row has."""
        if condition in self.columns:
            words = self._cells[condition].str.lower()
            known = words.isin(_YES | _NO)
            if not known.all():
                raise UsageFault(
                    Text(
                        de="Die Spalte „{name}“ enthält nicht nur Ja und Nein (1 und 0), etwa „{text}“. "
                        "Gemeint ist vielleicht {name}=…",
                        en="The column “{name}” does not hold yes and no (1 and 0) only, such as “{text}”. "
                        "Perhaps {name}=… is meant.",
                    ).fill(name=condition, text=str(words[~known].iloc[0]))
                )
            return words.isin(_YES)
        name, equals, wanted = condition.partition("=")
        if equals and name.strip() in self.columns:
            texts = self._cells[name.strip()]
            found = texts == wanted.strip().strip("'\"")
            if not found.any():
                found = _same_number(texts, wanted)
            if not found.any():
                raise InputFault(
                    Text(
                        de="In der Spalte „{name}“ steht „{wanted}“ nirgends. Darin stehen: {there}.",
                        en="The column “{name}” holds “{wanted}” nowhere. It holds: {there}.",
                    ).fill(name=name.strip(), wanted=wanted.strip(), there=_some(texts))
                )
            return found
        for column in self.columns:
            if not equals and bool((self._cells[column] == condition).any()):
                raise UsageFault(
                    Text(
                        de="„{value}“ steht in der Spalte „{name}“. Gemeint ist vielleicht {name}={value}.",
                        en="“{value}” stands in the column “{name}”. Perhaps {name}={value} is meant.",
                    ).fill(value=condition, name=column)
                )
        parsed = Expression(condition, self.columns)
        return parsed.of({each: self._either(each) for each in parsed.columns}).astype(bool)

    def _either(self, name: str) -> pd.Series[Any]:
        """A column as numbers where all its cells are some, else as texts."""
        found = pd.to_numeric(_plain(self._cells[name], self._decimal), errors="coerce")
        return self._cells[name] if found.isna().any() else found


_YES = {"1", "1.0", "true", "yes", "ja", "wahr", "t", "y", "j", "x"}
_NO = {"0", "0.0", "false", "no", "nein", "falsch", "f", "n", ""}


_NAMED = 8
"""So many values of a column are named."""


def _some(texts: pd.Series[Any]) -> str:
    """The values of a column, the first few of many."""
    found = [f"„{text}“" for text in dict.fromkeys(texts)]
    return ", ".join(found[:_NAMED]) + (" …" if len(found) > _NAMED else "")


def _same_number(texts: pd.Series[Any], wanted: str) -> pd.Series[Any]:
    try:
        return pd.to_numeric(texts, errors="coerce") == float(wanted)
    except ValueError:
        return texts == wanted


def _plain(texts: pd.Series[Any], decimal: str | None) -> pd.Series[Any]:
    """Numbers with a point: the comma is the decimal sign where one says so, or where no cell reads otherwise
    and none would with a point."""
    stripped = texts.str.replace("\u2212", "-").str.replace(r"[\s\u00a0\u202f]|%$", "", regex=True)
    if decimal is None:
        some = stripped[~stripped.str.lower().isin(MISSING)]
        with_point = pd.to_numeric(some, errors="coerce").notna().all()
        decimal = "." if with_point or not some.str.contains(",").any() else ","
        if decimal == "," and some.str.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?").all():
            raise InputFault(
                Text(
                    de="„{text}“ lässt sich auf zwei Arten lesen. Die Option --decimal sagt, welches "
                    "Zeichen vor den Nachkommastellen steht.",
                    en="“{text}” can be read in two ways. The option --decimal says which sign stands "
                    "before the decimals.",
                ).fill(text=str(some.iloc[0]))
            )
    thousands = "." if decimal == "," else ","
    return stripped.str.replace(thousands, "", regex=False).str.replace(decimal, ".", regex=False)
