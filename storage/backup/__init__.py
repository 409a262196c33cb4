"""Copies of the store: one file, made while the service runs, and the way back.

A backup is an SQLite store, whichever database it comes from, and goes back into either. So it
can be opened and looked at with anything that reads SQLite, and moves a store from one database to
the other.
"""

from storage.backup.making import back_up
from storage.backup.restoring import Put, prepare, put_in_place
from storage.backup.settling import Settled, set_aside_uncertain

__all__ = ["Put", "Settled", "back_up", "prepare", "put_in_place", "set_aside_uncertain"]
