"""A seeded generator and the small files that it writes."""
