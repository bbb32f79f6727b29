"""Kinds of the family `loops`: what a chain is hung in, on the body itself."""
