"""Early signs, alerts and their answers: who was warned of what, and what was done about it."""
