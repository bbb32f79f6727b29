"""Kinds of the family `hallmark`: standard marks."""
