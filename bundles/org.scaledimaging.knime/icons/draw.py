#!/usr/bin/env python3
"""Draws the icons of nodes and category: 16 × 16 pixels each, from the pictures below.

Run it after changing a picture: python3 draw.py
"""
import struct
import zlib
from pathlib import Path

COLOURS = {
    ".": (0, 0, 0, 0),
    "#": (38, 50, 56, 255),
    "t": (26, 127, 140, 255),
    "l": (128, 203, 196, 255),
    "w": (255, 255, 255, 255),
    "o": (239, 137, 32, 255),
    "g": (176, 190, 197, 255),
}

VOLUME = """
tttttttttt
tllllllllt
tllwwwwllt
tlwwwwwwlt
tlwwllwwlt
tlwwllwwlt
tlwwwwwwlt
tllwwwwllt
tllllllllt
tttttttttt
"""

ARROW_RIGHT = """
..o..
..oo.
ooooo
ooooo
..oo.
..o..
"""

PICTURES = {
    "load": [(6, 3, VOLUME), (0, 5, ARROW_RIGHT)],
    "list": [
        (0, 0, "gggggggggg\ng........g\ng.tt.####g\ng.tt.....g\ng........g\ng.tt.####g\ng.tt.....g\ng........g\ngggggggggg"),
        (6, 6, VOLUME),
    ],
    "images-to-table": [
        (0, 0, VOLUME),
        (7, 7, "ggggggggg\ng.......g\nggggggggg\ng.ooo...g\ng.ooo...g\nggggggggg\ng.ooo...g\ng.ooo...g\nggggggggg"),
    ],
    "table-to-image": [
        (0, 0, "ggggggggg\ng.......g\nggggggggg\ng.ooo...g\ng.ooo...g\nggggggggg\ng.ooo...g\ng.ooo...g\nggggggggg"),
        (6, 6, VOLUME),
    ],
    "save-ome-zarr": [(0, 0, VOLUME), (9, 4, ARROW_RIGHT), (4, 11, "#######\n#g#g#g#\n#######\n#g#g#g#\n#######")],
    "save-nifti": [(0, 0, VOLUME), (9, 4, ARROW_RIGHT), (4, 11, "#######\n#ggggg#\n#g###g#\n#ggggg#\n#######")],
    "save-tiff": [(0, 0, VOLUME), (9, 4, ARROW_RIGHT), (4, 11, "#######\n#g#ggg#\n#g#####\n#g#g#g#\n#######")],
    "scaled-processing": [
        (5, 5, VOLUME),
        (0, 0, "ooooo\noowoo\nowwwo\noowoo\nooooo"),
        (6, 1, "######.\n.....#.\n.....#.\n....###\n.....#."),
    ],
    "apply-field": [
        (5, 5, VOLUME),
        (0, 0, "ooooooo\noowwwoo\nowwwwwo\noowwwoo\nooooooo"),
        (1, 7, "..#\n...\n###\n...\n..#"),
    ],
    "downsample": [
        (0, 0, VOLUME),
        (10, 10, "oooooo\nollllo\nolwwlo\nolwwlo\nollllo\noooooo"),
        (11, 4, "##...\n.##..\n..#.#\n..###\n...##"),
    ],
    "segment": [
        (3, 3, VOLUME),
        (5, 5, ".oooo.\noooooo\noo..oo\noo..oo\noooooo\n.oooo."),
        (0, 0, "####....\n#.......\n#.......\n#......."),
        (12, 12, "...#\n...#\n...#\n####"),
    ],
    "viewer": [
        (0, 0, VOLUME),
        (4, 8, "...ooooo...\n.oowwwwwoo.\noww#####wwo\noww##w##wwo\noww#####wwo\n.oowwwwwoo.\n...ooooo..."),
    ],
    "properties": [
        (0, 0, VOLUME),
        (5, 6, "###########\n#ooo#ooooo#\n###########\n#www#wwwww#\n###########\n#www#wwwww#\n###########\n#www#wwwww#\n###########"),
    ],
}


def picture(parts):
    pixels = [["." for _ in range(16)] for _ in range(16)]
    for left, top, part in parts:
        for y, row in enumerate(part.strip("\n").split("\n")):
            for x, colour in enumerate(row):
                if colour != "." and top + y < 16 and left + x < 16:
                    pixels[top + y][left + x] = colour
    return pixels


def png(pixels):
    raw = b"".join(b"\0" + b"".join(bytes(COLOURS[colour]) for colour in row) for row in pixels)

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 16, 16, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b"")


here = Path(__file__).parent
nodes = here.parent / "src/org/scaledimaging/knime/nodes"
for name, parts in PICTURES.items():
    (nodes / f"{name}.png").write_bytes(png(picture(parts)))
(here / "category.png").write_bytes(png(picture(PICTURES["scaled-processing"])))
