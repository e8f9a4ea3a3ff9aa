"""Confining a worker: the whole of it is a list of system calls, made ready once before the fork and made in the child one after another.

In a fresh child every page that Python writes to has to be copied first; a loop over ready calls touches few of them.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable

from gradekit.confinement import kernel, landlock, privileges, seccomp
from gradekit.confinement.kernel import Call
from gradekit.confinement.layers import Policy

_LAST_DESCRIPTOR = 0xFFFFFFFF

# The change of uid undoes the death signal, and with a limit of no processes it would hinder exec by accident: it comes before both.
# Without new privileges is what lets an ordinary user install the two that follow; the last one forbids all the others' calls.
_ORDER = ("session", "uid", "pdeathsig", "rlimits", "no-new-privs", "landlock", "seccomp")


class Prepared:
    """A policy made ready for the children of this process: `apply` in each child, `close` here when no more are forked."""

    def __init__(self, policy: Policy, calls: list[tuple[str, Call]], held: list[int]) -> None:
        """Use `prepare`."""
        self.policy = policy
        self._layers = [layer for layer, _ in calls]
        self._calls = [call for _, call in calls]
        self._words = tuple(call.words for call in self._calls)
        self._held = held
        self._parent = os.getpid()
        if policy.layers:
            self._make = kernel.caller()
            self._close_range = kernel.number("close_range")

    def apply(self, keep_fds: Iterable[int] | None = None) -> None:
        """Confine the calling process, a child of the one that prepared, by every layer of the policy, for good.

        ``keep_fds`` takes the place of the policy's where descriptors are known only now. Raises OSError naming the layer that cannot be
        had; the process must then end without running anything of a submission.
        """
        if "descriptors" in self.policy.layers:
            self._close_all_but(self.policy.keep_fds if keep_fds is None else keep_fds)
        for position, words in enumerate(self._words):
            if self._make(*words) < 0:
                raise _without(self._layers[position], kernel.last_error())
        if "pdeathsig" in self.policy.layers and os.getppid() != self._parent:
            raise _without(
                "pdeathsig", ProcessLookupError(errno.ESRCH, "the process that forked this worker has ended")
            )

    def close(self) -> None:
        """Give up the descriptor that is held for the children; `apply` fails from now on where the policy has Landlock."""
        _close(self._held)

    def _close_all_but(self, keep_fds: Iterable[int]) -> None:
        first = 0
        for descriptor in sorted({*keep_fds, *self._held}):
            if descriptor > first and self._make(self._close_range, first, descriptor - 1, 0, 0, 0, 0) < 0:
                raise _without("descriptors", kernel.last_error())
            first = descriptor + 1
        if self._make(self._close_range, first, _LAST_DESCRIPTOR, 0, 0, 0, 0) < 0:
            raise _without("descriptors", kernel.last_error())


def prepare(policy: Policy) -> Prepared:
    """Make a policy ready, once, in the process that forks; raises OSError naming a layer that this machine cannot give."""
    calls: list[tuple[str, Call]] = []
    held: list[int] = []
    for layer in _ORDER:
        if layer in policy.layers:
            try:
                calls += [(layer, call) for call in _calls(layer, policy, held)]
            except OSError as error:
                _close(held)
                raise _without(layer, error) from error
    return Prepared(policy, calls, held)


def _calls(layer: str, policy: Policy, held: list[int]) -> list[Call]:
    if layer == "session":
        return [kernel.ready("setsid")]
    if layer == "uid":
        return privileges.dropping(policy.uid)
    if layer == "pdeathsig":
        return privileges.dying_with_parent()
    if layer == "no-new-privs":
        return privileges.forbidding_new_privileges()
    if layer == "landlock":
        ruleset = landlock.create_ruleset(landlock.known_rights())
        held.append(ruleset)
        return [kernel.ready("landlock_restrict_self", ruleset), kernel.ready("close", ruleset)]
    if layer == "seccomp":
        return [seccomp.installation()]
    # not at the top: systems other than Linux, where grading is for practice only, lack the module `resource` or parts of it
    from gradekit.confinement import limits

    return limits.limiting(policy.memory_bytes, policy.cpu_seconds)


def _close(descriptors: list[int]) -> None:
    while descriptors:
        os.close(descriptors.pop())


def _without(layer: str, error: OSError) -> OSError:
    return OSError(error.errno, f"layer {layer} cannot be had: {error.strerror}")
