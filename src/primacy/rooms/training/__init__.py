"""Training that forces were given: who was trained, in what, by whom, and which unit that was."""
