"""Programs that read tables, one a file: each lists its `CLIENTS`."""
