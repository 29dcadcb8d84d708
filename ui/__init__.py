"""Widgets, tiles, chart builders, theme, page frame, filter bar: everything that pages draw with."""
