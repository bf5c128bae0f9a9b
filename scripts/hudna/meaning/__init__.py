"""What a package means: the checks that it must pass and the views that it answers."""
