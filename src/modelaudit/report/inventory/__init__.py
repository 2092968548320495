"""Formats of the inventory: every model that is written in the tree, good ones too."""
