"""Rules of composite alarms: ALARM(…), OK(…), INSUFFICIENT_DATA(…), TRUE, FALSE with AND, OR, NOT and parentheses."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from .evaluation import State

Rule = Callable[[Mapping[str, State]], bool]

_WORD = re.compile(r"""\s*(?:(?P<mark>[()])|"(?P<quoted>[^"]*)"|(?P<word>[^\s()"]+))""")


class RuleError(ValueError):
    """A rule that cannot be read; the message says where."""


def parse(text: str) -> Rule:
    """Return the rule as a function of the states of all alarms by name; an alarm that is not there is in none.

    Raises:
        RuleError: it is no rule, or it has something that the loopback does not evaluate, such as AT_LEAST.
    """
    reader = _Reader(text)
    rule = reader.alternatives()
    if reader.next:
        raise RuleError(f"unexpected {reader.next!r}")
    return rule


class _Reader:
    """Reads one word after the other; NOT binds before AND, and AND before OR."""

    def __init__(self, text: str) -> None:
        self._words = [_bare(match) for match in _WORD.finditer(text)]
        self._at = 0

    @property
    def next(self) -> str:
        return self._words[self._at] if self._at < len(self._words) else ""

    def alternatives(self) -> Rule:
        rules = [self._all()]
        while self._takes("OR"):
            rules.append(self._all())
        return lambda states: any(rule(states) for rule in rules)

    def _all(self) -> Rule:
        rules = [self._one()]
        while self._takes("AND"):
            rules.append(self._one())
        return lambda states: all(rule(states) for rule in rules)

    def _one(self) -> Rule:
        if self._takes("NOT"):
            rule = self._one()
            return lambda states: not rule(states)
        if self._takes("("):
            rule = self.alternatives()
            self._demand(")")
            return rule
        word = self._word()
        if word in ("TRUE", "FALSE"):
            return lambda _: word == "TRUE"
        return self._state(word)

    def _state(self, word: str) -> Rule:
        if word not in list(State):
            raise RuleError(f"no function {word!r}; there are {', '.join(State)}, TRUE and FALSE")
        self._demand("(")
        # An alarm may be named by its ARN.
        name = self._word().rsplit(":alarm:", 1)[-1]
        self._demand(")")
        return lambda states: states.get(name) == word

    def _word(self) -> str:
        word = self.next
        if not word:
            raise RuleError("it ends too early")
        self._at += 1
        return word

    def _takes(self, word: str) -> bool:
        taken = self.next == word
        self._at += taken
        return taken

    def _demand(self, word: str) -> None:
        if not self._takes(word):
            raise RuleError(f"{word!r} is missing before {self.next or 'the end'!r}")


def _bare(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group is not None)
