"""Imports: preview, load, undo; every file leaves a batch with its hash, counts and problems."""
