"""What is made from a package: generated files, loaders, readable records."""
