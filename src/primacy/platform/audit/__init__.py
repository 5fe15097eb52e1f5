"""The append-only audit log: a chain of hashes that shows any later change."""
