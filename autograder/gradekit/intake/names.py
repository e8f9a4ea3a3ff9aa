"""Names that other people chose: students' ids, file names, and what of them may be shown or used."""

from __future__ import annotations

import re
import sys
import unicodedata

from gradekit.errors import IntakeError

# Embeddings, overrides and isolates: text that contains them is displayed in another order than it is read.
BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Persian, Indic scripts and emoji need the two joiners; every other format character is invisible and only misleads.
JOINERS = frozenset("\u200c\u200d")
LONGEST_ID = 400

LITTER = frozenset({"__MACOSX", "__pycache__", "Thumbs.db", "desktop.ini", "Icon\r"})
# Folders of the hand-out and of tools, in which no hand-in is looked for.
LEFT_OUT_FOLDERS = frozenset({"checks", "datasets", "venv", "env", "node_modules", "site-packages"})
ARCHIVES = (
    ".tar",
    ".tgz",
    ".tar.gz",
    ".tar.bz2",
    ".tar.xz",
    ".txz",
    ".tbz2",
    ".gz",
    ".bz2",
    ".xz",
    ".zst",
    ".rar",
    ".7z",
)

_LIBRARIES = frozenset(
    {
        *("numpy", "scipy", "matplotlib", "pandas", "sklearn", "torch", "torchvision", "tensorflow", "keras", "jax"),
        *(
            "autograd",
            "IPython",
            "pytest",
            "_pytest",
            "pluggy",
            "hypothesis",
            "setup",
            "sitecustomize",
            "usercustomize",
        ),
        *("gradekit", "checkkit", "checks", "datasets", "solution", "assignment", "autograder", "grading_config"),
    }
)
_SETTINGS = frozenset({"pytest.ini", "pyproject.toml", "setup.cfg", "tox.ini"})
_COMPILED = (".pth", ".pyc", ".pyo", ".pyd", ".so", ".dll", ".dylib")


def shown(name: str, width: int = 80) -> str:
    """`name` made safe for one line of a terminal: unprintable characters escaped, cut to `width` characters."""
    text = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in name[: width + 1])
    return text if len(text) <= width else text[: width - 1] + "…"


def escaped(name: str) -> str:
    """An injective printable form of any name, for a refusal whose id itself is the trouble."""
    return "".join(
        c if c.isprintable() and c != "\\" else c.encode("unicode_escape").decode("ascii")
        for c in name[: LONGEST_ID + 1]
    )


def student_id(name: str) -> str:
    """The id that `name` stands for: NFC, without surrounding white space.

    Commas, quotes and every script are fine. Raises `IntakeError` for names that would not be one harmless line or one
    harmless file name: control and invisible characters, invalid UTF-8, path separators, a leading hyphen or dot.
    """
    if len(name) > 4 * LONGEST_ID:
        raise IntakeError(f"the student id {shown(name)!r} has {len(name)} characters; shorten it to {LONGEST_ID}")
    text = unicodedata.normalize("NFC", name).strip()
    trouble = _id_trouble(text)
    if trouble:
        raise IntakeError(f'the student id "{shown(name)}" {trouble}; rename the upload')
    return text


def _id_trouble(text: str) -> str:
    if not text:
        return "is empty"
    if len(text) > LONGEST_ID:
        return f"has {len(text)} characters, more than {LONGEST_ID}"
    if text[0] in "-.":
        return f'begins with "{text[0]}"'
    if "/" in text or "\\" in text:
        return "contains a path separator"
    if any("\ud800" <= c <= "\udfff" for c in text):
        return "is not valid UTF-8"
    if any(unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") and c not in JOINERS for c in text):
        return "contains control or invisible characters"
    return ""


def twin_key(name: str) -> str:
    """Equal for names that some file system, or some reader, takes for one another (case, composition, joiners)."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    return "".join(c for c in folded if c not in JOINERS)


def is_litter(name: str) -> bool:
    """Whether an entry is the operating system's or a tool's own: hidden files, resource forks, caches."""
    return name.startswith(".") or name in LITTER


def is_misnamed_folder(name: str) -> bool:
    """Whether a folder is called like a source file, and so stands where that file should."""
    return name.casefold().endswith((".py", ".ipynb"))


def is_left_out(parts: tuple[str, ...]) -> bool:
    """Whether a file's path lies where no hand-in is looked for."""
    return any(map(is_litter, parts)) or any(part in LEFT_OUT_FOLDERS for part in parts[:-1])


def demand_plain(name: str) -> None:
    """Raise `IntakeError` when a file name contains control characters."""
    if any(unicodedata.category(c) == "Cc" for c in name):
        raise IntakeError(f'the file name "{shown(name)}" contains control characters; rename it')


def member_parts(name: str) -> tuple[str, ...]:
    """The path of an archive's member as its folders and file; raises `IntakeError` where it leads outside.

    Some Windows programs write backslashes, so these separate as well.
    """
    demand_plain(name.replace("Icon\r", ""))
    path = name.replace("\\", "/")
    if path.startswith("/") or re.match(r"[A-Za-z]:", path):
        raise IntakeError(f'the member "{shown(name)}" has an absolute path; zip the folder itself and hand that in')
    parts = tuple(part for part in path.split("/") if part not in ("", "."))
    if ".." in parts:
        raise IntakeError(
            f'the member "{shown(name)}" leads out of the archive; zip the folder itself and hand that in'
        )
    return parts


def why_ignored(name: str) -> str:
    """Why a file beside the hand-in never reaches a worker, or "" when it may.

    Only the part after "was ignored:" of a remark; for files that are no Python source, only those that a planted
    configuration would use are worth a word.
    """
    low = name.casefold()
    if low in _SETTINGS:
        return "the checks run with the course's own settings"
    if low.endswith(_COMPILED):
        return "only source text is taken"
    if not low.endswith(".py"):
        return ""
    stem = name[:-3]
    if low == "conftest.py" or low.startswith("test_") or low.endswith("_test.py"):
        return "the checks are the course's own"
    if stem.casefold() in {known.casefold() for known in _LIBRARIES | sys.stdlib_module_names}:
        return f'it would hide the module "{shown(stem)}"; give it another name'
    if stem.startswith("__"):
        return "it is not needed"
    if not stem.isidentifier() or not name.endswith(".py"):
        return "it cannot be imported under this name"
    return ""
