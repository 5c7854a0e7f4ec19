"""Mexico's 32 states: their codes, names and places on the tile grid (ISO 3166-2:MX, INEGI)."""

from typing import Final

TILE: Final = 40  # units of the drawing a tile is wide and high

GRID: Final[dict[str, tuple[int, int]]] = {
    "BCN": (0, 0), "SON": (1, 0), "CHH": (2, 0), "COA": (3, 0),
    "BCS": (0, 1), "SIN": (1, 1), "DUR": (2, 1), "ZAC": (3, 1), "NLE": (4, 1), "TAM": (5, 1),
    "NAY": (1, 2), "JAL": (2, 2), "AGU": (3, 2), "SLP": (4, 2),
    "COL": (1, 3), "MIC": (2, 3), "GUA": (3, 3), "QUE": (4, 3), "HID": (5, 3), "VER": (6, 3),
    "YUC": (9, 3),
    "MEX": (3, 4), "CMX": (4, 4), "TLA": (5, 4), "PUE": (6, 4), "TAB": (7, 4), "CAM": (8, 4),
    "ROO": (9, 4),
    "GRO": (3, 5), "MOR": (4, 5), "OAX": (5, 5), "CHP": (6, 5),
}  # fmt: skip

STATES: Final[dict[str, str]] = {
    "AGU": "Aguascalientes", "BCN": "Baja California", "BCS": "Baja California Sur",
    "CAM": "Campeche", "CHH": "Chihuahua", "CHP": "Chiapas", "CMX": "Ciudad de México",
    "COA": "Coahuila", "COL": "Colima", "DUR": "Durango", "GRO": "Guerrero", "GUA": "Guanajuato",
    "HID": "Hidalgo", "JAL": "Jalisco", "MEX": "México", "MIC": "Michoacán", "MOR": "Morelos",
    "NAY": "Nayarit", "NLE": "Nuevo León", "OAX": "Oaxaca", "PUE": "Puebla", "QUE": "Querétaro",
    "ROO": "Quintana Roo", "SIN": "Sinaloa", "SLP": "San Luis Potosí", "SON": "Sonora",
    "TAB": "Tabasco", "TAM": "Tamaulipas", "TLA": "Tlaxcala", "VER": "Veracruz",
    "YUC": "Yucatán", "ZAC": "Zacatecas",
}  # fmt: skip

# INEGI's own order: Coahuila and Colima stand before Chiapas, otherwise by name.
INEGI: Final[dict[str, str]] = {
    "01": "AGU", "02": "BCN", "03": "BCS", "04": "CAM", "05": "COA", "06": "COL", "07": "CHP",
    "08": "CHH", "09": "CMX", "10": "DUR", "11": "GUA", "12": "GRO", "13": "HID", "14": "JAL",
    "15": "MEX", "16": "MIC", "17": "MOR", "18": "NAY", "19": "NLE", "20": "OAX", "21": "PUE",
    "22": "QUE", "23": "ROO", "24": "SLP", "25": "SIN", "26": "SON", "27": "TAB", "28": "TAM",
    "29": "TLA", "30": "VER", "31": "YUC", "32": "ZAC",
}  # fmt: skip
