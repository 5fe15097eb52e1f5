"""Pages of readiness: thin, they read a form, call one action or query, and draw."""
