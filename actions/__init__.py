"""Actions: who does what by when, what it should move, and what moved. Pure."""
