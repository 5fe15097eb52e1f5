"""Pages of persons: finding them, one person, claims, the matching queue, ranks and roles."""
