"""The run of words in which a name stands, from its head to the next stop, and what kind of word each of them is."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.actors.lexicon import all_words, has_lost_marks, words
from vietnamese.words.classes import VERB, classes_of
from vietnamese.words.segments import WordRun

_LONGEST_NOUN = 24
"""Characters in which the noun ends that a name begins with."""


@dataclass
class Run:
    """The words behind the head of a name that begins at `begin`; in a list of names, `start` moves to the last one."""

    text: str
    folded: str
    begin: int
    cut: WordRun
    start: int = field(init=False)
    _nouns: dict[int, tuple[int, bool]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.start = self.begin

    def printed(self, index: int) -> str:
        """A word as printed."""
        return self.text[self.cut[index].start : self.cut[index].end]

    def is_capital(self, index: int) -> bool:
        """Whether a word begins with a capital."""
        return index >= 0 and self.text[self.cut[index].start].isupper()

    def is_lower(self, index: int) -> bool:
        """Whether there is a word in lower case at this place of the run."""
        return self.cut.has(index) and self.text[self.cut[index].start].islower()

    def follows(self, index: int, marks: str) -> bool:
        """Whether one of the marks stands before a word, blanks aside."""
        return is_behind(self.folded, self.cut[index].start, marks)

    def listed(self, index: int, section: str, *names: str) -> int | None:
        """Where the entry of these lists ends that begins with a word."""
        return all_words(section, *names).at(self.text, self.folded, self.cut[index].start)

    def class_of(self, index: int) -> str:
        """The likeliest class of a word."""
        return classes_of(self.cut[index].key)[:1]

    def is_act(self, index: int) -> bool:
        """Whether a word is a verb that no list holds, neither of duties nor of names."""
        word = self.cut[index]
        if self.class_of(index) != VERB or self.is_duty_word(index):
            return False
        if self.listed(index, "bodies", "name_words", "persons", "stative", "relative") is not None:
            return False
        return not has_lost_marks(self.text, self.folded, word.start, word.end)

    def is_duty_word(self, index: int) -> bool:
        """Whether a whole word is a verb of duty by the list."""
        end = self.listed(index, "verbs", "duty")
        return end is not None and end >= self.cut[index].end

    def is_verb(self, index: int) -> bool:
        """Whether there is a verb at this place of the run, of duty or another."""
        return self.is_lower(index) and (self.is_duty_word(index) or self.is_act(index))

    def has_capital_before(self, index: int) -> bool:
        """Whether a word of the name before this one begins with a capital."""
        return any(self.is_capital(place) for place in range(index) if self.cut[place].start > self.start)

    def noun_end(self) -> int:
        """Where the noun ends that the name begins with, behind `các`."""
        return self._noun()[0]

    def is_people(self) -> bool:
        """Whether the name is one of people, or of what people run: `hộ`, `cơ sở`, `giáo viên`."""
        return self._noun()[1]

    def _noun(self) -> tuple[int, bool]:
        if self.start not in self._nouns:
            begin = self._noun_start()
            first = WordRun(self.text, begin, begin + _LONGEST_NOUN)
            end = first[0].end if first.has(0) else begin
            people = words("bodies", "people").at(self.text, self.folded, begin)
            self._nouns[self.start] = end, people is not None and people >= end
        return self._nouns[self.start]

    def is_behind_noun(self, index: int) -> bool:
        """Whether a word stands right behind the noun that the name begins with."""
        return self.noun_end() >= self.cut[index].start - 1

    def _noun_start(self) -> int:
        plural = words("bodies", "plural").at(self.text, self.folded, self.start)
        return self.start if plural is None else plural + 1


def is_behind(folded: str, place: int, marks: str) -> bool:
    """Whether one of the marks stands before `place`, blanks aside."""
    return folded[max(0, place - 3) : place].rstrip()[-1:] in tuple(marks)
