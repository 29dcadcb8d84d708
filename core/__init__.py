"""The ground floor: texts in two languages, the data contract, views, catalog loading, queries, errors."""
