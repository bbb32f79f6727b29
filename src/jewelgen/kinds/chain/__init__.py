"""Kinds of the family `chain`: what is bought to wear it on."""
