"""The start script: one file of standard-library Python, run on whatever machine there is."""

from __future__ import annotations

import ast
import socket
import subprocess
import sys
import time
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from cockpit.answering import answering_address
from cockpit.workspace import open_workspace

HOME = Path(__file__).resolve().parents[1]
SCRIPT = HOME / "run"
ALL = "0.0.0.0"  # noqa: S104 - nothing is bound to it here


@pytest.fixture
def run(tmp_path: Path) -> ModuleType:
    """The script as a module whose house is an empty folder with requirements."""
    loader = SourceFileLoader("run_script", str(SCRIPT))
    spec = spec_from_loader("run_script", loader)
    assert spec is not None
    module = module_from_spec(spec)
    sys.dont_write_bytecode, before = True, sys.dont_write_bytecode
    loader.exec_module(module)
    sys.dont_write_bytecode = before
    house: Any = module
    house.HOME = tmp_path
    house.VENV = tmp_path / ".venv"
    house.PYTHON = house.VENV / "bin" / "python"
    house.NEEDED = tmp_path / "requirements.txt"
    house.NEEDED_BY_TESTS = tmp_path / "requirements-dev.txt"
    for name in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).write_text(f"# {name}", encoding="utf-8")
    return module


@pytest.fixture
def calls(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The programs that the script would have started; making an environment leaves its Python behind."""
    made: list[list[str]] = []

    def call(command: list[object], cwd: Path | None = None) -> int:
        made.append([str(part) for part in command])
        if "venv" in made[-1]:
            run.PYTHON.parent.mkdir(parents=True)
            run.PYTHON.touch()
        return 0

    monkeypatch.setattr(run, "call", call)
    return made


def test_its_grammar_is_old_enough_for_an_old_python_to_say_that_it_is_too_old() -> None:
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 7))


def test_a_python_that_is_too_old_is_told_so_in_both_languages() -> None:
    pretend = (
        "import sys; sys.version_info = (3, 10, 2, 'final', 0); "
        f"exec(compile(open({str(SCRIPT)!r}, encoding='utf-8').read(), 'run', 'exec'))"
    )
    ended = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", pretend], capture_output=True, encoding="utf-8", check=False
    )
    assert ended.returncode == 1
    assert "hier läuft 3.10" in ended.stderr
    assert "this is 3.10" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_it_needs_the_standard_library_alone() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_it_can_be_executed() -> None:
    assert SCRIPT.read_bytes().startswith(b"#!/usr/bin/env python3\n")
    if sys.platform != "win32":
        assert SCRIPT.stat().st_mode & 0o111 == 0o111


def test_the_environment_is_made_once(run: ModuleType, calls: list[list[str]]) -> None:
    run.prepare(run.NEEDED)
    assert [words[1:3] for words in calls] == [["-m", "venv"], ["-m", "pip"]]
    assert "--require-hashes" in calls[1]
    run.prepare(run.NEEDED)
    assert len(calls) == 2


def test_changed_requirements_are_installed_into_the_same_environment(
    run: ModuleType, calls: list[list[str]]
) -> None:
    run.prepare(run.NEEDED)
    run.NEEDED.write_text("# changed", encoding="utf-8")
    run.prepare(run.NEEDED)
    assert [words[2] for words in calls] == ["venv", "pip", "pip"]


def test_what_tests_need_covers_what_the_product_needs(run: ModuleType, calls: list[list[str]]) -> None:
    run.prepare(run.NEEDED_BY_TESTS)
    run.prepare(run.NEEDED)
    assert [words[2] for words in calls] == ["venv", "pip"]


def test_another_python_gets_a_new_environment(
    run: ModuleType, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    run.prepare(run.NEEDED)
    monkeypatch.setattr(run, "VENV", run.VENV)
    (run.VENV / "python.stamp").write_text("3.10 of yesterday", encoding="utf-8")
    (run.VENV / "requirements.txt.stamp").write_text("yesterday", encoding="utf-8")
    monkeypatch.setattr(run, "PYTHON", run.VENV / "bin2" / "python")
    run.prepare(run.NEEDED)
    assert [words[2] for words in calls] == ["venv", "pip", "venv", "pip"]
    assert "--clear" in calls[2]


def test_packages_that_cannot_be_installed_end_in_a_sentence_and_are_tried_again(
    run: ModuleType,
    calls: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    works = run.call
    monkeypatch.setattr(run, "call", lambda command, **_: works(command) or int("pip" in command))
    with pytest.raises(SystemExit) as stopped:
        run.prepare(run.NEEDED)
    assert stopped.value.code == 1
    assert "could not be installed" in capsys.readouterr().err
    monkeypatch.setattr(run, "call", works)
    run.prepare(run.NEEDED)
    assert [words[2] for words in calls] == ["venv", "pip", "pip"]


def test_other_words_go_to_the_command_line_as_they_are(run: ModuleType, calls: list[list[str]]) -> None:
    assert run.main(["import", "a b.csv", "--workspace", "x"]) == 0
    assert calls[-1][1:] == [str(run.HOME / "cli.py"), "import", "a b.csv", "--workspace", "x"]


def test_tests_without_all_leave_out_browser_and_slow_ones(run: ModuleType, calls: list[list[str]]) -> None:
    run.main(["test", "tests/core", "-k", "text"])
    assert calls[-1][calls[-1].index("-m", 3) + 1] == "not browser and not slow"
    assert calls[-1][-3:] == ["tests/core", "-k", "text"]


def test_all_tests_ask_for_a_database_and_a_browser_first(run: ModuleType, calls: list[list[str]]) -> None:
    run.main(["test", "--all"])
    assert calls[-3][1:] == ["-m", "tests.state.postgres"]
    assert calls[-2][1:] == ["-m", "tests.browser.installed"]
    assert "not browser and not slow" not in calls[-1]
    assert "--all" not in calls[-1]


@pytest.mark.parametrize("asked", ["tests.browser.installed", "tests.state.postgres"])
def test_what_is_missing_fails_in_continuous_integration_and_is_said_loudly_elsewhere(
    asked: str,
    run: ModuleType,
    calls: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    works = run.call
    monkeypatch.setattr(run, "call", lambda command, **_: works(command) or int(asked in command))
    monkeypatch.setenv("CI", "true")
    assert run.main(["test", "--all"]) == 1
    monkeypatch.delenv("CI")
    assert run.main(["test", "--all"]) == 0
    assert "WARNING" in capsys.readouterr().err
    assert "pytest" in calls[-1]


def test_a_port_in_use_is_refused_when_named_and_passed_over_when_not(
    run: ModuleType, calls: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        assert not run.is_free(taken)
        assert run.main(["--port", str(taken)]) == 1
    assert f"{taken} is not free" in capsys.readouterr().err
    assert calls == []


@pytest.mark.parametrize("port", ["0", "70000", "-1"])
def test_a_port_that_cannot_be_is_refused(run: ModuleType, calls: list[list[str]], port: str) -> None:
    assert run.main([f"--port={port}"]) == 1


@pytest.mark.slow
def test_a_second_start_listens_within_five_seconds_and_ends_when_told(tmp_path: Path) -> None:
    begun = time.monotonic()
    started = subprocess.Popen(
        [sys.executable, str(SCRIPT), "--workspace", str(tmp_path)], stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert started.stdout is not None
    try:
        address = next(line for line in started.stdout if "http" in line).split()[-1]
        took = time.monotonic() - begun
        port = int(address.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
            client.sendall(b"GET /_stcore/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            assert b"200" in client.recv(200)
    finally:
        started.terminate()
        started.stdout.close()
    assert started.wait(timeout=20) == 0
    assert took < 5


def test_the_answering_page_keeps_its_port_and_refuses_one_that_is_taken(
    run: ModuleType, calls: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        assert run.main(["invite", "--port", str(other.getsockname()[1])]) == 1
    assert run.main(["invite", "--host", "192.0.2.7"]) == 1, "no address of this machine"
    assert "192.0.2.7:8601" in capsys.readouterr().err
    assert calls == []


@pytest.mark.parametrize(
    ("words", "host", "address", "said"),
    [
        ([], "127.0.0.1", "http://127.0.0.1:{port}", "from this machine alone"),
        (["--host", ALL], ALL, None, "not encrypted"),
        (["--address", "https://a.example/"], "127.0.0.1", "https://a.example", "from this machine alone"),
    ],
)
def test_the_answering_page_says_who_can_reach_it_and_serves_nothing_but_itself(
    run: ModuleType,
    calls: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    words: list[str],
    host: str,
    address: str | None,
    said: str,
) -> None:
    served: list[tuple[object, ...]] = []

    def serve(*given: object) -> int:
        served.append(given)
        return 0

    monkeypatch.setattr(run, "serve", serve)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert run.main(["invite", *words, "--port", str(port), "--workspace", str(tmp_path)]) == 0
    ((app, at, on, told, environment),) = served
    expected = address.format(port=port) if address else f"http://{run.reached_as(ALL)}:{port}"
    assert (app, at, on, told) == ("shell/answering.py", host, port, expected)
    assert environment == {
        "WEGMARKE_WORKSPACE": str(tmp_path.resolve()),
        "WEGMARKE_ANSWERING_ADDRESS": expected,
    }
    assert said in capsys.readouterr().err


@pytest.mark.slow
def test_the_answering_page_starts_says_its_address_and_withdraws_it_when_it_ends(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    started = subprocess.Popen(
        [sys.executable, str(SCRIPT), "invite", "--port", str(port), "--workspace", str(tmp_path)],
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert started.stdout is not None
    ws = open_workspace(tmp_path)
    try:
        address = next(line for line in started.stdout if "http" in line).split()[-1]
        assert address == f"http://127.0.0.1:{port}"
        latest = time.monotonic() + 20
        while answering_address(ws) is None and time.monotonic() < latest:
            time.sleep(0.1)  # it listens a moment before it has written its address down
        assert answering_address(ws) == address
    finally:
        started.terminate()
        ended = started.wait(timeout=20)
        started.stdout.close()
    assert ended == 0
    assert answering_address(ws) is None
