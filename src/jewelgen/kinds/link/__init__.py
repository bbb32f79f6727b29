"""Kinds of the family `link`: rings that connect."""
