"""Kinds of the family `stones`: rows and fields of small stones."""
