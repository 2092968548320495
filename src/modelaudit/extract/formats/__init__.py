"""One module a file format, each with `NAME`, `PATTERNS` and `parse(text) -> Document`, which raises on no input.

The patterns are kept here a second time as one table, because asking every module would import every module on every scan; a test
holds the two together.
"""
