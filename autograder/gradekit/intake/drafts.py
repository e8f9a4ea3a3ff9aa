"""What one folder of an upload offers for grading: its files, its notebook, and whether anybody filled them in."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from gradekit.errors import IntakeError
from gradekit.intake.names import shown, twin_key, why_ignored
from gradekit.intake.notebook import code_cells
from gradekit.intake.submission import IntakeRules
from gradekit.intake.text import UnusableFileError, decode_source, mixed_script_word, normal_newlines
from gradekit.intake.upload import Item, Upload

MOST_NOTEBOOKS = 16
MOST_HELPERS = 32
HELPERS_PER_FILE_LIMIT = 2  # all helpers together: this many times what one file may hold


@dataclass
class Draft:
    """One folder's hand-in while it is being read."""

    folder: tuple[str, ...]
    files: dict[str, str] = field(default_factory=dict)
    unusable: dict[str, str] = field(default_factory=dict)
    cells: tuple[str, ...] = ()
    notebook: str = ""
    remarks: list[str] = field(default_factory=list)
    touched: bool = False
    modified: float | None = None

    @property
    def content(self) -> tuple[object, ...]:
        """What two copies of the same hand-in have in common."""
        return self.files, self.unusable, self.cells

    def took(self, item: Item) -> None:
        if item.modified is not None:
            self.modified = item.modified if self.modified is None else max(self.modified, item.modified)


def is_candidate(name: str, rules: IntakeRules) -> bool:
    """Whether a file of this name is, in whatever case, one that students hand in."""
    return twin_key(name) in {twin_key(known) for known in (*rules.names, rules.notebook)}


def is_notebook(name: str) -> bool:
    return name.casefold().endswith(".ipynb")


def read_draft(upload: Upload, folder: tuple[str, ...], rules: IntakeRules) -> Draft:
    """Read the candidate files of one folder; raises `IntakeError` when it is not clear which is meant."""
    items = [item for item in upload.items if item.folder == folder]
    draft = Draft(folder)
    _read_named(upload, items, rules, draft)
    _read_notebooks(upload, [item for item in items if is_notebook(item.name)], rules, draft)
    _read_others(upload, items, rules, draft)
    return draft


def _read_named(upload: Upload, items: Sequence[Item], rules: IntakeRules, draft: Draft) -> None:
    canonical = {twin_key(name): name for name in rules.names}
    for item in items:
        name = canonical.get(twin_key(item.name))
        if name is None:
            continue
        if name != item.name:
            draft.remarks.append(f"{shown(item.name)} was taken for {name}; give it exactly this name")
        text = _source(upload, item, name, rules, draft)
        if text is None or (text.strip() and not _is_stub(name, text, rules)):
            draft.touched = True


def _source(upload: Upload, item: Item, name: str, rules: IntakeRules, draft: Draft) -> str | None:
    draft.took(item)
    try:
        text = decode_source(upload.read(item, rules.limits.file_bytes))
    except UnusableFileError as trouble:
        draft.unusable[name] = f"{name} {trouble}"
        return None
    draft.files[name] = text
    word = mixed_script_word(text)
    if word:
        draft.remarks.append(f'{name} mixes alphabets in the word "{word}"; its letters may not be what they look like')
    return text


def _read_notebooks(upload: Upload, items: Sequence[Item], rules: IntakeRules, draft: Draft) -> None:
    """Take the one notebook that was filled in, unless the files were; what nobody touched never competes."""
    named = [item for item in items if twin_key(item.name) == twin_key(rules.notebook)]
    others = [item for item in items if item not in named]
    if len(others) > MOST_NOTEBOOKS:
        raise IntakeError(f"{upload.title} holds {len(items)} notebooks; hand in the one to be graded")
    if draft.touched:
        for item in named:
            _demand_untouched(upload, item, rules, draft)
        draft.remarks += [f"{shown(item.name)} was ignored: the .py files beside it are graded" for item in others]
        return
    filled = [item for item in named if _filled(upload, item, rules)]
    if not filled:
        filled = [item for item in others if _filled(upload, item, rules)]
    if len(filled) > 1:
        names = ", ".join(shown(item.name, 40) for item in filled[:3])
        raise IntakeError(f"{upload.title} holds {len(filled)} filled notebooks ({names}); keep the one to be graded")
    if not filled and (draft.files or not items):
        return
    chosen = (filled or named or others)[0]
    draft.cells, remarks = _cells(upload, chosen, rules)
    draft.remarks += remarks
    draft.remarks += [f"{shown(i.name)} was ignored: {shown(chosen.name)} is graded" for i in others if i != chosen]
    draft.notebook = chosen.name
    draft.touched = bool(filled)
    draft.files.clear()  # stubs that nobody touched would hide what the notebook defines
    draft.modified = chosen.modified
    if not draft.cells:
        raise IntakeError(f"{shown(chosen.name)} has no code cells that can be graded; hand in the filled notebook")


