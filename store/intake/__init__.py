"""A file becomes checked contacts: sniffing, reading in a child process, mapping, casting, rejects."""
