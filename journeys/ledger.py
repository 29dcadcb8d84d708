"""What the tables of the phase ledger mean to those who read them (docs/tables.md)."""

# What a visit or a journey carries of its first contact, beside dimensions of the company's own.
FIRST_CONTACT = (
    "touchpoint", "channel", "segment", "product", "persona", "region", "team", "role", "content",
    "price_tier", "direction", "source",
)  # fmt: skip

# How a visit ended, over the columns of `visits`. `$data_end` is the last instant the data covers.
ENDING = (
    "CASE WHEN ended_as IS NOT NULL THEN ended_as WHEN completed THEN 'completed'"
    " WHEN silent_until < $data_end THEN 'lost' ELSE 'open' END"
)
ENDINGS = ("advanced", "skipped", "back", "completed", "lost", "open")
