"""Kinds of the family `engraving`: words on finished metal."""
