"""Printed papers: board, assessment, case, summary of incidents; page and CLI share them."""
