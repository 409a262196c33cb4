"""The error tree. What a person can mend has a class here; everything else is a defect.

    TopicwireError
    ├── InputError            bad input: says what and where, and nothing was stored
    │   ├── DocumentError     a document that cannot be read as what it claims to be
    │   ├── QueryError        a query that cannot be read, with the place
    │   └── ScheduleError     a schedule or time zone that cannot be read
    ├── SourceError           an upstream source that cannot be read, in plain words
    ├── NotFoundError         an item, topic, chat or subscription that is not there
    │   └── GoneError         one that was there
    │       └── WithdrawnError    an item that was withdrawn
    ├── TaxonomyError         the topics or places file is wrong
    ├── StoreError            the store cannot be used
    │   ├── StoreTooNewError  written by a newer version of Topicwire
    │   └── StoreBusyError    locked by another process for too long
    └── SettingsError         a setting has a wrong value

Messages are one line, fit to be shown, and hold no secret, token, chat id or query text.
"""


class TopicwireError(Exception):
    """Root of every error that a person can mend."""


class InputError(TopicwireError):
    """Input that cannot be taken; nothing was stored."""


class DocumentError(InputError):
    """A document that cannot be read: what is wrong, and where."""

    def __init__(self, message: str, *, document: str | None = None, line: int | None = None):
        where = ":".join(str(part) for part in (document, line) if part is not None)
        super().__init__(f"{where}: {message}" if where else message)
        self.reason = message
        self.document = document
        self.line = line


class QueryError(InputError):
    """A query that cannot be read. `position` counts characters from 0."""

    def __init__(self, message: str, position: int):
        super().__init__(message)
        self.position = position


class ScheduleError(InputError):
    """A schedule or time zone that cannot be read."""


class SourceError(TopicwireError):
    """An upstream source that cannot be read. The message names no address.

    `retry_after` is when it may be tried again, in seconds from now, if it says so; `gone` is True
    where it says that it is no more.
    """

    def __init__(self, message: str, *, retry_after: float | None = None, gone: bool = False):
        super().__init__(message)
        self.retry_after = retry_after
        self.gone = gone


class NotFoundError(TopicwireError):
    """What was asked for is not in the store."""


class GoneError(NotFoundError):
    """What was asked for was there, and will not come back."""


class WithdrawnError(GoneError):
    """An item that was there and is withdrawn."""


class TaxonomyError(TopicwireError):
    """The topics or places file is wrong: what, and at which entry."""


class StoreError(TopicwireError):
    """The store cannot be used as it is."""


class StoreTooNewError(StoreError):
    """The store was written by a newer version."""


class StoreBusyError(StoreError):
    """Another process held the store for too long."""


class SettingsError(TopicwireError):
    """A setting has a wrong value; names the setting, never its value."""
