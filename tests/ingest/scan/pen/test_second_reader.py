"""The second reader of figures: right on clean print, silent on what is no figure."""

from __future__ import annotations

from importlib.util import find_spec

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.scan.pen import second_reader
from ingest.scan.pen.recogniser import Chances
from ingest.scan.pen.second_reader import second_reading
from ingest.scan.picture.picture import Grey
from tests.support.pictures import needs_ocr

_FONT = "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf"
needs_network = pytest.mark.skipif(find_spec("onnxruntime") is None, reason="the recogniser is not installed")


def printed(text: str) -> Grey:
    image = Image.new("L", (260, 52), "white")
    ImageDraw.Draw(image).text((8, 38), text, font=ImageFont.truetype(_FONT, 34), fill="black", anchor="ls")
    pixels = np.asarray(image, np.uint8)
    columns = np.nonzero((pixels < 128).any(axis=0))[0]
    return np.asarray(cv2.GaussianBlur(pixels[:, max(0, columns[0] - 6) : columns[-1] + 7], (0, 0), 0.8), np.uint8)


@needs_ocr
@needs_network
@pytest.mark.parametrize("text", ["8.367", "92,2", "1.776.725", "-0,59", "100,85", "9=7/4", "12,5%"])
def test_figures_and_formulas_are_read(text: str) -> None:
    seen = second_reading(printed(text))
    assert seen is not None
    assert seen.text == text
    assert seen.confidence > 0.6


@needs_ocr
@needs_network
@pytest.mark.parametrize("text", ["Huyện", "BV", "Tổng"])
def test_words_are_no_figures(text: str) -> None:
    assert second_reading(printed(text)) == ("", 0.0)


def test_without_the_network_there_is_no_second_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_reader, "recogniser", lambda: None)
    assert second_reading(np.full((20, 40), 255, np.uint8)) is None


def test_a_sign_over_several_steps_is_one_and_two_parted_by_nothing_are_two() -> None:
    class Network:
        signs = ("", "1", ",", "2")

        def chances(self, picture: Grey) -> Chances:
            steps = [0, 1, 1, 0, 1, 2, 3, 3, 0]
            return np.asarray([[0.9 if sign == step else 0.03 for sign in range(4)] for step in steps], np.float32)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(second_reader, "recogniser", Network)
        seen = second_reading(np.full((20, 40), 255, np.uint8))
    assert seen is not None
    assert seen.text == "11,2"
    assert seen.confidence == pytest.approx(0.9)
