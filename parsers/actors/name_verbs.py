"""Which verbs of a name's run are what a body does, so that its name ends before them, and which are what it is for."""

from __future__ import annotations

import re

from parsers.actors.lexicon import grammar, words
from parsers.actors.run import Run
from vietnamese.words.classes import VERB

_LONGEST_PAIR = 12
"""Characters before a verb in which the noun stands that it is a half of (`giáo dục thường xuyên`)."""
_LONGEST_TELLING = 9
"""Words of which the telling of whom a common name means has no more."""
_LEVELS = ("tỉnh", "huyện", "xã", "phường", "quận", "thành phố", "thị xã", "thị trấn")
_ADVERBS = ("chỉ", "sẽ", "đều", "cùng", "cũng", "vẫn", "tự", "luôn")
"""Before the verb of a sentence; `đã`, `chưa`, `không` as often stand in words that tell whom a name means."""
_RESULTS = ("thành", "ra", "lại", "lên", "xuống", "đi", "về", "hết", "xong")
"""Right behind a verb these say what becomes of it, and are no deed of their own: `cụ thể hóa thành kế hoạch`."""
_STATES = ("còn", "chưa", "đã", "đang", "bị")
"""Right behind a verb these tell of a state, and the verb is of the name before."""
_WHERE = ("tại", "trên", "ở", "trong")
_RELATIVE = ("có", "được")
_IN_CHARGE = re.compile(
    r"phu trach(?:,? (?:truc tiep )?(?:chi dao|theo doi|don doc|dieu hanh)| noi dung \d| chung(?=[,.;]|$))\b"
)
"""`đồng chí A phụ trách, chỉ đạo …`: elsewhere the word belongs to a name."""
_CHOSEN = re.compile(r"(?:duoc|bi) \w+")
_CHOSEN_FOR = re.compile(r"duoc (?:giao|cu|phan cong|chon|moi|phep) $")
_NOUN_OF = re.compile(r"\b(?:duoc|cac|nhung|cong tac|viec|hoat dong|co|nguoi) $")
_ADDRESSED = re.compile(r"\b(?:dong chi|d/c|ong|ba|quy vi|thay|co|anh|chi)$")
"""People who are spoken to, and whom no trade tells from others: `các đồng chí nghiên cứu, cho ý kiến`."""
_FOR_AN_AIM = re.compile(r"ban (?:van dong|kien thiet|lien lac) $")
"""Bodies whose name goes on with what they are there for."""
_OF_LEVEL = re.compile(r"cap (?:tren|duoi|xa|huyen|tinh|uy|co so|truong|hoc|bo|hoi|phong|to)\b")


def is_duty(run: Run, index: int) -> bool:
    """Whether a verb of duty stands at a word of the run, and not a part of the name."""
    folded, word = run.folded, run.cut[index]
    end = run.listed(index, "verbs", "duty")
    if end is not None and end < word.end and not _is_phrase(run, index):
        return False  # the verb is only a part of a word: `giao dịch`
    if _IN_CHARGE.match(folded, word.start):
        return True
    if end is None or grammar("noun_pair").search(folded, max(0, word.start - _LONGEST_PAIR), end):
        return False
    if run.listed(index, "verbs", "sure") is not None:
        return True
    if grammar("noun_after").match(folded, word.start) or _is_noun(run, index) or _tells_people(run, index):
        return False
    before = folded[run.begin : word.start]
    if grammar("noun_as_often").match(folded, word.start):
        if run.follows(index, ",") and run.is_capital(index - 1) and run.class_of(index - 1) == VERB:
            return False  # `Phòng Thanh tra, giám sát ngân hàng`
        if grammar("noun_before_often").search(before):
            return False
        if grammar("noun_before_verb").search(before) and _hands_over(run, end):
            return False
    return not (grammar("kept_after_named").match(folded, word.start) and grammar("named_for").search(before))


def is_deed(run: Run, index: int) -> bool:
    """Whether a verb of some trade stands at a word of the run, and is what the body does, not what it is for."""
    word = run.cut[index]
    if word.key in _ADVERBS:
        return run.is_lower(index) and run.is_verb(index + 1)
    if _stands_alone(run, index) or not run.is_lower(index) or run.follows(index, ",") or not run.is_act(index):
        return False
    if grammar("named_for").search(run.folded[run.begin : word.start]) or _OF_LEVEL.match(run.folded, word.start):
        return False  # what it is for: `Ban Chỉ đạo xóa nhà tạm`
    if _NOUN_OF.search(run.folded, run.start, word.start) or run.cut[index + 1].key in _LEVELS:
        return False  # what a place is for: `Khu neo đậu huyện`
    if index == 1 and is_half(run, index) and run.is_verb(index + 1):
        return False  # `Ban Dân nguyện trả lời …`
    if run.is_capital(index - 1):
        return not _is_trade(run, index)
    if run.is_behind_noun(index):
        return not does_more(run, index)
    # Whom a name of people means is told by what they do: `Giáo viên coi thi có mặt …`, `Các hộ nuôi cá giãn mật độ`.
    if not run.is_people() or run.has_capital_before(index) or run.is_act(index + 1):
        return True
    if _is_told(run, index) and run.cut[index + 1].key not in _WHERE:
        return True
    return not does_more(run, index)


