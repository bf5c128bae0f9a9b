"""The commands, one module each, found by folder."""
