"""The house as DESIGN has it: floors, who may import what, names, and nothing that belongs to one machine."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[1]

# From the top. A room imports only from floors below its own, never from one above or beside.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("app", "cli"),
    ("commands",),
    ("shell", "terminal"),
    ("pages",),
    ("ui",),
    ("cockpit",),
    ("store",),
    ("exports",),
    ("proof", "maps", "actions"),
    ("checklists", "contacts", "customers"),
    ("metrics",),
    ("journeys",),
    ("core", "sample_data"),
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
STORE_FLOOR = FLOOR["store"]

# Libraries that only some rooms may know.
ONLY_IN = {
    "streamlit": {"app", "shell", "pages", "ui"},
    "duckdb": {"store"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
}
# A page draws what a use case returns, and nothing else.
PAGES_CALL = {"cockpit", "ui", "core"}
# Below the store, values and tables come in and values or queries go out. Catalogs are read through pathlib.
IMPURE_IMPORTS = {"os", "shutil", "tempfile", "subprocess", "socket", "sqlite3", "time", "random", "urllib"}
IMPURE_CALLS = {"now", "today", "utcnow", "write_text", "write_bytes", "mkdir", "unlink", "open"}

SQL = re.compile(r"\bSELECT\b.*\bFROM\b", re.DOTALL)
EMPTY_NAMES = {"manager", "helper", "helpers", "util", "utils", "misc"}
LINES_OF_A_PAGE, LINES_OF_A_MODULE = 70, 500

LEFT_OUT = {"__pycache__", "node_modules", "workspace", "build"}


def files(*suffixes: str) -> list[Path]:
    """The project's own files, without what tools leave behind."""
    return [
        path
        for top in sorted(HOME.iterdir())
        if top.name not in LEFT_OUT and (not top.name.startswith(".") or top.name in (".ci", ".streamlit"))
        for path in ([top] if top.is_file() else sorted(top.rglob("*")))
        if path.is_file() and not LEFT_OUT & set(path.parts) and (not suffixes or path.suffix in suffixes)
    ]


def room_of(path: Path) -> str:
    return path.relative_to(HOME).parts[0].removesuffix(".py")


MODULES = [path for path in files(".py") if room_of(path) not in ("tests", "benchmarks")]


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every import, those inside functions included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, "." * node.level + (node.module or "")


def broken_rules(room: str, source: str) -> list[str]:
    """What a module of this room does that the house does not allow."""
    tree = ast.parse(source)
    found = []
    if room not in FLOOR:
        found.append(f"0: the room {room} stands on no floor")
        return found
    for line, name in imports(tree):
        top = name.split(".")[0]
        if name.startswith("."):
            found.append(f"{line}: relative import")
        if top in FLOOR and top != room and FLOOR[top] <= FLOOR[room]:
            found.append(f"{line}: {room} imports {name} from a floor above or beside")
        if top in FLOOR and room == "pages" and top not in PAGES_CALL | {"pages"}:
            found.append(f"{line}: a page imports {name}")
        if room not in ONLY_IN.get(top, {room}):
            found.append(f"{line}: {room} imports {top}")
        if FLOOR[room] > STORE_FLOOR and room != "sample_data" and top in IMPURE_IMPORTS:
            found.append(f"{line}: {room} is pure but imports {top}")
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            found.extend(broken_call(room, node))
        if isinstance(node, ast.Constant) and FLOOR[room] < FLOOR["cockpit"] and SQL.search(str(node.value)):
            found.append(f"{node.lineno}: SQL in {room}")
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and EMPTY_NAMES & words(node.name):
            found.append(f"{node.lineno}: {node.name} does not say what it is")
    return found


def broken_call(room: str, node: ast.Call) -> Iterator[str]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    pure = FLOOR[room] > STORE_FLOOR and room != "sample_data"
    if pure and name in IMPURE_CALLS:
        yield f"{node.lineno}: {room} is pure but calls {name}()"
    before_encoding = {"read_text": 0, "write_text": 1}.get(name)
    if before_encoding is not None and len(node.args) <= before_encoding and not node.keywords:
        yield f"{node.lineno}: {name}() without an encoding reads differently on Windows"


