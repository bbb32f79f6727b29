"""Kinds of the family `body`: what a pendant hangs on."""
