"""The use cases: one function per job. Opens the store, calls the domain, hands back results."""
