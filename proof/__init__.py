"""Projects, effects before and after, grades, claims and their wording."""
