"""A made-up force with pay rolls, head counts, honest noise and seeded fraud."""
