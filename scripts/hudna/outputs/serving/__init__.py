"""A package opened in Datasette on this machine: its tables, its words, its views as queries."""
