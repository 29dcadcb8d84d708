"""All that touches disk: intake, warehouse, state. The only floor that imports duckdb and sqlalchemy."""
