"""Invented packages of any size: their rows, and the faults that are planted in them."""
