"""Kinds of the family `shank`: what goes round the finger."""
