"""Milgrain: rows of beads along edges."""
