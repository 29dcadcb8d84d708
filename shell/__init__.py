"""The entry script, the navigation, security headers."""
