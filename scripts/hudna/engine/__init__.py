"""The engine: a package's tables under their names, typed, in a database that runs SQL."""
