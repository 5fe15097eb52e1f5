"""Persons: claims about them in time, who commanded when, and which records are one person."""
