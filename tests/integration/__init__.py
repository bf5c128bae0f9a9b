"""The package as other programs read it: R and Node."""
