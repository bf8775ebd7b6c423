"""The errors a caller may catch, and the exit code each becomes on the command line.

    KgError                      exit 1
    ├── UsageError               exit 2   a wrong argument, option, query or configuration
    │   ├── OntologyError        exit 2   an ontology file that cannot be used; names file and line
    │   └── QueryError           exit 2   SPARQL that does not parse or is not allowed
    ├── QueryLimitError          exit 1   a query stopped by its time, memory or row limit
    ├── ReadError                exit 3   one document that cannot be read; the others go on
    │   ├── UnsupportedError              a type that no reader takes
    │   ├── DecodeError                   bytes that are no text in any encoding tried
    │   ├── EmptyError                    nothing to read (a scan, an empty file)
    │   ├── DamagedError                  a file that its format's reader cannot parse
    │   └── LimitError                    a document beyond a size, time or memory limit
    ├── StoreBusyError           exit 5   another process writes this store
    ├── OutputError              exit 6   an output that cannot be written
    └── StoreDamagedError        exit 7   a store that is damaged, foreign or too new
"""

from __future__ import annotations


class KgError(Exception):
    """Base of all errors raised on purpose. The message names the thing, the place and the remedy."""

    exit_code = 1


class UsageError(KgError):
    exit_code = 2


class OntologyError(UsageError):
    pass


class QueryError(UsageError):
    pass


class QueryLimitError(KgError):
    pass


class ReadError(KgError):
    """One document that cannot be read.

    ``code`` is stable and machine-readable (EMPTY, SCANNED, ENCRYPTED, TOO_LARGE …); ``limit`` and ``observed`` say by how
    much a limit was passed, where one was.
    """

    exit_code = 3
    code = "UNREADABLE"

    def __init__(self, message: str, *, code: str | None = None, limit: str | None = None, observed: str | None = None) -> None:
        super().__init__(message)
        if code is not None:
            self.code = code
        self.limit = limit
        self.observed = observed


class UnsupportedError(ReadError):
    code = "UNSUPPORTED"


class DecodeError(ReadError):
    code = "ENCODING"


class EmptyError(ReadError):
    code = "EMPTY"


class DamagedError(ReadError):
    code = "DAMAGED"


class LimitError(ReadError):
    code = "LIMIT"


class StoreBusyError(KgError):
    exit_code = 5


class OutputError(KgError):
    exit_code = 6


class StoreDamagedError(KgError):
    exit_code = 7
