"""How kinds of nodes look: a shape, a colour that colour-blind people tell apart, two characters.

Colours are Okabe and Ito's (2008); no two kinds that meet in a clue share both shape and colour,
and the characters inside say the kind without either.
"""

import math
from dataclasses import dataclass

from graphengine.language import Text

Points = tuple[tuple[float, float], ...]

_ORANGE, _SKY, _GREEN, _YELLOW = "#E69F00", "#56B4E9", "#009E73", "#F0E442"
_BLUE, _VERMILION, _PURPLE, _GREY = "#0072B2", "#D55E00", "#CC79A7", "#9A9A9A"
_DARK, _LIGHT = "#111111", "#FFFFFF"


@dataclass(frozen=True, slots=True)
class KindStyle:
    """Outline (x right, y down, within -1 and 1), fill, ink of the characters inside, and they."""

    points: Points
    fill: str
    ink: str
    sign: Text


def _regular(corners: int, turn: float = 0.0) -> Points:
    angles = (math.tau * (i / corners + turn) for i in range(corners))
    return tuple((round(math.sin(a), 3), round(-math.cos(a), 3)) for a in angles)


_CIRCLE = _regular(36)
_SQUARE: Points = ((-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88))
_PAGE: Points = ((-0.75, -0.95), (0.4, -0.95), (0.75, -0.6), (0.75, 0.95), (-0.75, 0.95))
_HOUSE: Points = ((0, -1), (0.95, -0.25), (0.75, 0.85), (-0.75, 0.85), (-0.95, -0.25))
_DIAMOND: Points = ((0, -1.1), (1.1, 0), (0, 1.1), (-1.1, 0))
_SHIELD: Points = ((-0.85, -0.85), (0.85, -0.85), (0.85, 0.3), (0, 1.05), (-0.85, 0.3))
_SLANTED: Points = ((-0.65, -0.75), (1.1, -0.75), (0.65, 0.75), (-1.1, 0.75))
_TRAPEZE: Points = ((-0.6, -0.8), (0.6, -0.8), (1.1, 0.8), (-1.1, 0.8))
_BUBBLE: Points = ((-0.95, -0.8), (0.95, -0.8), (0.95, 0.5), (0.1, 0.5), (-0.4, 1), (-0.4, 0.5),
                   (-0.95, 0.5))  # fmt: skip
_FLAG: Points = ((-1, -0.75), (1, -0.75), (0.6, 0), (1, 0.75), (-1, 0.75))
_LOZENGE: Points = ((-0.6, -0.8), (0.6, -0.8), (1.1, 0), (0.6, 0.8), (-0.6, 0.8), (-1.1, 0))

STYLES: dict[str, KindStyle] = {
    "Person": KindStyle(_CIRCLE, _SKY, _DARK, Text("人", "Pe")),
    "Household": KindStyle(_HOUSE, _SKY, _DARK, Text("户", "Ho")),
    "Company": KindStyle(_SQUARE, _ORANGE, _DARK, Text("企", "Co")),
    "PublicBody": KindStyle(_LOZENGE, _BLUE, _LIGHT, Text("公", "Bo")),
    "Division": KindStyle(_regular(8, 1 / 16), _GREY, _DARK, Text("区", "Di")),
    "Post": KindStyle(_SHIELD, _PURPLE, _DARK, Text("职", "Po")),
    "Account": KindStyle(_DIAMOND, _GREEN, _DARK, Text("账", "Ac")),
    "Contract": KindStyle(_PAGE, _YELLOW, _DARK, Text("合", "Ct")),
    "Matter": KindStyle(_SLANTED, _VERMILION, _DARK, Text("事", "Ma")),
    "Programme": KindStyle(_FLAG, _BLUE, _LIGHT, Text("项", "Pr")),
    "Benefit": KindStyle(_regular(5), _VERMILION, _DARK, Text("补", "Be")),
    "Asset": KindStyle(_TRAPEZE, _GREEN, _DARK, Text("产", "As")),
    "Report": KindStyle(_BUBBLE, _GREY, _DARK, Text("报", "Re")),
    "Document": KindStyle(_PAGE, _GREY, _DARK, Text("附", "Do")),
}
