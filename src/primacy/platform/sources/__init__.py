"""Sources: where a figure or claim comes from."""
