"""Text of people and files where Streamlit would read Markdown: labels, messages, options."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~:$&])")


def as_markdown(text: str) -> str:
    r"""The text as Markdown that shows exactly the text.

    >>> as_markdown("[x](http://y)")
    '\\[x\\]\\(http\\://y\\)'
    """
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


_ACTIVE = re.compile(r"([\\`*_\[\]<>$~|]|:(?=\S)|&(?=[\w#])|@(?=\w)|(?<=www)\.|^[-+#=])")
_NUMBERED = re.compile(r"^(\d+)([.)])")


def as_spoken_label(text: str) -> str:
    r"""As `as_markdown`, with a mark only before what would mean something: a label is read out as it stands.

    >>> as_spoken_label("We keep it: in writing (with a date).")
    'We keep it: in writing (with a date).'
    >>> as_spoken_label("see [x](http://y)")
    'see \\[x\\](http\\://y)'
    >>> as_spoken_label("1. first")
    '1\\. first'
    """
    return _NUMBERED.sub(r"\1\\\2", _ACTIVE.sub(r"\\\1", " ".join(text.split())))
