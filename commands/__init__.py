"""The commands of `./run`, by what they are about. Each asks `cockpit` and prints with `terminal`."""
