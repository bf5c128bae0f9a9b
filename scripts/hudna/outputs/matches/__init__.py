"""A file's names and what became of them: its rows, a person's decisions, new spellings."""
