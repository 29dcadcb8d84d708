"""The same jobs as the pages, without a browser: for nightly loads and for other programs.

Exit codes: 0 done, 1 the input is at fault, 2 wrong usage.
"""

from __future__ import annotations

import codecs
import sys
from collections.abc import Sequence

from commands import actions, claims, data, effects, figures, keeping, maturity, projects, rounds, verifying
from commands.grammar import app
from core.errors import WegmarkeError
from terminal import spelled, tell

# Each module registers its commands when it is imported; this is their order in the help.
COMMANDS = (data, figures, effects, maturity, rounds, actions, projects, claims, verifying, keeping)


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; the exit code says how it ended."""
    codecs.register_error("spelled", spelled)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="spelled")  # type: ignore[union-attr]
    try:
        app(words, prog_name="run")
    except WegmarkeError as fault:
        tell(fault.text)
        return fault.exit_code
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
