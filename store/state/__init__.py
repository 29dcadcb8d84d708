"""What people enter: mappings, visits, notes, audit. SQLAlchemy and Alembic over SQLite or PostgreSQL."""
