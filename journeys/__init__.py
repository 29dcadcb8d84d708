"""Journey models, the phase ledger, transitions. Pure: models and queries, no disk."""
