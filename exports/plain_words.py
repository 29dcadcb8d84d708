"""Text from people made safe for every format: what would steer, break or forge a document is taken out."""

from __future__ import annotations

import re
import unicodedata

# Control characters break XML; overrides and isolates of the writing direction can turn 12 into 21 for the
# eye; a byte order mark has no place inside a text. The two marks of direction stay: they turn nothing round.
_STEERING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufeff]"
)
_ENDS_OF_PLANES = "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
_NO_CHARACTER = re.compile(f"[{_ENDS_OF_PLANES}]")
_LONG_WORD = re.compile(r"[^\s\u200b-]{32,}")
_BREAKS = re.compile("\r\n?|[\x85\u2028\u2029]")


def plain_words(text: str) -> str:
    """The text composed (NFC), with `\\n` as its only line break and without steering characters.

    >>> plain_words("Mu\u0308ller\\r\\n\\x07\u202eGmbH")
    'Müller\\nGmbH'
    """
    composed = unicodedata.normalize("NFC", _BREAKS.sub("\n", text))
    return _NO_CHARACTER.sub("", _STEERING.sub("", composed)).replace("\t", " ")


def one_line(text: str) -> str:
    """The same on one line, runs of blanks made one; a space that does not break stays one."""
    return re.sub("[ \n]+", " ", plain_words(text)).strip()


def breakable(text: str) -> str:
    """The text with places to break (U+200B) in words too long for any column."""
    return _LONG_WORD.sub(lambda word: "\u200b".join(re.findall(".{1,12}", word.group())), text)
