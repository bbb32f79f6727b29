"""Facts of the trade with their sources: sizes, alloys, solders, stock, gems, cuts, rules, weights.

In: words and numbers as the trade writes them.  Out: figures, each with source and standing.
Nothing is read before it is asked for; an unknown word raises `CatalogError` with the nearest one.
"""
