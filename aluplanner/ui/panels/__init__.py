"""Panels around the tables and plots."""
