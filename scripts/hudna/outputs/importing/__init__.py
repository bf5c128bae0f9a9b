"""A file of another data set, or anybody's own table, brought under the schema by a mapping."""
