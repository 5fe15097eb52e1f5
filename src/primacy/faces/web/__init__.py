"""The web face: frame, components, static files and the pages that belong to no room."""
