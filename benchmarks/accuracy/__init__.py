"""How often literals, their roles and their call sites are found rightly, counted on labelled code."""
