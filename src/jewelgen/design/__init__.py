"""The design language: a TOML text to a `Document`, to a `Brief`, to a `Piece`; no kernel anywhere.

`reader.load` > `resolve.resolve` > `compose.compose`; `orders`, `mold`, `corners` and `schema` beside them.
"""
