"""The acts of support, and the only writes of this room."""
