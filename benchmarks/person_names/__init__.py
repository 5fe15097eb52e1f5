"""Measuring how well names of persons are compared, and fitting the weights that do it."""
