"""The HTTP API: the routers of the rooms under one roof."""
