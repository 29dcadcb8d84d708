"""KPIs: definitions as data, evaluation as queries, results that are never bare numbers, signals. Pure."""
