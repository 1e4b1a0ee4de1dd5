"""The colours can be read and told apart, in colour blindness too."""

from itertools import combinations, pairwise

import numpy as np
import pytest

from dashboard.figures import palette

# Machado, Oliveira and Fernandes 2009, full strength, on linear light.
SIGHT = {
    "normal": np.eye(3),
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def linear(colour):
    channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(a, b):
    dark, light = sorted(float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (a, b))
    return (light + 0.05) / (dark + 0.05)


def lab(colour, sight="normal"):
    x = XYZ @ np.clip(np.array(SIGHT[sight]) @ linear(colour), 0, 1) / [0.95047, 1, 1.08883]
    f = np.where(x > 0.008856, np.cbrt(x), 7.787 * x + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def apart(a, b, sight):
    return float(np.linalg.norm(lab(a, sight) - lab(b, sight)))


def test_the_ruler_is_right():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("colour", [palette.INK, palette.MUTED, palette.ACCENT, *palette.SERIES_LABELS])
def test_text_has_four_and_a_half_to_one_on_paper_and_shade(colour):
    assert contrast(colour, palette.PAPER) >= 4.5
    assert contrast(colour, palette.SHADE) >= 4.5


@pytest.mark.parametrize("colour", [*palette.SERIES, palette.QUIET])
def test_marks_have_three_to_one_on_paper(colour):
    assert contrast(colour, palette.PAPER) >= 3


@pytest.mark.parametrize("sight", SIGHT)
def test_four_series_are_told_apart(sight):
    assert min(apart(a, b, sight) for a, b in combinations(palette.SERIES, 2)) > 20


@pytest.mark.parametrize("sight", SIGHT)
def test_neighbouring_classes_are_told_apart_and_get_darker(sight):
    assert all(lab(light, sight)[0] - lab(dark, sight)[0] > 7 for light, dark in pairwise(palette.RAMP))
    assert min(apart(a, b, sight) for a, b in pairwise(palette.RAMP)) > 8


def test_areas_without_a_rate_differ_in_texture_from_the_classes():
    textures = [palette.FILLS[code].texture for code in "usn"]
    assert len(set(textures)) == 3
    assert all(textures)
    assert not any(palette.FILLS[code].texture for code in "012345")


def test_textures_can_be_seen_on_their_fill():
    for fill in palette.FILLS.values():
        if fill.texture:
            assert contrast(fill.mark, fill.colour) >= 3


def test_no_colour_is_red_or_green():
    for colour in (*palette.SERIES, *palette.RAMP):
        red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
        assert green <= 1.6 * max(red, blue)
        assert red <= 2.2 * max(green, blue)


def test_the_style_sheet_gets_the_same_colours():
    assert palette.css_variables()["class-5"] == palette.RAMP[4]
    assert palette.css_variables()["series-1"] == palette.SERIES[0]
