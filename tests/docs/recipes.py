"""Blocks of a document that can be carried out: files to write, diffs to apply, commands to run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(
    r"^```(?P<kind>\w+)(?: file=(?P<file>\S+))?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True, kw_only=True)
class Block:
    """A fenced block: `kind` is its language, `file` what it is about, if it says so."""

    kind: str
    file: str | None
    body: str

    @property
    def commands(self) -> list[str]:
        """The commands of a shell block, without comments."""
        lines = (line.partition(" #")[0].strip() for line in self.body.splitlines())
        return [line for line in lines if line] if self.kind == "sh" else []


def sections(document: Path) -> dict[str, list[Block]]:
    """The blocks of a document by the heading (##) they stand under."""
    parts = re.split(r"^## (.+)$", document.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {
        title: [
            Block(kind=found["kind"], file=found["file"], body=found["body"])
            for found in _BLOCK.finditer(text)
        ]
        for title, text in zip(parts[1::2], parts[2::2], strict=True)
    }


def apply(block: Block, folder: Path) -> None:
    """Write the block's file, or change it as the diff says. A diff that does not fit is an error."""
    assert block.file is not None
    target = folder / block.file
    if block.kind != "diff":
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(block.body, encoding="utf-8")
        return
    text = target.read_text(encoding="utf-8")
    for hunk in re.split(r"^@@.*\n", block.body, flags=re.MULTILINE):
        lines = hunk.splitlines(keepends=True)
        before = "".join(line[1:] for line in lines if line[0] in " -")
        after = "".join(line[1:] for line in lines if line[0] in " +")
        assert text.count(before) == 1, f"{block.file} does not hold, once:\n{before}"
        text = text.replace(before, after)
    target.write_text(text, encoding="utf-8")
