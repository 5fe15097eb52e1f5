"""Pages of screening: screenings and their lines, asking, judging, lists."""
