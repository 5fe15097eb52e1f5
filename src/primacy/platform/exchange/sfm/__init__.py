"""Sheets of the Security Force Monitor's layout: columns, files, cells, and what a row states."""