def words(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+", name)}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(HOME)))
def test_every_module_keeps_to_its_floor(path: Path) -> None:
    assert broken_rules(room_of(path), path.read_text(encoding="utf-8")) == []
    assert not EMPTY_NAMES & words(path.stem), "a module is named for what is in it"


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("core", "import journeys.model"),
        ("journeys", "from metrics import model"),
        ("store", "import cockpit.workspace"),
        ("proof", "import actions.list"),
        ("pages", "from store.warehouse import head"),
        ("pages", "import journeys.model"),
        ("cockpit", "import streamlit as st"),
        ("metrics", "def f():\n    import duckdb"),
        ("cockpit", "from sqlalchemy import select"),
        ("metrics", "import datetime as dt\nx = dt.datetime.now()"),
        ("exports", "from pathlib import Path\nPath('x').write_text('a', encoding='utf-8')"),
        ("ui", "q = 'SELECT a FROM b'"),
        ("store", "class FileManager: ..."),
        ("store", "def date_util(): ..."),
        ("store", "from pathlib import Path\nPath('x').read_text()"),
        ("store", "from . import engine"),
        ("attic", "x = 1"),
    ],
)
def test_a_module_that_breaks_a_rule_is_found(room: str, source: str) -> None:
    assert broken_rules(room, source)


def test_pages_are_thin_and_modules_are_short() -> None:
    lengths = {
        str(path.relative_to(HOME)): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES
    }
    too_long = {
        name: lines
        for name, lines in sorted(lengths.items(), key=lambda item: -item[1])
        if lines > (LINES_OF_A_PAGE if name.startswith("pages/") else LINES_OF_A_MODULE)
    }
    assert too_long == {}


def test_every_decision_record_has_a_number_of_its_own_and_says_why() -> None:
    records = sorted((HOME / "docs" / "adr").glob("*"))
    assert records
    assert [path.name for path in records if not re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", path.name)] == []
    numbers = [path.name[:4] for path in records]
    assert len(set(numbers)) == len(numbers)
    for path in records:
        text = path.read_text(encoding="utf-8")
        assert text.startswith("# "), path.name
        assert "\n## Context\n" in text, path.name
        assert "\n## Decision\n" in text, path.name


# Put together, so that this file does not contain what it looks for.
OF_ONE_MACHINE = [
    re.compile("/" + name + "/") for name in ("work", r"home/\w+", r"Users/\w+", "root", "tmp/env")
]
BESIDE_THE_PROJECT = "../" + "shared"
TEXT = (".py", ".toml", ".md", ".txt", ".csv", ".mako", ".ini", ".css", ".html", ".svg", ".json", "")


@pytest.mark.parametrize(
    "path",
    [path for path in files(*TEXT) if path.stat().st_size < 1_000_000],
    ids=lambda path: str(path.relative_to(HOME)),
)
def test_no_file_knows_the_machine_it_was_written_on(path: Path) -> None:
    text = path.read_text(encoding="utf-8", errors="replace")  # the sample has a file in an older encoding
    assert [found.pattern for found in OF_ONE_MACHINE if found.search(text)] == []
    if path != HOME / ".ci" / "run":
        assert BESIDE_THE_PROJECT not in text


def test_requirements_name_no_index_and_every_package_has_hashes() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (HOME / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert not re.search(r"^-", text, re.MULTILINE)
        for block in re.split(r"\n(?=\S)", text.strip()):
            assert re.match(r"[\w.-]+==[\w.]+( ;[^\\]+)? \\\n\s+--hash=sha256:", block), block[:80]


def test_what_tests_need_holds_what_the_product_needs_with_the_same_pins() -> None:
    product, tests = (
        set(re.findall(r"^\S+==.*", (HOME / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name in ("requirements.txt", "requirements-dev.txt")
    )
    assert product <= tests
