"""Which of an upload's files are the hand-in: one answer, or a refusal that says why there is none."""

from __future__ import annotations

import difflib

from gradekit.errors import IntakeError
from gradekit.intake.archive import open_archive
from gradekit.intake.drafts import Draft, is_candidate, is_notebook, read_draft
from gradekit.intake.names import ARCHIVES, shown
from gradekit.intake.submission import IntakeRules, Kind, Submission, content_digest
from gradekit.intake.text import UnusableFileError
from gradekit.intake.upload import Upload

MOST_FOLDERS = 16
MOST_ZIPS = 2  # students upload a zip in a zip, and learning platforms put a folder around it


def choose(upload: Upload, student: str, kind: Kind, rules: IntakeRules) -> Submission:
    """The submission in `upload`; raises `IntakeError` when there is none, or more than one."""
    zips = 1 if kind == "zip" else 0
    while not (folders := _candidates(upload, rules)):
        upload, kind, zips = _unwrapped(upload, rules), "zip", zips + 1
        if zips > MOST_ZIPS:
            raise IntakeError(f"{upload.title} is a zip in a zip in a zip; hand in one zip of the folder")
    if len(folders) > MOST_FOLDERS:
        raise IntakeError(f"{upload.title} holds {len(folders)} folders with hand-ins; hand in one of them")
    draft = _one([read_draft(upload, folder, rules) for folder in folders], upload.title)
    final: Kind = "notebook" if draft.notebook else kind
    files = dict(sorted(draft.files.items()))
    unusable = dict(sorted(draft.unusable.items()))
    remarks = tuple(draft.remarks)
    return Submission(
        student=student,
        kind=final,
        files=files,
        cells=draft.cells,
        remarks=remarks,
        digest=content_digest(final, files, draft.cells, unusable, remarks),
        modified=draft.modified,
        unusable=unusable,
    )


def _candidates(upload: Upload, rules: IntakeRules) -> list[tuple[str, ...]]:
    """The folders that hold a hand-in, the outermost first: by the expected names, else by any notebook."""
    named = {item.folder for item in upload.items if is_candidate(item.name, rules)}
    found = named or {item.folder for item in upload.items if is_notebook(item.name)}
    return sorted(found, key=lambda folder: (len(folder), folder))


def _one(drafts: list[Draft], title: str) -> Draft:
    filled = [draft for draft in drafts if draft.touched] or drafts[:1]
    first = filled[0]
    if any(draft.content != first.content for draft in filled):
        where = " and ".join(shown("/".join(draft.folder) or "the top folder", 40) for draft in filled[:2])
        raise IntakeError(f"{title} holds {len(filled)} different hand-ins, in {where}; keep the one to be graded")
    if len(filled) > 1:
        first.remarks.append(f"the same files are handed in {len(filled)} times; one copy is enough")
    return first


def _unwrapped(upload: Upload, rules: IntakeRules) -> Upload:
    """The archive that is all that was handed in."""
    zips = [item for item in upload.items if item.name.casefold().endswith(".zip")]
    if len(zips) != 1:
        raise IntakeError(_nothing(upload, rules))
    try:
        data = upload.read(zips[0], rules.limits.archive_bytes)
    except UnusableFileError as trouble:
        raise IntakeError(f"{shown(zips[0].name)} {trouble}") from None
    return open_archive(data, shown(zips[0].name), rules.limits)


def _nothing(upload: Upload, rules: IntakeRules) -> str:
    """Why nothing in `upload` can be graded, by what is there instead."""
    wanted = ", ".join(rules.names)
    names = [item.name for item in upload.items]
    if not names:
        return f"nothing was handed in: {upload.title} is empty; hand in {wanted} or {rules.notebook}"
    zips = [name for name in names if name.casefold().endswith(".zip")]
    if len(zips) > 1:
        return f"{upload.title} holds {len(zips)} zip archives; hand in one of them"
    other = next((name for name in names if name.casefold().endswith(ARCHIVES)), None)
    if other:
        return f"{shown(other)} is not a zip; please hand in a zip"
    for name in names:
        meant = difflib.get_close_matches(name, rules.names, n=1, cutoff=0.75) if len(name) < 80 else []
        if meant:
            return f"{upload.title} holds none of {wanted}; did you mean {meant[0]} by {shown(name)}? Rename it"
    return f"{upload.title} holds none of {wanted} and no notebook; hand in these files"
