"""The page: one HTML file that shows a package, its answers and every record with its sources."""
