"""Daily work of support."""
