"""The formats that a package is exported to, one file each.

A file says in its first sentence what the format is good for, has ENDING (how the name of its file
ends) and `write(package, path)`. It may have `tell(package, path, tell)`, the same with a function
to which the table and the number of rows just written are told, and `ours(path)`, whether a file
is an older export, which may be replaced.
"""
