"""Assembly only: web pages, HTTP API and command line over the rooms."""
