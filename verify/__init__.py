"""Coverage of every interval that a command prints: ``python verify/coverage.py`` (see README.md here)."""
