"""What the list's title and an action's day say."""

from __future__ import annotations

import datetime as dt

import pytest

from actions.listing import counts
from actions.model import Action
from actions.wording import actions_title, due_words
from tests.actions.drafts import NOW, TODAY, action


def many(*days: int | None) -> list[Action]:
    """Running actions due so many days from today."""
    return [
        action(number, due=None if after is None else TODAY + dt.timedelta(days=after))
        for number, after in enumerate(days, 1)
    ]


@pytest.mark.parametrize(
    ("actions", "said"),
    [
        ([], "Noch keine Maßnahmen"),
        ([action(1, status="done", closed_at=NOW)], "Die einzige Maßnahme ist abgeschlossen"),
        (many(-1), "Die eine laufende Maßnahme ist überfällig"),
        (many(None, None), "Keine der 2 laufenden Maßnahmen ist überfällig"),
        (many(3, None), "Keine der 2 laufenden Maßnahmen ist überfällig; eine wird bis 30.03.2026 fällig"),
        (
            many(-1, 0),
            "Eine von 2 laufenden Maßnahmen ist überfällig; eine weitere wird bis 30.03.2026 fällig",
        ),
        (
            many(-9, -1, 0, 14, 15),
            "2 von 5 laufenden Maßnahmen sind überfällig; 2 weitere werden bis 30.03.2026 fällig",
        ),
    ],
)
def test_the_title_says_what_is_late_and_what_comes_next(actions: list[Action], said: str) -> None:
    assert actions_title(counts(actions, TODAY), TODAY).de == said


@pytest.mark.parametrize(
    ("days", "said"),
    [(-1, "overdue since yesterday"), (-2, "overdue for 2 days"), (0, "due today"), (1, None)],
)
def test_a_day_says_how_late_it_is(days: int, said: str | None) -> None:
    told = due_words(many(days)[0], TODAY)[1]
    assert (told.en if told else None) == said
