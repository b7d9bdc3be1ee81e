"""The recogniser of pen strokes: a small network that reads one line of signs, loaded where ink is first met.

The network is PP-OCRv6 small (Apache-2.0), whose file the `rapidocr` distribution carries. Only that file is used, with
`onnxruntime`: the distribution's own code wants a second build of OpenCV and writes to the terminal. Nothing is ever
downloaded. Where either is not installed there is no recogniser, and ink stays for a person to read.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.scan.picture.picture import Grey

Chances = NDArray[np.float32]

_DISTRIBUTION, _MODEL = "rapidocr", "rapidocr/models/PP-OCRv6_rec_small.onnx"
# The network sees pictures of this height; wider than this it would cost more than a line of a page is worth.
HEIGHT, _WIDEST, _NARROWEST = 48, 1600, 16
_QUIET = 4  # onnxruntime's level for fatal errors alone


@dataclass(frozen=True)
class Recogniser:
    """The network with its signs; sign 0 is "nothing" between two signs."""

    session: Any
    signs: tuple[str, ...]

    def chances(self, picture: Grey) -> Chances:
        """How likely each sign (a column) is at each step (a row) across a picture of one line, from left to right."""
        height, width = picture.shape
        wide = min(max(round(HEIGHT * width / height), _NARROWEST), _WIDEST)
        way = cv2.INTER_AREA if height > HEIGHT else cv2.INTER_LINEAR
        level = np.asarray(cv2.resize(picture, (wide, HEIGHT), interpolation=way), np.float32) / 127.5 - 1.0
        found = self.session.run(None, {self.session.get_inputs()[0].name: np.repeat(level[None, None], 3, axis=1)})
        return np.asarray(found[0][0], np.float32)


@cache
def recogniser() -> Recogniser | None:
    """The recogniser of this process, or None where its packages are not installed or do not fit together."""
    path = _model_file()
    if path is None:
        return None
    try:
        import onnxruntime
    except ImportError:
        return None
    onnxruntime.set_default_logger_severity(_QUIET)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = _QUIET
    # Pictures differ in width: an arena would keep the largest of each buffer for the life of a worker.
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    try:
        session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception:  # noqa: BLE001 - onnxruntime's own errors share no base: whatever it is, the file is of no use
        return None
    signs = _signs(session)
    return Recogniser(session, signs) if signs else None


def _model_file() -> Path | None:
    try:
        path = Path(str(metadata.distribution(_DISTRIBUTION).locate_file(_MODEL)))
    except metadata.PackageNotFoundError:
        return None
    return path if path.is_file() else None


def _signs(session: Any) -> tuple[str, ...]:
    """The signs that the network tells apart, from the file itself; none where their number does not fit it."""
    listed = str(session.get_modelmeta().custom_metadata_map.get("character", "")).split("\n")
    signs = ("", *listed, " ")
    return signs if session.get_outputs()[0].shape[-1] == len(signs) else ()
