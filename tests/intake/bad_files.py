"""Files as they really arrive: broken, odd, hostile. Each says what reading it must come to.

`BAD_FILES[name]` is either refused with a message (`expect == "message"`, `message` is a part of the German
text) or read (`expect == "imports"`, with the numbers of accepted and rejected rows). The tables that can be
read have the columns customer_id, occurred_at, touchpoint, value wherever the point of the file allows it.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

HEADER = "customer_id;occurred_at;touchpoint;value\n"


@dataclass(frozen=True, kw_only=True)
class BadFile:
    """`filename` is what the browser would send; `content()` makes the bytes."""

    name: str
    filename: str
    content: Callable[[], bytes]
    expect: Literal["message", "imports"]
    message: str = ""
    accepted: int = 0
    rejected: int = 0


BAD_FILES: dict[str, BadFile] = {}


def refused(
    message: str, filename: str = "export.csv"
) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Registers a generator whose file must be refused with this part of a message."""

    def register(make: Callable[[], bytes]) -> Callable[[], bytes]:
        name = make.__name__
        BAD_FILES[name] = BadFile(
            name=name, filename=filename, content=make, expect="message", message=message
        )
        return make

    return register


def read(
    accepted: int, rejected: int = 0, filename: str = "export.csv"
) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Registers a generator whose file must be read with these counts."""

    def register(make: Callable[[], bytes]) -> Callable[[], bytes]:
        name = make.__name__
        BAD_FILES[name] = BadFile(
            name=name, filename=filename, content=make, expect="imports", accepted=accepted, rejected=rejected
        )
        return make

    return register


def lines(count: int, start: int = 1, town: str = "Web") -> str:
    """`count` good rows below HEADER."""
    return "".join(f"K{n:03d};2024-03-{1 + n % 28:02d};{town};{n},50\n" for n in range(start, start + count))


def good(count: int = 5) -> bytes:
    return (HEADER + lines(count)).encode()


# --- nothing there, or something else ----------------------------------------------------------


@refused("Die Datei ist leer")
def empty() -> bytes:
    return b""


@refused("nur Leerzeichen")
def only_white_space() -> bytes:
    return b"   \t \n  \n"


@refused("nur Leerzeichen")
def only_line_ends() -> bytes:
    return b"\r\n" * 50


@refused("nur Leerzeichen")
def only_a_byte_order_mark() -> bytes:
    return b"\xef\xbb\xbf"


@refused("nur eine Kopfzeile")
def header_only() -> bytes:
    return HEADER.encode()


@refused("nur eine Kopfzeile")
def header_without_line_end() -> bytes:
    return HEADER.strip().encode()


@refused("HTML")
def html_login_page() -> bytes:
    return b"<!DOCTYPE html>\n<html><head><title>Login</title></head><body>a;b;c</body></html>\n"


@refused("HTML- oder XML", "export.xls")
def html_table_named_xls() -> bytes:
    return b"<table><tr><td>customer_id</td></tr><tr><td>1</td></tr></table>"


@refused("HTML- oder XML")
def xml() -> bytes:
    return b'<?xml version="1.0"?><rows><row id="1"/></rows>'


@refused("JSON")
def json_array() -> bytes:
    return json.dumps([{"customer_id": 1, "touchpoint": "Web"}] * 3, indent=1).encode()


@refused("JSON")
def json_lines() -> bytes:
    return b'{"customer_id": 1, "touchpoint": "Web"}\n' * 4


@refused("PDF", "bericht.csv")
def pdf() -> bytes:
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"


@refused("PNG", "bild.csv")
def png() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(100)


@refused("SQLite", "daten.csv")
def sqlite_database() -> bytes:
    return b"SQLite format 3\x00" + bytes(200)


@refused("keine Textdatei")
def random_bytes() -> bytes:
    return random.Random(7).randbytes(20_000).replace(b"\n", b"\x00")


@refused("Word- oder PowerPoint", "daten.xlsx")
def word_document() -> bytes:
    return zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<w/>"})


# --- compressed --------------------------------------------------------------------------------


@read(5, filename="export.csv.gz")
def gzipped_csv() -> bytes:
    return gzip.compress(good())


@read(5, filename="export.zip")
def zipped_csv() -> bytes:
    return zipped({"../../../etc/export.csv": good(), "__MACOSX/._export.csv": b"x"})


@refused("gzip-Datei ist abgeschnitten", "export.csv.gz")
def truncated_gzip() -> bytes:
    return gzip.compress(good(500))[:-20]


@refused("gzip-Datei ist abgeschnitten", "export.csv.gz")
def damaged_gzip() -> bytes:
    data = bytearray(gzip.compress(good(500)))
    data[len(data) // 2] ^= 0xFF
    return bytes(data)


@refused("unerwartet groß", "export.csv.gz")
def gzip_bomb() -> bytes:
    return gzip.compress(b"0;" * (40 * 1024 * 1024), 6)


@refused("mehrfach komprimiert", "export.csv.gz.gz")
def gzip_in_gzip() -> bytes:
    return gzip.compress(gzip.compress(good()))


@refused("enthält 2 Dateien", "export.zip")
def zip_with_two_files() -> bytes:
    return zipped({"a.csv": good(), "b.csv": good()})


@refused("Kennwort", "export.zip")
def encrypted_zip() -> bytes:
    data = bytearray(zipped({"a.csv": good()}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@refused("abgeschnitten", "export.zip")
def truncated_zip() -> bytes:
    return zipped({"a.csv": good(300)})[:-40]


@refused("leer oder abgeschnitten", "export.zip")
def empty_zip() -> bytes:
    return zipped({})


@refused("unerwartet groß", "export.zip")
def zip_bomb() -> bytes:
    return zipped({"a.csv": b"0;" * (40 * 1024 * 1024)})


@refused("ist entpackt", "export.xlsx")
def workbook_bomb() -> bytes:
    book = io.BytesIO(workbook([["customer_id", "touchpoint"], ["1", "Web"]]))
    with zipfile.ZipFile(book, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/huge.xml", b" " * (80 * 1024 * 1024))
    return book.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


# --- encodings ---------------------------------------------------------------------------------

TOWNS = HEADER + lines(6, town="Köln – Büro")


@read(6)
def utf8_with_mark() -> bytes:
    return b"\xef\xbb\xbf" + TOWNS.encode()


@read(6)
def utf16_little_endian() -> bytes:
    return b"\xff\xfe" + TOWNS.encode("utf-16-le")


@read(6)
def utf16_big_endian() -> bytes:
    return b"\xfe\xff" + TOWNS.encode("utf-16-be")


@read(6)
def utf16_without_mark() -> bytes:
    return TOWNS.encode("utf-16-le")


@read(5, 1)
def utf16_cut_within_a_character() -> bytes:
    return b"\xff\xfe" + TOWNS.encode("utf-16-le")[:-3]


@read(6)
def windows_1252() -> bytes:
    return TOWNS.encode("cp1252")


@read(6)
def latin_1() -> bytes:
    return TOWNS.replace("–", "-").encode("latin-1")


@read(20, 1)
def utf8_with_one_line_of_windows_1252() -> bytes:
    text = HEADER + lines(20, town="Köln")
    return text.encode() + "K900;2024-03-01;Büro;1,50\n".encode("cp1252")


@read(20, 1)
def windows_1252_with_one_line_of_utf8() -> bytes:
    text = HEADER + lines(20, town="Köln")
    return text.encode("cp1252") + "K900;2024-03-01;Büro;1,50\n".encode()


@refused("mischt zwei Kodierungen")
def half_utf8_half_windows_1252() -> bytes:
    return TOWNS.encode() + lines(6, 50, town="Büro").encode("cp1252")


@refused("Kodierung der Datei ist unbekannt")
def dos_code_page() -> bytes:
    return (HEADER + lines(6, town="Besuch in Köln, Büro Süd")).encode("cp850")


@refused("Kodierung der Datei ist unbekannt")
def cyrillic_code_page() -> bytes:
    return (HEADER + lines(6, town="Телефонный звонок")).encode("cp1251")


@read(5, 1)
def nul_byte_in_one_row() -> bytes:
    return good() + b"K9\x0099;2024-03-01;Web;1,50\n"


@read(5, 1)
def control_character_in_one_row() -> bytes:
    return good() + b"K999;2024-03-01;We\x07b;1,50\n"


@refused("keine Textdatei")
def every_row_full_of_nul() -> bytes:
    return HEADER.encode() + b"K1;\x00\x00\x00\x00\x00\x00\x00\x00\x00;Web;1\n" * 5


@refused("Steuerzeichen")
def nul_in_the_header() -> bytes:
    return good().replace(b"customer_id", b"customer\x00id", 1)


@read(10, 1)
def two_exports_glued_together() -> bytes:
    return b"\xef\xbb\xbf" + good() + b"\xef\xbb\xbf" + HEADER.encode() + lines(5, 50).encode()


@read(5)
def unicode_line_separators_within_cells() -> bytes:
    return (HEADER + lines(5, town="We\u2028b\u0085\u2029x")).encode()


@read(5)
def emoji_and_right_to_left_names() -> bytes:
    return (HEADER + lines(5, town="🚀 \u202eمكالمة\u202c 電話")).encode()


# --- headers, titles, totals -------------------------------------------------------------------


@read(5)
def title_rows_above_the_header() -> bytes:
    return b"Bericht Kundenkontakte\nStand: 31.03.2024\n\n" + good()


@read(5)
def padded_title_rows() -> bytes:
    return b"Bericht Kundenkontakte;;;\n;;;\n" + good()


@read(6)
def missing_header() -> bytes:
    return lines(6).encode()


@read(5)
def duplicate_headers() -> bytes:
    return good().replace(b"value", b"touchpoint", 1)


@read(5)
def empty_header_name() -> bytes:
    return good().replace(b";value", b";", 1)


@read(5)
def header_in_quotes_over_two_lines() -> bytes:
    return good().replace(b"value", b'"value\nin EUR"', 1)


@refused("Kopfzeile hat 3 Felder")
def header_shorter_than_rows() -> bytes:
    return good().replace(b"customer_id;", b"", 1)


@refused("Kopfzeile hat 4 Felder")
def header_longer_than_rows() -> bytes:
    return (HEADER + "K1;2024-03-01;Web\n" * 6).encode()


@read(4)
def years_as_headers() -> bytes:
    return b"customer_id;2021;2022;2023\nK1;10;20;30\nK2;11;21;31\nK3;12;22;32\nK4;1;2;3\n"


@refused("10.000 Spalten")
def ten_thousand_columns() -> bytes:
    head = ";".join(f"c{n}" for n in range(10_000))
    return (head + "\n" + ";".join("1" for _ in range(10_000)) + "\n").encode()


@read(5, 1)
def header_repeated_in_the_middle() -> bytes:
    return good(3) + HEADER.encode() + lines(2, 50).encode()


@read(5, 1)
def totals_row_at_the_end() -> bytes:
    return good() + b"Summe;;;17,50\n"


@read(5, 1)
def totals_row_with_a_capital_label_in_a_later_column() -> bytes:
    return good() + b";;GESAMT:;17,50\n"


@read(5, 2)
def subtotals_in_the_middle() -> bytes:
    return good(3) + b"Zwischensumme;;;6,00\n" + lines(2, 50).encode() + b"Total;;;9,00\n"


@read(6)
def customer_called_total() -> bytes:
    return good() + b"Total;2024-03-09;Web;3,00\n"


@read(5, 2)
def footer_note() -> bytes:
    return good() + b"Anzahl Zeilen: 5\nExportiert von Meier am 31.03.2024\n"


@read(5)
def line_that_declares_the_delimiter() -> bytes:
    return b"sep=;\n" + good()


# --- rows --------------------------------------------------------------------------------------


@read(5, 1)
def row_too_short() -> bytes:
    return good() + b"K999;2024-03-01\n"


@read(5, 1)
def row_too_long() -> bytes:
    return good() + b"K999;2024-03-01;Web;1,50;surplus\n"


@read(5, 1)
def last_row_cut_off() -> bytes:
    return good() + b"K999;2024-0"


@read(5)
def trailing_delimiters_in_rows() -> bytes:
    return good().replace(b"0\n", b"0;\n")


@read(5)
def trailing_delimiters_everywhere() -> bytes:
    return good().replace(b"\n", b";;\n")


@read(5)
def blank_lines_between() -> bytes:
    return good().replace(b"\n", b"\n\n")


@read(5, 3)
def rows_of_delimiters_only() -> bytes:
    return good() + b";;;\n" * 3


@read(6)
def inch_marks_within_fields() -> bytes:
    return good() + b'K999;2024-03-01;Rohr 5" lang;1,50\n'


@read(5, 1)
def text_after_a_closing_quote() -> bytes:
    return good() + b'K999;2024-03-01;"Web" neu;1,50\n'


@read(104, 1)
def unclosed_quote_that_would_swallow_the_rest() -> bytes:
    return good(4) + b'K999;2024-03-01;"Web;1,50\n' + lines(100, 200).encode()


@read(5, 1)
def unclosed_quote_in_the_last_row() -> bytes:
    return good() + b'K999;2024-03-01;"Web;1,50\n'


@read(6, 2)
def unclosed_quotes_that_close_each_other() -> bytes:
    middle = lines(3, 50).encode()
    return good(2) + b'K998;2024-03-01;"Web;1,50\n' + middle + b'K999;2024-03-01;Web";1,50\nK1;"\n'


@read(6)
def line_ends_within_quotes() -> bytes:
    return good() + b'K999;2024-03-01;"Web\r\nund\nTelefon";1,50\n'


@read(6)
def delimiters_and_quotes_within_quotes() -> bytes:
    return good() + b'K999;2024-03-01;"Web; ""neu"";";"1,50"\n'


@read(5)
def single_quotes() -> bytes:
    return b"".join(
        b";".join(b"'" + cell + b"'" for cell in line.split(b";")) + b"\n" for line in good().splitlines()
    )


@read(5)
def windows_line_ends() -> bytes:
    return good().replace(b"\n", b"\r\n")


@read(5)
def old_mac_line_ends() -> bytes:
    return good().replace(b"\n", b"\r")


@read(10)
def mixed_line_ends() -> bytes:
    return good() + lines(5, 50).replace("\n", "\r\n").encode()


@read(5)
def no_line_end_at_the_end() -> bytes:
    return good().rstrip()


@read(5, 1)
def a_cell_of_two_hundred_thousand_characters() -> bytes:
    return good() + b"K999;2024-03-01;" + b"x" * 200_000 + b";1,50\n"


@refused("Zeile von mehr als")
def one_endless_line() -> bytes:
    return b"x;" * (5 * 1024 * 1024)


@refused("Trennzeichen ist nicht zu erkennen")
def no_delimiter_fits() -> bytes:
    return b"a;b,c\nd,e;f;g\nh;i\nj,k,l\nm;n;o,p,q\nr\n"


@read(5)
def tabs() -> bytes:
    return good().replace(b";", b"\t")


@read(5)
def pipes() -> bytes:
    return good().replace(b";", b"|")


@read(5)
def commas_with_quoted_decimals() -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target).writerows(line.split(";") for line in good().decode().splitlines())
    return target.getvalue().encode()


# --- values ------------------------------------------------------------------------------------


@read(6)
def ids_of_23_digits() -> bytes:
    return good() + b"12345678901234567890123;2024-03-01;Web;1,50\n"


@read(7)
def customers_called_na_and_null() -> bytes:
    return good() + b"NA;2024-03-01;Web;1,50\nNULL;2024-03-01;Web;1,50\n"


@read(7)
def formulas() -> bytes:
    return good() + b"=cmd|'/C calc'!A0;2024-03-01;@SUM(A1);1,50\nK1;2024-03-01;+49 221;1,50\n"


@read(6)
def markup() -> bytes:
    return good() + b"<script>alert(1)</script>;2024-03-01;![x](http://x.example/p.png);1,50\n"


@read(6)
def sql_in_a_value() -> bytes:
    return good() + b"'); DROP TABLE contacts; --\n".replace(b";", b",")[:-1] + b";2024-03-01;Web;1,50\n"


@read(5)
def sql_in_a_header() -> bytes:
    return good().replace(b"value", b'v""); DROP TABLE x --'.replace(b";", b""), 1)


@read(5, filename="../../..\\..\\secret.csv")
def path_as_file_name() -> bytes:
    return good()


@read(5, filename="nul\x00.csv")
def nul_in_the_file_name() -> bytes:
    return good()


# --- workbooks ---------------------------------------------------------------------------------

Row = list[object]
TABLE: list[Row] = [
    ["customer_id", "occurred_at", "touchpoint", "value"],
    *([f"K{n}", dt.datetime(2024, 3, n, 9, 30), "Web", n + 0.5] for n in range(1, 6)),
]


def workbook(rows: list[Row], more: Callable[[openpyxl.Workbook], None] | None = None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    if more:
        more(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@read(5, filename="export.xlsx")
def plain_workbook() -> bytes:
    return workbook(TABLE)


@read(5, filename="export.csv")
def workbook_named_csv() -> bytes:
    return workbook(TABLE)


@read(5, filename="export.xlsx")
def csv_named_xlsx() -> bytes:
    return good()


@read(5, filename="export.xlsx")
def workbook_with_merged_title() -> bytes:
    return workbook([["Kontakte"], [], *TABLE], lambda book: book.active.merge_cells("A1:D1"))


@read(5, filename="export.xlsx")
def workbook_with_a_cover_sheet() -> bytes:
    def cover(book: openpyxl.Workbook) -> None:
        book.create_sheet("Deckblatt", 0).append(["Bericht"])
        book.create_sheet("Leer")

    return workbook(TABLE, cover)


@read(5, filename="export.xlsx")
def workbook_whose_table_begins_at_c5() -> bytes:
    return workbook([[], [], [], [], *([None, None, *row] for row in TABLE)])


@read(5, filename="export.xlsx")
def workbook_with_blank_rows() -> bytes:
    return workbook([*TABLE[:3], [], [], *TABLE[3:], [None, None], ["", ""]])


@read(4, 1, filename="export.xlsx")
def workbook_with_an_error_cell() -> bytes:
    return workbook([*TABLE[:5], ["K9", dt.datetime(2024, 3, 9), "#N/A", 1]])


@read(5, 1, filename="export.xlsx")
def workbook_with_a_formula_nobody_computed() -> bytes:
    return workbook([*TABLE, ["K9", dt.datetime(2024, 3, 9), "Web", "=D2*2"]])


@read(5, 1, filename="export.xlsx")
def workbook_with_a_number_of_23_digits() -> bytes:
    return workbook([*TABLE, [12345678901234567890123, dt.datetime(2024, 3, 9), "Web", 1]])


@read(6, filename="export.xlsx")
def workbook_with_values_beyond_the_table() -> bytes:
    return workbook([*TABLE, ["K9", dt.datetime(2024, 3, 9), "Web", 1, None, "Notiz"]])


@read(5, 1, filename="export.xlsx")
def workbook_with_totals() -> bytes:
    return workbook([*TABLE, ["Summe", None, None, 17.5]])


@refused("enthält keine Zeilen", "export.xlsx")
def empty_workbook() -> bytes:
    return workbook([])


@refused("nur eine Kopfzeile", "export.xlsx")
def workbook_with_header_only() -> bytes:
    return workbook(TABLE[:1])


@refused("abgeschnitten", "export.xlsx")
def truncated_workbook() -> bytes:
    return workbook(TABLE)[:2500]


@refused("Arbeitsmappe ist beschädigt", "export.xlsx")
def workbook_with_broken_xml() -> bytes:
    return zipped({"xl/workbook.xml": b"<workbook><sheets><sheet", "[Content_Types].xml": b"<x/>"})


@refused("Arbeitsmappe ist beschädigt", "export.xls")
def damaged_xls() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)


@refused("600 Spalten", "export.xlsx")
def workbook_of_600_columns() -> bytes:
    return workbook([[f"c{n}" for n in range(600)], [1] * 600])


# --- Parquet -----------------------------------------------------------------------------------


def parquet(table: pa.Table | None = None, **options: object) -> bytes:
    target = io.BytesIO()
    rows = range(1, 6)
    pq.write_table(
        table
        if table is not None
        else pa.table(
            {
                "customer_id": [f"K{n}" for n in rows],
                "occurred_at": [dt.datetime(2024, 3, n, 9, 30) for n in rows],
                "touchpoint": ["Web"] * 5,
                "value": [n + 0.5 for n in rows],
            }
        ),
        target,
        **options,
    )
    return target.getvalue()


@read(5, filename="export.csv")
def parquet_named_csv() -> bytes:
    return parquet()


@read(5, filename="export.parquet")
def parquet_with_nested_columns() -> bytes:
    rows = range(1, 6)
    return parquet(
        pa.table(
            {
                "customer_id": pa.array([f"K{n}" for n in rows]).dictionary_encode(),
                "occurred_at": [dt.date(2024, 3, n) for n in rows],
                "touchpoint": [{"kind": "Web", "tags": ["a", 'b"']} for _ in rows],
            }
        )
    )


@read(4, 1, filename="export.parquet")
def parquet_with_an_empty_row() -> bytes:
    return parquet(
        pa.table({"customer_id": ["1", "2", None, "4", "5"], "touchpoint": ["a", "b", None, "d", "e"]})
    )


@refused("Parquet-Datei ist abgeschnitten", "export.parquet")
def truncated_parquet() -> bytes:
    return parquet()[:-100]


@refused("Parquet-Datei ist abgeschnitten", "export.parquet")
def parquet_in_name_and_magic_only() -> bytes:
    return b"PAR1" + b"customer_id;touchpoint\n" * 20


@refused("Parquet-Datei ist abgeschnitten", "export.parquet")
def parquet_with_a_damaged_page() -> bytes:
    data = bytearray(parquet(write_page_checksum=True))
    at = data.index(b"Web")
    data[at : at + 3] = b"Wob"
    return bytes(data)


@refused("Parquet-Datei ist abgeschnitten", "export.parquet")
def parquet_with_a_damaged_footer() -> bytes:
    data = bytearray(parquet())
    data[-300:-200] = bytes(range(100))
    return bytes(data)


@refused("keine Zeilen", "export.parquet")
def parquet_without_rows() -> bytes:
    return parquet(pa.table({"customer_id": pa.array([], pa.string())}))


@refused("600 Spalten", "export.parquet")
def parquet_of_600_columns() -> bytes:
    return parquet(pa.table({f"c{n}": [1] for n in range(600)}))


@refused("nicht als Text lesen", "export.parquet")
def parquet_with_binary_cells() -> bytes:
    return parquet(pa.table({"customer_id": ["1"], "photo": pa.array([b"\xff\xfe\x00"], pa.binary())}))
