"""One thin module per page: calls cockpit, draws with ui."""
