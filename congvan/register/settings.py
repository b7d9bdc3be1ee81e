"""Settings of the office: its names, how `trước ngày X` is read, and the year's swapped days.

They stand in `settings.toml` in the archive folder, which a person writes:

    [unit]
    names = ["UBND huyện Kim Bảng", "Văn phòng HĐND và UBND huyện"]

    [deadlines]
    before = "strict"            # or "printed": trước ngày 15 is then due on the 15th

    [days]
    off = [2026-01-02]           # swapped: a working day that is free this year
    work = [2026-01-10]          # swapped: a Saturday on which offices work this year

    [index]
    url = "postgresql://congvan@may-chu/congvan"    # where the index stands, if not in the archive folder
"""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from congvan.archive.truth.archive_errors import PlainError
from congvan.archive.truth.files import write_atomic
from schemas.base import Record

FILE_NAME = "settings.toml"


class OwnUnit(Record):
    """Our office, under all its names."""

    names: tuple[str, ...] = ()


class DeadlineReading(Record):
    """Which of two defensible readings of `trước ngày X` is the due date: the day before (strict) or X (printed)."""

    before: Literal["strict", "printed"] = "strict"


class Days(Record):
    """Days that the government swapped for this year's holidays."""

    off: tuple[dt.date, ...] = ()
    work: tuple[dt.date, ...] = ()


class IndexPlace(Record):
    """The address of the database of the index (`archive.index.dialects.place` reads it); none for SQLite's file."""

    url: str | None = None


class Settings(Record):
    """All settings; every one has a default."""

    unit: OwnUnit = OwnUnit()
    deadlines: DeadlineReading = DeadlineReading()
    days: Days = Days()
    index: IndexPlace = IndexPlace()


class SettingsError(PlainError):
    """Settings that cannot be understood, with the reason in words."""


def load_settings(folder: Path) -> Settings:
    """The settings of an archive folder. Raises `SettingsError`."""
    path = folder / FILE_NAME
    if not path.exists():
        return Settings()
    try:
        return Settings.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: không đúng cách viết TOML ({error}).") from None
    except ValidationError as error:
        fault = error.errors()[0]
        name = ".".join(map(str, fault["loc"]))
        raise SettingsError(f"{path}: không hiểu mục “{name}” ({fault['msg']}).") from None


def save_settings(folder: Path, settings: Settings) -> None:
    """Write the settings of an archive folder as a file that a person can go on with."""
    names = ", ".join(json.dumps(name, ensure_ascii=False) for name in settings.unit.names)
    off, work = (", ".join(map(str, days)) for days in (settings.days.off, settings.days.work))
    text = (
        f'[unit]\nnames = [{names}]\n\n[deadlines]\nbefore = "{settings.deadlines.before}"\n\n'
        f"[days]\noff = [{off}]\nwork = [{work}]\n"
    )
    if settings.index.url:
        text += f"\n[index]\nurl = {json.dumps(settings.index.url, ensure_ascii=False)}\n"
    write_atomic(folder / FILE_NAME, text.encode())
