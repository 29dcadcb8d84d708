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
