"""Programs that judge a package, one a file: each lists its `CHECKS`."""
