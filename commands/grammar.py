"""How commands are spelled: the program, its options and arguments, its help, the workspace they work on."""

from __future__ import annotations

import inspect
import tomllib
from collections.abc import Callable, Mapping
from inspect import Parameter
from pathlib import Path
from typing import Annotated, Any

import typer

from cockpit.workspace import Workspace, open_workspace, refresh
from core.errors import InputFault, UsageFault
from core.text import LANGS, Text
from core.view import View, parse_where
from terminal import LANG

HOME = Path(__file__).resolve().parents[1]
DEFAULT_WORKSPACE = HOME / "workspace"
WORDS: Mapping[str, Any] = tomllib.loads((HOME / "commands" / "help.toml").read_text(encoding="utf-8"))


def help_of(command: str) -> str:
    """What a command is for, and examples as they are typed."""
    words = WORDS[command]
    blocks = [Text.model_validate(words["about"])(LANG)]
    for section in words.get("sections", [{"examples": words.get("examples", [])}]):
        title = [Text.model_validate(section["title"])(LANG) + ":"] if "title" in section else []
        blocks.append("\n".join(["\b", *title, *(f"  {example}" for example in section["examples"])]))
    return "\n\n".join(blocks)


def option(name: str, metavar: str | None = None, **more: Any) -> Any:
    text = Text.model_validate(WORDS["options"][name])(LANG)
    return typer.Option(f"--{name}", metavar=metavar, help=text, **more)


def argument(name: str, metavar: str) -> Any:
    return typer.Argument(metavar=metavar, help=Text.model_validate(WORDS["options"][name])(LANG))


def known_language(asked: str) -> str:
    if asked not in LANGS:
        raise UsageFault(
            Text(
                de="Die Sprache „{asked}“ gibt es nicht, nur de und en.",
                en="There is no language “{asked}”, only de and en.",
            ).fill(asked=asked)
        )
    return asked


app = typer.Typer(
    help=help_of("run"), rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False
)

InWorkspace = Annotated[
    Path, option("workspace", "DIR", envvar="WEGMARKE_WORKSPACE", show_envvar=False, show_default=False)
]
InModel = Annotated[str, option("model", "ID")]
InPeriod = Annotated[str | None, option("period", "PERIOD")]
By = Annotated[str | None, option("by", "DIMENSION")]
Where = Annotated[list[str] | None, option("where", "DIMENSION=VALUE")]
AsJson = Annotated[bool, option("json")]
InLang = Annotated[
    str, option("lang", "de|en", envvar="WEGMARKE_LANG", show_envvar=False, callback=known_language)
]
Files = Annotated[list[Path], argument("files", "FILE...")]


def filled(workspace: Path) -> Workspace:
    """The workspace, which must hold data; built anew where its settings or models have changed since."""
    ws = open_workspace(workspace)
    if ws.warehouse.head() is None:
        raise InputFault(
            Text(
                de="Der Arbeitsbereich {folder} ist leer. ./run import DATEI liest eine Datei ein, "
                "./run sample lädt die Beispieldaten.",
                en="The workspace {folder} is empty. ./run import FILE reads a file, "
                "./run sample loads the sample data.",
            ).fill(folder=workspace)
        )
    refresh(ws)
    return ws


_OF_VIEW = {
    "model": (InModel, "seven_phase"),
    "period": (InPeriod, None),
    "by": (By, None),
    "where": (Where, None),
    "workspace": (InWorkspace, DEFAULT_WORKSPACE),
    "as_json": (AsJson, False),
    "lang": (InLang, "de"),
}


def of_view(name: str, *, by: bool = True) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Makes a function the command `name` over the data in a view, with the options that all such have.

    It is called with the workspace, the view, whether JSON is wanted, and the arguments and options that it
    names itself. `by`: whether the view can be broken down.
    """

    def register(run: Callable[..., None]) -> Callable[..., None]:
        own = list(inspect.signature(run, eval_str=True).parameters.values())[3:]
        shared = [
            Parameter(option, Parameter.KEYWORD_ONLY, annotation=kind, default=usual)
            for option, (kind, usual) in _OF_VIEW.items()
            if by or option != "by"
        ]

        def command(**given: Any) -> None:
            asked = {option: given.pop(option, None) for option in _OF_VIEW}
            ws = filled(asked["workspace"])
            where = parse_where(asked["where"] or [])
            view = View(model=asked["model"], period=asked["period"], by=asked["by"], where=where)
            run(ws, view, asked["as_json"], **given)

        command.__signature__ = inspect.Signature([*own, *shared])  # type: ignore[attr-defined]
        app.command(name, help=help_of(name))(command)
        return run

    return register
