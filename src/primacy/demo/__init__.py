"""Builds Carana, the case studies and the exercise accounts through the actions a user uses."""
