"""Writes the pictures in this folder, with Pillow 9.4.0 (Debian python3-pil) or put together here by PNG's specification,
and expected.txt: of each file its axes, shape, pixel type, and the CRC-32 of the voxels, little-endian, channel after
channel, as Pillow reads them: /usr/bin/python3 write_pictures.py
"""
import os
import struct
import zlib

import numpy as np
from PIL import Image

os.chdir(os.path.dirname(os.path.abspath(__file__)))
lines = []


def ramp(shape, dtype="u1", step=37):
    return (np.arange(int(np.prod(shape))) * step % (251 if dtype == "u1" else 64007)).reshape(shape).astype(dtype)


def note(name, array):
    """@param array y, x or y, x, c"""
    array = np.asarray(array)
    array = np.moveaxis(array, 2, 0) if array.ndim == 3 else array
    little = np.ascontiguousarray(array.astype(array.dtype.newbyteorder("<")))
    lines.append("{} {} {} {} {:08x}".format(
        name, "cyx"[3 - array.ndim:], "x".join(map(str, array.shape)), array.dtype.name, zlib.crc32(little.tobytes())))


def pillow(name, image, read=None, **options):
    image.save(name, **options)
    note(name, np.asarray(read(Image.open(name)) if read else Image.open(name)))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(name, width, height, bits, colour, rows, interlaced=0, more=b""):
    """@param rows of each pass, packed, without filters"""
    lines_of = b"".join(b"\0" + row for row in rows)
    with open(name, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n"
                   + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, interlaced))
                   + more + chunk(b"IDAT", zlib.compress(lines_of)) + chunk(b"IEND", b""))


grey, rgb, rgba = ramp((11, 13)), ramp((11, 13, 3)), ramp((11, 13, 4))
pillow("grey.png", Image.fromarray(grey))
pillow("rgb.png", Image.fromarray(rgb))
pillow("rgba.png", Image.fromarray(rgba))
pillow("grey-alpha.png", Image.fromarray(rgba[..., :2].copy(), "LA"))
wide = ramp((11, 13), "u2", 4999)
Image.fromarray(wide).save("grey16.png")
note("grey16.png", wide)
pillow("one-bit.png", Image.fromarray(grey > 99), lambda image: image.convert("L"))
palette = Image.fromarray(grey % 5, "P")
palette.putpalette([10, 20, 30, 255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9])
pillow("palette.png", palette, lambda image: image.convert("RGB"))
pillow("palette-alpha.png", palette, lambda image: image.convert("RGBA"), transparency=2)
shades = Image.fromarray(grey % 5, "P")
shades.putpalette([v for v in (200, 0, 7, 90, 255) for _ in range(3)])
pillow("palette-grey.png", shades, lambda image: image.convert("L"))
pillow("grey.bmp", Image.fromarray(grey))
pillow("rgb.bmp", Image.fromarray(rgb))
blocks = np.kron(ramp((2, 3)), np.ones((16, 16), "u1")).astype("u1")
pillow("grey.jpg", Image.fromarray(blocks), quality=100)

# The JDK reads it as if it had opacity; it is refused.
Image.fromarray(rgb).convert("CMYK").save("inks.jpg", quality=90)

# Pillow reads these as 8 bits, or does not write them.
deep = ramp((11, 13, 3), "u2", 4999)
png("rgb16.png", 13, 11, 16, 2, [row.astype(">u2").tobytes() for row in deep])
note("rgb16.png", deep)
four = grey % 16
png("four-bits.png", 13, 11, 4, 0,
    [bytes(int(a) << 4 | int(b) for a, b in zip(row[::2], list(row[1::2]) + [0])) for row in four])
note("four-bits.png", four * 17)
assert (np.asarray(Image.open("four-bits.png")) == four * 17).all()
passes = [(0, 8, 0, 8), (0, 8, 4, 8), (4, 8, 0, 4), (0, 4, 2, 4), (2, 4, 0, 2), (0, 2, 1, 2), (1, 2, 0, 1)]
png("interlaced.png", 13, 11, 8, 0,
    [row.tobytes() for y, dy, x, dx in passes for row in grey[y::dy, x::dx] if row.size], 1)
note("interlaced.png", grey)
assert (np.asarray(Image.open("interlaced.png")) == grey).all()

with open("expected.txt", "w") as out:
    out.write("\n".join(lines) + "\n")
