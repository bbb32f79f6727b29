"""Kinds of the family `head`: what holds the main stone."""
