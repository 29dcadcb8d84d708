"""Intake: reading, mapping, checked records."""
