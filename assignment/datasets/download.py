"""Getting a file from the first mirror that has it, whole and verified, or not at all."""

import http.client
import os
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

from .errors import DatasetError

Progress = Callable[[str, int, int | None], None]

TIMEOUT_SECONDS = 5.0  # to connect, and for each read
MAX_BYTES = 32 << 20
CHUNK_BYTES = 1 << 16


def download(
    urls: Sequence[str], target: Path, *, verify: Callable[[Path], object], progress: Progress | None = None
) -> None:
    """Put at target what the first working url gives, once verify(path) has raised no DatasetError about it.

    Raises DatasetError with the reason of each url. target appears complete or not at all.
    """
    reasons = []
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for url in urls:
            handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
            part = Path(name)
            try:
                with os.fdopen(handle, "wb") as stream:
                    problem = _receive(url, stream.write, target.name, progress or terminal_progress)
                if problem is None:
                    verify(part)
                    part.chmod(0o644)
                    part.replace(target)
                    return
                reasons.append(f"{url}: {problem}")
            except DatasetError:
                reasons.append(f"{url}: sends a damaged or incomplete file")
            finally:
                part.unlink(missing_ok=True)
    except OSError as error:
        raise DatasetError(f"{target.parent} cannot be written to: {error.strerror or error}") from error
    raise DatasetError(f"{target.name} cannot be downloaded ({'; '.join(reasons)})")


def _receive(url: str, write: Callable[[bytes], object], name: str, progress: Progress) -> str | None:
    """Copy the answer into write; the problem that the server or the way to it has, or None."""
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310 - the urls are constants
            total = answer.length
            done = 0
            while True:
                chunk = answer.read(CHUNK_BYTES)
                if not chunk:
                    return None
                done += len(chunk)
                if done > MAX_BYTES:
                    return f"sends more than {MAX_BYTES} bytes"
                write(chunk)
                progress(name, done, total)
    except (OSError, http.client.HTTPException) as error:
        return str(error).strip("<>") or type(error).__name__


def terminal_progress(name: str, done: int, total: int | None) -> None:
    """One line on stderr that grows in place; nothing where stderr is no terminal."""
    if not sys.stderr.isatty():
        return
    if not total:
        sys.stderr.write(f"\r{name}  {done / 1e6:.1f} MB")
    else:
        filled = 30 * done // total
        sys.stderr.write(f"\r{name}  {'█' * filled}{'░' * (30 - filled)}  {done / 1e6:.1f} of {total / 1e6:.1f} MB")
        if done >= total:
            sys.stderr.write("\n")
    sys.stderr.flush()
