"""Maturity checklists: what is asked, how answers become a score, which actions reach a target."""
