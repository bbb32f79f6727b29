"""Kinds of the family `bail`: what the chain runs through."""
