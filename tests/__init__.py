"""The tests mirror the package: tests/form checks hudna.form, and so on."""
