"""Plays an exercise: lines in, text out. A line is a command of a person, or of a script; what it does to the state is said here, once."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from vidocq.model.entity import Kind
from vidocq.operations.exercise.screen import Screen
from vidocq.simulation.exercise import OPENING, ROLES, SUITS, VERDICTS, Desk, Done, Handover, Prompt, Thing

Clock = Callable[[], float]


class Refused(Exception):
    """A command that cannot be carried out; says what to write instead."""


@dataclass(slots=True)
class Seat:
    """Somebody at the desk. `clock` tells seconds; it is handed in."""

    desk: Desk
    done: Done
    screen: Screen
    clock: Clock
    since: float = 0.0

    def sit(self, lines: Iterable[str], keep: Callable[[Done], None]) -> bool:
        """Carry out the lines until the exercise is finished or left; True if it is finished. After each line `keep` is given the state."""
        self.since = self.clock()
        self._take_up()
        for line in lines:
            words = _words(line)
            if words and words[0] in ("quit", "exit", "leave"):
                break
            try:
                self._act(words)
            except Refused as e:
                self.screen.refuse(str(e))
            self._count()
            keep(self.done)
            if self.done.finished:
                return True
        self._count()
        keep(self.done)
        return False

    def _count(self) -> None:
        now = self.clock()
        self.done.seconds[self.done.seat] = round(self.done.seconds.get(self.done.seat, 0.0) + now - self.since, 3)
        self.since = now

    def _act(self, words: Sequence[str]) -> None:
        if not words:
            return
        acts = {
            "list": self._list, "open": self._open, "ask": self._ask, "verdict": self._verdict, "scope": self._scope, "unscope": self._unscope, "contain": self._contain,
            "note": self._note, "handover": self._hand_over, "status": self._status, "finish": self._finish, "help": self._help,
        }
        if words[0] not in acts:
            raise Refused(f"there is no command {words[0]!r}; `help` lists them")
        acts[words[0]](words[1:])

    def _list(self, words: Sequence[str]) -> None:
        self.screen.desk(self.desk, self.done)

    def _status(self, words: Sequence[str]) -> None:
        self.screen.status(self.desk, self.done)

    def _help(self, words: Sequence[str]) -> None:
        self.screen.help(self.done.team)

    def _finish(self, words: Sequence[str]) -> None:
        self.done.finished = True

    def _open(self, words: Sequence[str]) -> None:
        number = self._case(words[0] if words else "")
        self.done.current = number
        if number not in self.done.opened:
            self.done.opened.append(number)
            self.done.minutes += OPENING
        self.screen.case(number, self.desk.cards[number - 1], self.done.asked_of(number), self.done.may("wide"))

    def _case(self, word: str) -> int:
        if not word.isdecimal() or not 1 <= int(word) <= len(self.desk.cards):
            raise Refused(f"name a case by its number, 1 to {len(self.desk.cards)}")
        return int(word)

    def _ask(self, words: Sequence[str]) -> None:
        self._allowed("ask", "asks questions")
        if not self.done.current:
            raise Refused("open a case first: `open 1`")
        if not words:
            raise Refused("name one or more questions by number: `ask 3 7`")
        for number in [n for word in words for n in self._questions(word)]:
            self._put(number)

    def _put(self, number: int) -> None:
        card, asked = self.desk.cards[self.done.current - 1], self.done.asked.setdefault(str(self.done.current), [])
        prompt = card.prompts[number - 1]
        if prompt.wide:
            self._allowed("wide", "asks questions that read so much")
        if str(number) not in asked:
            asked.append(str(number))
            self.done.minutes += prompt.minutes
        self.screen.answer(number, prompt)

    def _questions(self, word: str) -> list[int]:
        """The questions that a word names, by number or by id, among those that can be asked now."""
        now: dict[int, Prompt] = dict(self.desk.cards[self.done.current - 1].open_prompts(self.done.asked_of(self.done.current)))
        found = [int(word)] if word.isdecimal() and int(word) in now else [n for n, p in now.items() if p.id == word]
        if not found:
            raise Refused(f"case {self.done.current} has no question {word!r} that can be asked now; `open {self.done.current}` lists them")
        return found

    def _verdict(self, words: Sequence[str]) -> None:
        self._allowed("verdict", "states verdicts")
        *case, said = words or [""]
        if said not in VERDICTS:
            raise Refused(f"write `verdict [CASE] {'|'.join(VERDICTS)}`")
        number = self._case(case[0]) if case else self.done.current
        if not number:
            raise Refused("open a case first, or name it: `verdict 1 hostile`")
        self.done.stated = replace(self.done.stated, verdicts={**self.done.stated.verdicts, str(number): said})
        self.screen.say(f"case {number}: {said}")

    def _scope(self, words: Sequence[str]) -> None:
        self._allowed("scope", "states the scope")
        named = [_thing(w) for w in words]
        self.done.stated = replace(self.done.stated, scope=tuple(dict.fromkeys((*self.done.stated.scope, *named))))
        self.screen.scope(self.done.stated.scope)

    def _unscope(self, words: Sequence[str]) -> None:
        self._allowed("scope", "states the scope")
        gone = {_thing(w) for w in words}
        self.done.stated = replace(self.done.stated, scope=tuple(t for t in self.done.stated.scope if t not in gone))
        self.screen.scope(self.done.stated.scope)

    def _contain(self, words: Sequence[str]) -> None:
        self._allowed("contain", "contains")
        if len(words) != 2 or words[0] not in SUITS:
            raise Refused(f"write `contain ACTION KIND:NAME` with an action of {', '.join(SUITS)}")
        self.done.stated = replace(self.done.stated, containment=(words[0], *_thing(words[1])))
        self.screen.say(f"first: {words[0]} {words[1]}")

    def _note(self, words: Sequence[str]) -> None:
        self.done.notes.append(" ".join(words))

    def _hand_over(self, words: Sequence[str]) -> None:
        """Give the seat on, with a note; whoever writes the next line has taken it."""
        if not self.done.team:
            raise Refused("that is for a team (`--team`)")
        place = ROLES.index(self.done.seat)
        to = words[0] if words and words[0] in ROLES else ROLES[min(place + 1, len(ROLES) - 1)]
        if to == self.done.seat:
            raise Refused(f"you sit in that seat; the others are {', '.join(r for r in ROLES if r != to)}")
        self._count()
        note = " ".join(words[1:] if words and words[0] in ROLES else words)
        self.done.handovers.append(Handover(self.done.seat, to, self.done.minutes, note, self.clock()))
        self.done.seat = to
        self.screen.handover(self.done)
        self._take_up(wait=self.screen.wait)

    def _take_up(self, wait: Callable[[], None] | None = None) -> None:
        """Whoever comes to the seat has taken up what was handed over."""
        if wait:
            wait()
        if self.done.handovers and not self.done.handovers[-1].taken:
            self.done.handovers[-1] = replace(self.done.handovers[-1], taken=self.clock())
            self.since = self.clock()

    def _allowed(self, act: str, what: str) -> None:
        if not self.done.may(act):
            raise Refused(f"{self.done.seat} never {what}; hand over first: `handover ROLE what you know`")


def _words(line: str) -> list[str]:
    line = line.strip()
    if line.startswith("#"):
        return []
    try:
        return shlex.split(line)
    except ValueError:
        return line.split()


def _thing(word: str) -> Thing:
    kind, _, name = word.partition(":")
    if kind not in {str(k) for k in Kind} or not name:
        raise Refused(f"{word!r} names no entity; write KIND:NAME with a kind of {', '.join(Kind)}")
    return kind, name
