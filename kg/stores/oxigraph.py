"""Quads on disk, in Oxigraph (RocksDB): crash-safe, one writer at a time."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph

from kg.errors import StoreBusyError, StoreDamagedError
from kg.stores.memory import MemoryStore


class OxigraphStore(MemoryStore):
    """The store in ``folder``, made when it is not there.

    ``read_only`` opens it beside other readers; never beside a writer (open a snapshot instead).
    Raises StoreBusyError when another process writes it, StoreDamagedError when the folder is no store or is damaged.
    """

    def __init__(self, folder: str | Path, *, read_only: bool = False) -> None:
        self._folder = Path(folder)
        self.version = 0
        self._refuse_foreign()
        try:
            self._store = pyoxigraph.Store.read_only(str(folder)) if read_only else pyoxigraph.Store(str(folder))
        except OSError as error:
            if "lock" in str(error).lower():
                raise StoreBusyError(f"{folder} is in use by another process; wait for it, or use another folder") from error
            raise StoreDamagedError(f"{folder}: {error}; build again from the documents") from error

    def _refuse_foreign(self) -> None:
        if self._folder.is_file() or (
            self._folder.is_dir() and any(self._folder.iterdir()) and not (self._folder / "CURRENT").is_file()
        ):
            raise StoreDamagedError(f"{self._folder} is not a graph store; give a new or empty folder")

    def snapshot(self, folder: Path) -> Path | None:
        self._store.backup(str(folder))
        return folder

    def close(self) -> None:
        """Write everything to disk; the lock is freed when the object goes."""
        self._store.flush()
        del self._store
