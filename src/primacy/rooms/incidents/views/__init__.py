"""Pages of incidents: the list with its counts and exports, one incident, entering one."""
