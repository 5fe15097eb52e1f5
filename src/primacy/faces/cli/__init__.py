"""The command line: `primacy --help`."""
