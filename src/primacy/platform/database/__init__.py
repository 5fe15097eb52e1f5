"""PostgreSQL's own locks: row policies by viewer, the rights of the application's role."""
