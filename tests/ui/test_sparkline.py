"""Sparklines are labelled pictures: no markup of users, a band behind the line, nothing without data."""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from metrics.signals import xmr
from tests.results import DROPPED, points
from ui.sparkline import HEIGHT, WIDTH, sparkline

SVG = "{http://www.w3.org/2000/svg}"


def drawn(image: str) -> ET.Element:
    data = re.search(r"base64,([^\"]+)", image)
    assert data is not None
    return ET.fromstring(base64.b64decode(data[1]))  # noqa: S314 - our own picture


def test_the_picture_has_a_name_and_its_text_is_escaped() -> None:
    image = sparkline(xmr(points(DROPPED)), 'Quote "<b>', "bad")
    assert 'alt="Quote &quot;&lt;b&gt;"' in image
    assert len(drawn(image).findall(f"{SVG}polyline")) == 1


def test_a_gap_in_the_data_is_a_gap_in_the_line() -> None:
    values = [1.0, 2.0, None, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0]
    assert len(drawn(sparkline(xmr(points(values)), "x", "neutral")).findall(f"{SVG}polyline")) == 2


def test_one_point_is_no_line() -> None:
    assert "<img" not in sparkline(xmr(points([1.0])), "x", "neutral")


@given(st.lists(st.floats(-1e6, 1e6) | st.none(), min_size=2, max_size=40))
def test_line_and_band_stay_inside_the_picture(values: list[float | None]) -> None:
    image = sparkline(xmr(points(values)), "x", "neutral")
    if "<img" not in image:
        return
    picture = drawn(image)
    for line in picture.findall(f"{SVG}polyline"):
        for pair in line.attrib["points"].split():
            x, y = map(float, pair.split(","))
            assert -0.1 <= x <= WIDTH + 0.1
            assert -0.1 <= y <= HEIGHT + 0.1
    for band in picture.findall(f"{SVG}rect"):
        assert float(band.attrib["width"]) >= 0
        assert float(band.attrib["x"]) + float(band.attrib["width"]) <= WIDTH + 0.1
