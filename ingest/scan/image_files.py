"""The pages of a picture file (JPEG, PNG, TIFF), each by itself: one that cannot be decoded does not stop the next."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import cv2
import numpy as np
from PIL import Image, UnidentifiedImageError

from ingest.door.errors import ReadError
from ingest.scan.cut_short import is_cut_short, whole_pages
from ingest.scan.picture.picture import Picture

MAX_PAGES = 500
"""A file with more pages is refused."""

# A picture without a stated resolution is taken for a whole A4 page, 210 mm wide.
_A4_WIDTH_INCHES = 8.27
_CUT = ReadError("truncated", "Tệp ảnh bị cắt cụt (chưa chép xong hoặc thiếu phần cuối); hãy lấy lại tệp gốc.")
_DAMAGED = ReadError("damaged", "Tệp ảnh bị hỏng, không mở được; hãy quét lại hoặc lấy lại tệp gốc.")
_TOO_LARGE = ReadError("too_large", "Ảnh quá lớn (quá nhiều điểm ảnh), không mở; hãy quét ở độ phân giải 300 dpi.")

_log = logging.getLogger("congvan.steps")


def pictures_in(data: bytes) -> Iterator[Picture | ReadError]:
    """The pages of a picture file in order; for a page that cannot be decoded, why.

    Raises ReadError where the file is no readable picture at all.
    """
    whole = whole_pages(data)
    with _opened(data) as image:
        count = len(whole) if whole is not None else getattr(image, "n_frames", 1)
        if count > MAX_PAGES:
            raise ReadError("too_many_pages", f"Tệp ảnh có {count} trang, quá giới hạn {MAX_PAGES} trang.")
        for index in range(count):
            yield _CUT if whole is not None and not whole[index] else _page(image, index, data)


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Pillow complains of is told in our words, where it matters
        try:
            image = Image.open(io.BytesIO(data))
        except Image.DecompressionBombError as error:
            raise _TOO_LARGE from error
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, TypeError, EOFError, KeyError) as error:
            raise (_CUT if is_cut_short(data) else _DAMAGED) from error
        with image:
            yield image


def _page(image: Image.Image, index: int, data: bytes) -> Picture | ReadError:
    try:
        if index:
            image.seek(index)
        return _picture(image)
    except Image.DecompressionBombError:
        return _TOO_LARGE
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - decoders raise whatever a damaged picture makes of them; it costs this page
        _log.debug("picture %d cannot be decoded", index + 1, exc_info=True)
        return _CUT if is_cut_short(data) else _DAMAGED


def _picture(frame: Image.Image) -> Picture:
    pixels = np.asarray(frame.convert("L" if frame.mode in ("1", "L", "I;16") else "RGB"), np.uint8)
    stated = frame.info.get("dpi", (0, 0))[0]
    dpi = float(stated) if 70 <= float(stated) <= 1300 else min(frame.size) / _A4_WIDTH_INCHES
    return Picture(plain(pixels), dpi)


def plain(pixels: np.ndarray[Any, np.dtype[np.uint8]]) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Pixels in one piece; a colour picture that holds no colour becomes a grey one."""
    pixels = np.ascontiguousarray(pixels)
    if pixels.ndim == 3:
        red, green, blue = cv2.split(np.ascontiguousarray(pixels[::7, ::7]))
        spread = cv2.subtract(cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue))
        if int(spread.max()) < 24:
            pixels = np.asarray(cv2.extractChannel(pixels, 1), np.uint8)
    return pixels
