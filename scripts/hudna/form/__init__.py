"""The form of a package: descriptor, Table Schemas, canonical CSV, nested documents."""
