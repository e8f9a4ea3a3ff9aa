"""The course root: where its pieces lie, what they hold, and how the lab's modules are loaded by path."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType

from gradekit.errors import CourseError
from gradekit.rubric import GradingConfig, load_config

CONFIG_NAME = "grading_config.py"


@dataclass(frozen=True)
class Course:
    """A folder that holds `grading_config.py` and the lab's content."""

    root: Path

    @classmethod
    def find(cls, start: Path) -> Course:
        """Return the course at ``start`` or at the nearest folder above it; raises CourseError where there is none."""
        start = start.resolve()
        for folder in (start, *start.parents):
            if (folder / CONFIG_NAME).is_file():
                return cls(folder)
        raise CourseError(
            f"no {CONFIG_NAME} in {start} or above it: run inside a course, or name its folder with --course"
        )

    @cached_property
    def config(self) -> GradingConfig:
        """The validated rubric; raises CourseError with the line to mend."""
        return load_config(self.root / CONFIG_NAME)

    @property
    def solution(self) -> Path:
        return self.root / "solution"

    @property
    def datasets(self) -> Path:
        return self.root / "datasets"

    @property
    def public_checks(self) -> Path:
        return self.root / "autograder" / "checks" / "public"

    @property
    def hidden_checks(self) -> Path:
        return self.root / "autograder" / "checks" / "hidden"

    @property
    def misconceptions(self) -> Path:
        return self.root / "autograder" / "misconceptions"

    @property
    def corpus(self) -> Path:
        return self.root / "autograder" / "corpus"

    @property
    def assignment(self) -> Path:
        return self.root / "assignment"

    def reference_sources(self) -> dict[str, str]:
        """Return file name -> text of the whole reference: what students write and what is given."""
        return {name: self._read(self.solution / name) for name in (*self.config.files, *self.config.given)}

    def given_sources(self) -> dict[str, str]:
        """Return file name -> text of the given files, which go to every worker; raises CourseError if one holds a solution."""
        sources = {name: self._read(self.solution / name) for name in self.config.given}
        for name, text in sources.items():
            if "BEGIN SOLUTION" in text:
                raise CourseError(
                    f"solution/{name} is listed under `given` but holds a solution region: it would reach submissions"
                )
        return sources

    def public_names(self) -> dict[str, str]:
        """Return public name -> module (file name without ``.py``) that defines it."""
        listed = {**self.config.files, **self.config.given}
        return {name: file.removesuffix(".py") for file, names in listed.items() for name in names}

    def load_datasets(self) -> ModuleType:
        """Load the `datasets` folder as the private package ``_lab_datasets``; raises CourseError where it is missing."""
        return load_package(self.datasets, "_lab_datasets")

    def prepare_data(self) -> None:
        """Let the `datasets` package fetch what a grading needs, once, before grader processes ask for it; raises CourseError."""
        module = self.load_datasets()
        if not hasattr(module, "prepare"):
            return
        try:
            module.prepare(self.config.settings)
        except module.DatasetError as error:
            raise CourseError(str(error)) from error

    def content_key(self) -> str:
        """Return the SHA-256 of all that decides an outcome besides the submission: checks, reference, data, limits, settings."""
        digest = hashlib.sha256()
        folders = (self.public_checks, self.hidden_checks, self.solution, self.datasets, self.misconceptions)
        for folder in folders:
            for path in sorted(folder.rglob("*")):
                if path.is_file() and "__pycache__" not in path.parts:
                    _feed(digest, (path.relative_to(self.root).as_posix().encode(), path.read_bytes()))
        config = self.config
        execution = (config.lab, config.files, config.given, config.limits, config.submission_seconds, config.settings)
        _feed(digest, (repr([_plain(item) for item in execution]).encode(),))
        return digest.hexdigest()

    def _read(self, path: Path) -> str:
        try:
            return path.read_text(encoding="utf-8")
        except OSError as error:
            raise CourseError(
                f"{path.relative_to(self.root)} cannot be read ({error.strerror}): {CONFIG_NAME} lists it"
            ) from error


def load_package(folder: Path, name: str) -> ModuleType:
    """Load a package folder by path under a private ``name``, once per process."""
    if name in sys.modules and getattr(sys.modules[name], "__path__", None) == [str(folder)]:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    if spec is None or spec.loader is None or not (folder / "__init__.py").is_file():
        raise CourseError(f"{folder} is not a package: it needs an __init__.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _feed(digest: hashlib._Hash, parts: Iterable[bytes]) -> None:
    for part in parts:
        digest.update(len(part).to_bytes(8, "little"))
        digest.update(part)


def _plain(item: object) -> object:
    return sorted(item.items()) if hasattr(item, "items") else item
