"""Signing in on the web: second factors, single sign-on, limits, sessions, secure answers."""
