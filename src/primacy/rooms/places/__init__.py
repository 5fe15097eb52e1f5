"""Missions, areas with versioned boundaries, population and sites."""
