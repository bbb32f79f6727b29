"""Rows of small stones round a larger one."""
