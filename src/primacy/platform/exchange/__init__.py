"""Exchange formats: other people's files and services, read into columns. No Django here."""
