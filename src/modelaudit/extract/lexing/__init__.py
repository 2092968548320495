"""Reading of text that several formats share: places, JSON-like nesting, shell words."""