def _stands_alone(run: Run, index: int) -> bool:
    """Whether nothing that it could be done to follows a verb: the end of the name, or a comma and no verb."""
    if not run.cut.has(index + 1):
        return True
    after = run.folded[run.cut[index].end]
    return after in ";:" or (after == "," and not run.is_verb(index + 1))


def tells_which(run: Run, index: int) -> bool:
    """Whether a verb tells which people are meant (`hộ` that `nuôi`, `cá nhân` who `được giao`) and another follows."""
    if not run.is_people() or run.follows(index, ","):
        return False
    chosen = _CHOSEN.match(run.folded, run.cut[index].start) is not None
    telling = chosen or run.is_act(index) or run.cut[index].key in _RELATIVE
    return telling and does_more(run, index + chosen)


def does_more(run: Run, index: int) -> bool:
    """Whether another verb follows in the clause of one that may tell whom a common name means."""
    for place in range(index + 1, index + _LONGEST_TELLING):
        if not run.cut.has(place):
            return False
        if place == index + 1 and run.cut[place].key in _RESULTS:
            continue
        if not run.text[run.cut[place - 1].end : run.cut[place].start].isspace():
            return False
        acts = run.cut[place - 1].key.split()[0] not in _NOUNS_OF_ACTS
        if acts and run.is_lower(place) and (run.is_act(place) or is_duty(run, place)):
            return True
    return False


_NOUNS_OF_ACTS = frozenset({"bản", "phiếu", "bài", "việc", "sự", "cuộc", "đơn", "giấy"})
"""Words that make a noun of the verb behind them: `viết bản thu hoạch`, `nhận giấy báo dự thi`."""


def is_half(run: Run, index: int) -> bool:
    """Whether two syllables are one word that the list lacks: only its first is printed with a capital (`Khuyến công`).

    A syllable with a capital behind another one ends the name of a place or a person (`Thanh Hà trả lại …`).
    """
    if not index:
        return False
    before, first = run.cut[index - 1], run.printed(index - 1)
    head = run.listed(index - 1, "bodies", "proper")
    if head == before.end and run.is_duty_word(index):
        return False  # a body of one syllable, and what it does: `Chi cục Thuế thu nợ`
    if before.syllables > 1 or run.cut[index].syllables > 1 or not first[:1].isupper():
        return False
    if len(first) > 2 and first.isupper():
        return False
    return index < 2 or not run.is_capital(index - 2) or run.cut[index - 2].syllables > 1


def _is_told(run: Run, index: int) -> bool:
    """Whether a verb before already tells which people are meant: `các trường có bếp ăn bán trú tích trữ …`."""
    before = [place for place in range(index) if run.cut[place].start > run.noun_end()]
    return any(run.cut[place].key in _RELATIVE or run.is_act(place) for place in before)


def _is_noun(run: Run, index: int) -> bool:
    """Whether the words around make a noun of a verb, or a trade of it that the body is named after."""
    if _is_aim(run, index) or (run.cut.has(index + 1) and run.cut[index + 1].key in _STATES):
        return True  # `Lực lượng tuần tra còn mỏng`
    if run.is_capital(index - 1) and run.cut[index - 1].syllables > 1:
        return run.listed(index, "verbs", "trades") is not None and run.is_verb(index + 1)
    before = run.folded[run.begin : run.cut[index].start]
    if _CHOSEN_FOR.search(before) and run.is_people():
        return True
    named = words("verbs", "noun_before").before(run.text, run.folded, run.cut[index].start)
    return named and not grammar("team").search(before)


def _is_aim(run: Run, index: int) -> bool:
    """Whether a verb and its object tell what a body is for that is named by a verb: another verb follows."""
    if _FOR_AN_AIM.match(run.folded[run.begin : run.cut[index].start]) and does_more(run, index):
        return True  # `Ban Vận động xây dựng nhà văn hóa thôn công khai …`
    if index == 0 or run.listed(index, "verbs", "aims") is None or not run.is_capital(0):
        return False
    return run.class_of(0) == VERB and any(run.is_verb(index + further) for further in (2, 3))


def _is_trade(run: Run, index: int) -> bool:
    """Whether a verb behind `Kiểm soát`, `Thanh niên` is a part of what the body is: another verb follows at once."""
    before, word = run.cut[index - 1], run.cut[index]
    return before.syllables == 2 and word.syllables == 2 and run.is_verb(index + 1)


def _tells_people(run: Run, index: int) -> bool:
    """Whether a trade tells which people are meant: `các hãng sản xuất, nhà cung cấp gửi …`."""
    if run.listed(index, "verbs", "trades") is None or not run.is_people() or not run.is_behind_noun(index):
        return False
    if _ADDRESSED.search(run.folded, run.start, run.noun_end()):
        return False
    return run.folded[run.cut[index].end : run.cut[index].end + 1] == "," or run.is_verb(index + 1)


def _is_phrase(run: Run, index: int) -> bool:
    """Whether a word is a verb with its object, which lists of words hold as one: `mở cửa`, `lập danh sách`."""
    return run.listed(index, "verbs", "with_object") is not None


def _hands_over(run: Run, end: int) -> bool:
    """Whether another verb stands right behind: the one before it is what the body is for (`Tổ kiểm tra lập …`)."""
    return run.folded[end : end + 1] == " " and words("verbs", "handing").at(run.text, run.folded, end + 1) is not None
