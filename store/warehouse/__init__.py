"""Snapshots: manifests of immutable part files, and the hardened DuckDB that reads them."""
