"""Microsoft compound files for tests ([MS-CFB]), made from their streams; and Outlook mails in them ([MS-OXMSG])."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
Tree = Mapping[str, Any]
"""Streams as bytes, storages as further trees."""


def compound(tree: Tree) -> bytes:
    """A compound file with these streams and storages."""
    return _Writer().write(tree)


class _Writer:
    def __init__(self) -> None:
        self.entries: list[list[Any]] = []  # name, kind, left, right, child, data
        self.sectors: list[bytes] = []
        self.fat: list[int] = []

    def write(self, tree: Tree) -> bytes:
        self._add("Root Entry", 5, tree)
        mini, mini_fat = self._mini_stream()
        root_start = self._chain(mini)
        starts = [root_start, *(entry[6] for entry in self.entries[1:])]
        sizes = [len(mini), *(len(entry[5]) if entry[1] == 2 else 0 for entry in self.entries[1:])]
        directory = b"".join(map(self._entry, self.entries, starts, sizes))
        directory_start = self._chain(directory)
        mini_fat_data = b"".join(struct.pack("<I", each) for each in mini_fat)
        mini_fat_start = self._chain(mini_fat_data) if mini_fat else _END
        count = 1
        while (len(self.fat) + count) > count * 128:
            count += 1
        fat_starts = list(range(len(self.fat), len(self.fat) + count))
        fat = [*self.fat, *[_FAT] * count]
        fat += [_FREE] * (count * 128 - len(fat))
        head = struct.pack(
            "<8s16xHHHHH6xIIIIIIIII",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            *(0x3E, 3, 0xFFFE, 9, 6, 0, count, directory_start, 0, _CUTOFF, mini_fat_start),
            *(-(-len(mini_fat_data) // _SECTOR), _END, 0),
        )
        difat = fat_starts + [_FREE] * (109 - count)
        return (
            head + struct.pack("<109I", *difat) + b"".join(self.sectors) + b"".join(struct.pack("<I", x) for x in fat)
        )

    def _add(self, name: str, kind: int, content: Any) -> int:
        number = len(self.entries)
        self.entries.append([name, kind, _FREE, _FREE, _FREE, b"", 0])
        if isinstance(content, bytes):
            self.entries[number][5] = content
            return number
        children = [
            self._add(child, 2 if isinstance(inside, bytes) else 1, inside)
            for child, inside in sorted(content.items(), key=lambda item: (len(item[0]), item[0].upper()))
        ]
        for left, right in pairwise(children):
            self.entries[left][3] = right
        if children:
            self.entries[number][4] = children[0]
        return number

    def _mini_stream(self) -> tuple[bytes, list[int]]:
        mini, mini_fat = b"", list[int]()
        for entry in self.entries:
            if entry[1] != 2:
                continue
            if len(entry[5]) >= _CUTOFF:
                entry[6] = self._chain(entry[5])
                continue
            count = -(-len(entry[5]) // _MINI)
            entry[6] = len(mini_fat) if count else _END
            mini_fat += [*range(len(mini_fat) + 1, len(mini_fat) + count), _END] if count else []
            mini += entry[5].ljust(count * _MINI, b"\0")
        mini_fat += [_FREE] * (-len(mini_fat) % 128)
        return mini, mini_fat

    def _chain(self, data: bytes) -> int:
        if not data:
            return _END
        start, count = len(self.fat), -(-len(data) // _SECTOR)
        padded = data.ljust(count * _SECTOR, b"\0")
        self.sectors += [padded[at : at + _SECTOR] for at in range(0, len(padded), _SECTOR)]
        self.fat += [*range(start + 1, start + count), _END]
        return start

    @staticmethod
    def _entry(entry: Sequence[Any], start: int, size: int) -> bytes:
        name, kind, left, right, child = entry[:5]
        raw = name.encode("utf-16-le") + b"\0\0"
        return struct.pack("<64sHBBIII36xIII", raw, len(raw), kind, 1, left, right, child, start, size, 0)


def outlook_mail(body: str, attachments: Mapping[str, bytes | Tree]) -> bytes:
    """A mail as Outlook saves it; an attachment that is a tree is a mail within the mail."""
    return compound(mail_tree(body, attachments))


def mail_tree(body: str, attachments: Mapping[str, bytes | Tree]) -> dict[str, Any]:
    tree: dict[str, Any] = {"__nameid_version1.0": {"__substg1.0_00020102": b"\0" * 16}}
    texts = {0x001A: "IPM.Note", 0x0037: "Gửi văn bản", 0x1000: body}
    tree |= {f"__substg1.0_{tag:04X}001F": text.encode("utf-16-le") for tag, text in texts.items()}
    head = struct.pack("<8x4I8x", 0, len(attachments), 0, len(attachments))
    tree["__properties_version1.0"] = head + b"".join(_property(tag, 0x1F, len(text)) for tag, text in texts.items())
    for number, (name, content) in enumerate(attachments.items()):
        tree[f"__attach_version1.0_#{number:08X}"] = _attachment(name, content)
    return tree


def _attachment(name: str, content: bytes | Tree) -> dict[str, Any]:
    by_value = isinstance(content, bytes)
    properties = _property(0x3705, 0x03, 1 if by_value else 5) + _property(0x3707, 0x1F, len(name))
    properties += _property(0x3701, 0x0102 if by_value else 0x000D, len(content))
    tree = {"__substg1.0_3707001F": name.encode("utf-16-le"), "__properties_version1.0": b"\0" * 8 + properties}
    return tree | ({"__substg1.0_37010102": content} if by_value else {"__substg1.0_3701000D": content})


def _property(tag: int, kind: int, value: int) -> bytes:
    return struct.pack("<HHIII", kind, tag, 6, value, 0)
