"""Pages that belong to no room: home, sign-in link, starting a mission, the audit log."""
