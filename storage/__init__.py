"""How things are kept: SQLite by default, PostgreSQL by a URL, the same behaviour on both.

Every function takes a transaction from `Database.read()` or `Database.write()` first, returns
frozen values and never commits. `now` is always an argument: an aware time.
"""
