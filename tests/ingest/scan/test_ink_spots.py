"""How the spots of ink of a page are measured."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ingest.scan.picture.ink import percentile, spots_of


@pytest.mark.parametrize("share", [0.0, 0.02, 0.3, 0.7, 1.0])
def test_spots_are_measured_as_opencv_measures_them(share: float) -> None:
    ink = (np.random.default_rng(7).random((90, 70)) < share).astype(np.uint8)
    spots = spots_of(ink, 200.0)
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    assert np.array_equal(spots.labels, labels)
    assert np.array_equal(spots.boxes[1:], boxes[1:])


def test_spots_at_the_edges_of_a_page_are_apart() -> None:
    ink = np.zeros((3, 5), np.uint8)
    ink[0, 3:] = ink[1, :2] = 1
    boxes = spots_of(ink, 200.0).boxes[1:].tolist()
    assert sorted(boxes) == [[0, 1, 2, 1, 2], [3, 0, 2, 1, 2]]


@pytest.mark.parametrize("percent", [0, 20, 37.5, 40, 60, 70, 100])
def test_percentile_is_that_of_numpy(percent: float) -> None:
    for count in (1, 2, 5, 40):
        heights = np.random.default_rng(count).integers(5, 60, count).astype(np.int32)
        assert percentile(heights, percent) == pytest.approx(float(np.percentile(heights, percent)))
