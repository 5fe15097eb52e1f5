"""Acts on a whole site: backup, restore, move, wipe, evacuate, drill."""
