"""Units of local forces and the mission, and their strength."""
