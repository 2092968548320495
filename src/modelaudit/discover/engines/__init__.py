"""The engines behind `Prefilter`: one file each, imported only when it is the one in use."""
