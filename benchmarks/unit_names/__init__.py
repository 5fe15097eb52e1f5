"""The made-up unit names, the fit of the matcher on them, and its peers."""
