"""Widgets, tiles, charts, theme, page frame, filter bar."""
