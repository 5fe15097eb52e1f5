"""Forecasts of violence by area and month: panels, models, scores."""