def _demand_untouched(upload: Upload, item: Item, rules: IntakeRules, draft: Draft) -> None:
    """Raise `IntakeError` when the notebook beside filled files was filled in as well."""
    try:
        filled = _filled(upload, item, rules)
    except IntakeError as error:
        draft.remarks.append(f"{shown(item.name)} was ignored: {error}")
        return
    if filled:
        files = ", ".join(sorted({*draft.files, *draft.unusable}))
        raise IntakeError(
            f"{upload.title} holds a notebook ({shown(item.name)}) and files ({files}), both filled in; "
            "keep the one that is to be graded"
        )


def _filled(upload: Upload, item: Item, rules: IntakeRules) -> bool:
    cells, remarks = _cells(upload, item, rules)
    stub = rules.stubs.get(rules.notebook)
    if stub is None:
        return bool(cells or remarks)
    released, _ = code_cells(stub.encode("utf-8"), f"the released {rules.notebook}", rules.limits)
    return bool(remarks) or (bool(cells) and [*map(_bare, cells)] != [*map(_bare, released)])


def _cells(upload: Upload, item: Item, rules: IntakeRules) -> tuple[tuple[str, ...], tuple[str, ...]]:
    try:
        data = upload.read(item, rules.limits.notebook_bytes)
    except UnusableFileError as trouble:
        raise IntakeError(f"{shown(item.name)} {trouble}") from None
    return code_cells(data, item.name, rules.limits)


def _read_others(upload: Upload, items: Sequence[Item], rules: IntakeRules, draft: Draft) -> None:
    """Keep the student's own modules; say which files were left out where that may matter."""
    budget = HELPERS_PER_FILE_LIMIT * rules.limits.file_bytes
    helpers = 0
    too_much = f"is one too many of your own modules, which may be {MOST_HELPERS} with {budget:,} bytes; leave data out"
    given = {twin_key(name) for name in rules.given}
    for item in items:
        name = item.name
        if is_candidate(name, rules) or is_notebook(name):
            continue
        reason = f"the course's own {name} is used" if twin_key(name) in given else why_ignored(name)
        if not reason and not name.casefold().endswith(".py"):
            continue
        if _is_released(upload, item, rules):
            continue
        if reason:
            draft.remarks.append(f"{shown(name)} was ignored: {reason}")
            continue
        helpers += 1
        name = unicodedata.normalize("NFC", name)  # as the interpreter spells it in `import`
        text = _source(upload, item, name, rules, draft) if helpers <= MOST_HELPERS else ""
        budget -= len((text or "").encode("utf-8"))
        if helpers > MOST_HELPERS or (text is not None and budget < 0):
            draft.files.pop(name, None)
            draft.unusable[name] = f"{shown(name)} {too_much}"


def _is_released(upload: Upload, item: Item, rules: IntakeRules) -> bool:
    """Whether the file is the hand-out's, byte order marks and white space aside."""
    if item.name not in rules.stubs:
        return False
    try:
        return _is_stub(item.name, decode_source(upload.read(item, rules.limits.file_bytes)), rules)
    except UnusableFileError:
        return False


def _is_stub(name: str, text: str, rules: IntakeRules) -> bool:
    """Whether `text` is the released text of file `name`, white space at line ends aside."""
    stub = rules.stubs.get(name)
    return stub is not None and _bare(text) == _bare(stub)


def _bare(text: str) -> str:
    return "\n".join(line.rstrip() for line in normal_newlines(text).split("\n")).strip("\n")
