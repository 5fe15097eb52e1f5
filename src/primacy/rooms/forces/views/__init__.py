"""Pages of forces."""
