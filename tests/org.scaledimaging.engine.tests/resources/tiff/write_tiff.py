"""Writes the fixtures in this folder: /usr/bin/python3 write_tiff.py

With tifffile 2023.2.3 and Pillow 9.4.0 on libtiff 4.5.0 (Debian python3-tifffile, python3-pil) and libtiff's tiffcp
(Debian libtiff-tools). JPEG 2000 is opj_compress's of OpenJPEG 2.5.0 (Debian libopenjp2-tools).

Voxel i, counted row-major over t, c, z, y, x, is i // 3 % 1009 (modulo 256 in types of 8 bits), divided by 8 where the
type is floating point; but in those that are not of this kind, as said below. expected.txt has a line for each file:
axes, shape, pixel type, and the CRC-32 of the voxels as tifffile or libtiff reads them, little-endian, row-major over
t, c, z, y, x.
"""
import json
import os
import struct
import subprocess
import zlib

import numpy
import tifffile
from PIL import Image

os.chdir(os.path.dirname(os.path.abspath(__file__)))
for name in os.listdir("."):
    if name.endswith((".tif", ".txt", ".raw")):
        os.remove(name)
lines = []


def voxels(shape, dtype):
    dtype = numpy.dtype(dtype)
    values = numpy.arange(numpy.prod(shape)) // 3 % 1009
    if dtype.itemsize == 1:
        values = values.astype("u1")
    return (values / 8 if dtype.kind == "f" else values).astype(dtype).reshape(shape)


def expect(name, axes, array):
    little = numpy.ascontiguousarray(array.astype(array.dtype.newbyteorder("<")))
    shape = "x".join(str(n) for n in array.shape)
    lines.append(f"{name} {axes} {shape} {array.dtype.newbyteorder('=').name} {zlib.crc32(little.tobytes()):08x}")


# Types and byte orders: strips of 4 rows, the last one lower, and tiles beyond the edge.
for dtype in "u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f4", "f8":
    for order in "<", ">":
        data = voxels((3, 10, 21), order + dtype)
        end = "little" if order == "<" else "big"
        name = f"strips-{dtype}-{end}.tif"
        tifffile.imwrite(name, data, byteorder=order, rowsperstrip=4, photometric="minisblack")
        expect(name, "zyx", data)
for order in "<", ">":
    data = voxels((2, 20, 37), order + "u2")
    end = "little" if order == "<" else "big"
    for big in False, True:
        name = f"tiles-{end}{'-bigtiff' if big else ''}.tif"
        tifffile.imwrite(name, data, byteorder=order, tile=(16, 32), bigtiff=big, photometric="minisblack")
        expect(name, "zyx", data)

# libtiff's compressions and predictors, of strips and tiles.
data = voxels((2, 40, 53), "u2")
tifffile.imwrite("plain-u2.tif", data, photometric="minisblack")
expect("plain-u2.tif", "zyx", data)
floats = voxels((40, 53), "f4")
tifffile.imwrite("plain-f4.tif", floats, photometric="minisblack")
expect("plain-f4.tif", "yx", floats)
doubles = voxels((40, 53), "f8")
tifffile.imwrite("plain-f8.tif", doubles, photometric="minisblack")
expect("plain-f8.tif", "yx", doubles)
noise = numpy.random.RandomState(1).randint(0, 65536, (60, 201)).astype("u2")  # fills LZW's table again and again
tifffile.imwrite("plain-noise.tif", noise, photometric="minisblack")
expect("plain-noise.tif", "yx", noise)
wide = voxels((30, 41), "u4")
tifffile.imwrite("plain-u4.tif", wide, photometric="minisblack")
expect("plain-u4.tif", "yx", wide)
LAYOUTS = {"strips": ["-s", "-r", "7"], "tiles": ["-t", "-w", "32", "-l", "16"], "one-strip": ["-s", "-r", "1000"]}


def tiffcp(source, name, *options):
    subprocess.run(["tiffcp", *options, source, name], check=True)


for layout, options in LAYOUTS.items():
    for compression in "lzw", "zip", "packbits", "zstd":
        name = f"libtiff-{compression}-{layout}.tif"
        tiffcp("plain-u2.tif", name, "-c", compression, *options)
        expect(name, "zyx", data)
for compression in "lzw", "zip", "zstd":
    for order, flag in ("little", "-L"), ("big", "-B"):
        name = f"predictor2-{compression}-{order}.tif"
        tiffcp("plain-u2.tif", name, flag, "-c", compression + ":2", *LAYOUTS["tiles"])
        expect(name, "zyx", data)
    for bits, values in ("f4", floats), ("f8", doubles):  # of big-endian ones, libtiff 4.5.0 cannot read its own
        name = f"predictor3-{bits}-{compression}.tif"
        tiffcp(f"plain-{bits}.tif", name, "-L", "-c", compression + ":3", *LAYOUTS["strips"])
        expect(name, "yx", values)
tiffcp("plain-u4.tif", "predictor2-u4.tif", "-c", "lzw:2", *LAYOUTS["strips"])
expect("predictor2-u4.tif", "yx", wide)
tiffcp("plain-noise.tif", "libtiff-lzw-noise.tif", "-c", "lzw", *LAYOUTS["one-strip"])
expect("libtiff-lzw-noise.tif", "yx", noise)
tiffcp("plain-noise.tif", "libtiff-bigtiff.tif", "-8", "-c", "zip", *LAYOUTS["tiles"])
expect("libtiff-bigtiff.tif", "yx", noise)

# Pixels of several samples.
rgb = voxels((20, 37, 3), "u1")
channels = numpy.moveaxis(rgb, -1, 0)
tifffile.imwrite("rgb-chunky.tif", rgb, photometric="rgb", rowsperstrip=6)
expect("rgb-chunky.tif", "cyx", channels)
tifffile.imwrite("rgb-planar.tif", channels, photometric="rgb", planarconfig="separate", rowsperstrip=6)
expect("rgb-planar.tif", "cyx", channels)
tiffcp("rgb-chunky.tif", "rgb-chunky-lzw.tif", "-c", "lzw:2", *LAYOUTS["tiles"])
expect("rgb-chunky-lzw.tif", "cyx", channels)
tiffcp("rgb-chunky.tif", "rgb-planar-zip.tif", "-p", "separate", "-c", "zip:2", *LAYOUTS["tiles"])
expect("rgb-planar-zip.tif", "cyx", channels)
pillow = Image.fromarray(voxels((20, 37), "u1"))
pillow.save("pillow-deflate.tif", compression="tiff_adobe_deflate", dpi=(254, 127))
expect("pillow-deflate.tif", "yx", voxels((20, 37), "u1"))

# ImageJ.
data = voxels((2, 4, 3, 9, 14), "u2")  # t z c y x
tifffile.imwrite("imagej-hyperstack.tif", data, imagej=True, resolution=(4, 2),
                 metadata={"axes": "TZCYX", "spacing": 1.5, "unit": "um", "finterval": 0.25})
expect("imagej-hyperstack.tif", "tczyx", data.transpose(0, 2, 1, 3, 4))
with tifffile.TiffWriter("imagej-one-directory.tif", imagej=True) as writer:  # as ImageJ does beyond 4 GiB
    data = voxels((5, 9, 14), "u2")
    writer.write(data, metadata={"axes": "ZYX"})
with tifffile.TiffFile("imagej-one-directory.tif") as tif:
    assert len(tif.pages) == 5
    offset = tif.pages[0].dataoffsets[0]
    next_at = tif.pages[0].offset + 2 + 12 * len(tif.pages[0].tags)
with open("imagej-one-directory.tif", "r+b") as file:  # cut the chain after the first directory
    file.seek(next_at)
    file.write(bytes(4))
expect("imagej-one-directory.tif", "zyx", data)

# OME-TIFF.
data = voxels((2, 3, 4, 9, 14), "u2")  # t c z y x
tifffile.imwrite("ome-tczyx.ome.tif", data, ome=True, photometric="minisblack", metadata={
    "axes": "TCZYX", "PhysicalSizeX": 0.5, "PhysicalSizeXUnit": "µm", "PhysicalSizeY": 0.25,
    "PhysicalSizeYUnit": "µm", "PhysicalSizeZ": 2000, "PhysicalSizeZUnit": "nm",
    "TimeIncrement": 0.1, "TimeIncrementUnit": "s", "Channel": {"Name": ["DAPI", "GFP", "RFP"]}})
expect("ome-tczyx.ome.tif", "tczyx", data)
tifffile.imwrite("ome-ztcyx.ome.tif", data.transpose(2, 0, 1, 3, 4), ome=True, photometric="minisblack",
                 metadata={"axes": "ZTCYX"})
expect("ome-ztcyx.ome.tif", "tczyx", data)
rgb = voxels((4, 20, 37, 3), "u1")
tifffile.imwrite("ome-rgb.ome.tif", rgb, ome=True, photometric="rgb", metadata={"axes": "ZYXS"})
expect("ome-rgb.ome.tif", "czyx", numpy.moveaxis(rgb, -1, 0))
with tifffile.TiffWriter("two-images.ome.tif", ome=True) as writer:
    writer.write(voxels((3, 9, 14), "u2"), photometric="minisblack", metadata={"axes": "ZYX", "Name": "overview"})
    writer.write(voxels((2, 7, 5), "u1"), photometric="minisblack", metadata={"axes": "CYX", "Name": "detail"})

# Pyramids: SubIFDs, of means; and pages marked as reduced.
full = voxels((2, 3, 70, 101), "u2")  # c z y x


def mean(image):
    y, x = image.shape[-2] // 2 * 2, image.shape[-1] // 2 * 2
    blocks = image[..., :y, :x].reshape(*image.shape[:-2], y // 2, 2, x // 2, 2)
    return blocks.mean(axis=(-3, -1)).round().astype(image.dtype)


with tifffile.TiffWriter("pyramid.ome.tif", ome=True, bigtiff=True) as writer:
    options = dict(tile=(32, 32), compression="zlib", photometric="minisblack")
    writer.write(full, subifds=2, metadata={"axes": "CZYX", "PhysicalSizeX": 0.5, "PhysicalSizeY": 0.5}, **options)
    writer.write(mean(full), subfiletype=1, **options)
    writer.write(mean(mean(full)), subfiletype=1, **options)
expect("pyramid.ome.tif", "czyx", full)
expect("pyramid.ome.tif#1", "czyx", mean(full))
expect("pyramid.ome.tif#2", "czyx", mean(mean(full)))
with tifffile.TiffWriter("pyramid-pages.tif") as writer:
    flat = full[0, 0]
    for level, image in enumerate((flat, mean(flat), mean(mean(flat)))):
        writer.write(image, subfiletype=1 if level else 0, tile=(32, 32), photometric="minisblack", metadata=None)
        expect("pyramid-pages.tif" + (f"#{level}" if level else ""), "yx", image)

# One image in several files.
data = voxels((3, 2, 9, 14), "u2")  # c z y x
uuids = [f"urn:uuid:00000000-0000-0000-0000-00000000000{i}" for i in range(3)]
for i in range(3):
    planes = "".join(
        f'<TiffData FirstC="{c}" FirstZ="0" FirstT="0" IFD="0" PlaneCount="2">'
        f'<UUID FileName="multi-c{c}.ome.tif">{uuids[c]}</UUID></TiffData>' for c in range(3))
    xml = (f'<?xml version="1.0" encoding="UTF-8"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06" '
           f'UUID="{uuids[i]}"><Image ID="Image:0"><Pixels ID="Pixels:0" DimensionOrder="XYZCT" Type="uint16" '
           f'SizeX="14" SizeY="9" SizeZ="2" SizeC="3" SizeT="1">'
           + "".join(f'<Channel ID="Channel:0:{c}" SamplesPerPixel="1"/>' for c in range(3))
           + planes + "</Pixels></Image></OME>")
    tifffile.imwrite(f"multi-c{i}.ome.tif", data[i], description=xml, photometric="minisblack", metadata=None)
    with tifffile.TiffFile(f"multi-c{i}.ome.tif") as tif:
        assert len(tif.pages) == 2
    expect(f"multi-c{i}.ome.tif", "czyx", data)
assert (tifffile.imread("multi-c1.ome.tif") == data).all()

# JPEG loses something: what libtiff reads of it is what is expected, within rounding.
smooth = numpy.add.outer(numpy.arange(48), numpy.arange(64)).astype("u1")
tifffile.imwrite("plain-u1.tif", smooth, photometric="minisblack")
expect("plain-u1.tif", "yx", smooth)
tiffcp("plain-u1.tif", "jpeg-grey.tif", "-c", "jpeg:95", "-t", "-w", "32", "-l", "32")
colour = numpy.stack([smooth, 255 - smooth, numpy.full_like(smooth, 90)], -1)
tifffile.imwrite("plain-colour.tif", colour, photometric="rgb")
expect("plain-colour.tif", "cyx", numpy.moveaxis(colour, -1, 0))
tiffcp("plain-colour.tif", "jpeg-ycbcr.tif", "-c", "jpeg:95", "-s", "-r", "16")
for name in "jpeg-grey", "jpeg-ycbcr":
    decoded = Image.open(name + ".tif").convert("RGB" if "ycbcr" in name else "L")
    array = numpy.array(decoded)
    numpy.moveaxis(array, -1, 0).tofile(name + ".raw") if array.ndim == 3 else array.tofile(name + ".raw")

# What pages are, where the description or a tag says so.
data = voxels((2, 3, 4, 9, 14), "u2")  # t z c y x
tifffile.imwrite("shaped-tzcyx.tif", data, photometric="minisblack", metadata={"axes": "TZCYX"})
expect("shaped-tzcyx.tif", "tczyx", data.transpose(0, 2, 1, 3, 4))
tifffile.imwrite("shaped-truncated.tif", data[0, :, 0], photometric="minisblack", truncate=True)
expect("shaped-truncated.tif", "zyx", data[0, :, 0])
tifffile.imwrite("imagej-step-1.tif", data[0, :, 0], imagej=True, resolution=(4, 4),
                 metadata={"axes": "ZYX", "unit": "um"})
expect("imagej-step-1.tif", "zyx", data[0, :, 0])
tifffile.imwrite("imagej-centimeter.tif", data[0, :, 0], imagej=True, resolution=(100, 50), resolutionunit="CENTIMETER",
                 metadata={"axes": "ZYX"})
expect("imagej-centimeter.tif", "zyx", data[0, :, 0])
tifffile.imwrite("screen-resolution.tif", data[0, 0, 0], resolution=(72, 72), resolutionunit="INCH")
expect("screen-resolution.tif", "yx", data[0, 0, 0])
rgb = voxels((9, 14, 3), "u2")
tifffile.imwrite("imagej-rgb48.tif", rgb, photometric="rgb", metadata=None,
                 description="ImageJ=1.54f\nchannels=3\nmode=composite\nunit= \nloop=false\n")
expect("imagej-rgb48.tif", "cyx", numpy.moveaxis(rgb, -1, 0))
with tifffile.TiffWriter("slide.tif") as writer:
    full = voxels((64, 96, 3), "u1")
    writer.write(full, tile=(32, 32), photometric="rgb", metadata=None,
                 description="Aperio Image Library v11\n96x64 |AppMag = 20|MPP = 0.25")
    writer.write(full[:20, :30], photometric="rgb", metadata=None)
    writer.write(full[::4, ::4], tile=(16, 16), photometric="rgb", metadata=None)
    writer.write(full[:10, :12], photometric="rgb", metadata=None, description="label", subfiletype=1)
expect("slide.tif", "cyx", numpy.moveaxis(full, -1, 0))
expect("slide.tif#1", "cyx", numpy.moveaxis(full[::4, ::4], -1, 0))
tifffile.imwrite("volumetric.tif", voxels((16, 16, 32), "u1"), volumetric=True, photometric="minisblack")


def raw(name, pixels, extra=(), **tags):
    """A file of one strip and of tags as they are given here."""
    entries = {**{int(key[1:]): value for key, value in tags.items()}, 273: (4, [8]), 279: (4, [len(pixels)])}
    entries.update(extra)
    start = 8 + len(pixels) + len(pixels) % 2
    after = start + 2 + 12 * len(entries) + 4
    directory, more = struct.pack("<H", len(entries)), b""
    for tag, (kind, values) in sorted(entries.items()):
        data = struct.pack("<" + {3: "H", 4: "I", 5: "I", 7: "B"}[kind] * len(values), *values)
        count = len(values) // {33629: 6, 33628: 2}.get(tag, 2 if kind == 5 else 1)
        place = data.ljust(4, b"\0") if len(data) <= 4 else struct.pack("<I", after + len(more))
        more += b"" if len(data) <= 4 else data
        directory += struct.pack("<HHI", tag, kind, count) + place
    with open(name, "wb") as file:
        file.write(b"II*\0" + struct.pack("<I", start) + pixels + b"\0" * (len(pixels) % 2) + directory + bytes(4) + more)


def plain(width, height, bits, **more):
    return {"_256": (4, [width]), "_257": (4, [height]), "_258": (3, [bits]), "_259": (3, [1]), "_262": (3, [1]),
            "_277": (3, [1]), "_278": (4, [height]), **more}


# MetaMorph: all planes behind one directory, three rationals for each plane.
data = voxels((4, 9, 14), "u1")
raw("metamorph.stk.tif", data.tobytes(), **plain(14, 9, 8, _33629=(5, [3, 2, 1, 1, 1, 1] * 4)), )
expect("metamorph.stk.tif", "zyx", data)
# Its voxel sizes are calibrated, and the planes without a distance were made every 2.5 s: points in time.
behind = struct.pack("<4I", 325, 1000, 65, 100) + struct.pack("<I", 3) + b"um\0"  # x, y, unit
start = 8 + data.nbytes
settings = [3, 1, 4, start, 5, start + 8, 6, start + 16, 40, 7]
raw("metamorph-times.stk.tif", data.tobytes() + behind, {279: (4, [data.nbytes])},
    **plain(14, 9, 8, _33628=(4, settings),
            _33629=(5, [n for t in range(4) for n in (0, 1, 2451545, 86399000 + 500 + 100 * t, 0, 0)])))
expect("metamorph-times.stk.tif", "tyx", data)

# Numbers of less than a byte, and between one and two: rows begin with a byte.
for bits in 1, 2, 4, 12:
    data = (voxels((9, 13), "u2") % (1 << bits)).astype("u1" if bits <= 8 else "u2")
    packed = b"".join(numpy.packbits([int(b) for v in row for b in f"{v:0{bits}b}"]).tobytes() for row in data)
    raw(f"bits-{bits}.tif", packed, **plain(13, 9, bits))
    expect(f"bits-{bits}.tif", "yx", data)
    raw(f"bits-{bits}-zip.tif", zlib.compress(packed), **plain(13, 9, bits, _259=(3, [8])))
    expect(f"bits-{bits}-zip.tif", "yx", data)
    mirrored = packed.translate(bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256)))
    raw(f"bits-{bits}-mirrored.tif", mirrored, **plain(13, 9, bits, _266=(3, [2])))
    expect(f"bits-{bits}-mirrored.tif", "yx", data)
packed = zlib.compress(voxels((9, 13), "u2").tobytes())
raw("mirrored-zip.tif", packed.translate(bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))),
    **plain(13, 9, 16, _259=(3, [8]), _266=(3, [2])))
expect("mirrored-zip.tif", "yx", voxels((9, 13), "u2"))
half = voxels((9, 13), "f2")
tifffile.imwrite("half.tif", half, photometric="minisblack")
expect("half.tif", "yx", half.astype("f4"))
numbers = (half.astype("f4") - 20).view("u4")  # sign, exponent of 7 bits and fraction of 16 take three bytes
exponent = (numbers >> 23 & 0xFF).astype("i8") - 127 + 63
three = (numbers >> 31 << 23) | numpy.where(numbers << 1 == 0, 0, exponent << 16).astype("u4") | (numbers >> 7 & 0xFFFF)
raw("float24.tif", b"".join(struct.pack("<I", n)[:3] for n in three.ravel()), **plain(13, 9, 24, _339=(3, [3])))
expect("float24.tif", "yx", half.astype("f4") - 20)
packed = zlib.compress(b"".join(struct.pack("<I", n)[:3] for n in three.ravel()))
raw("float24-predictor2.tif", packed, **plain(13, 9, 24, _259=(3, [8]), _317=(3, [2]), _339=(3, [3])))
width = numpy.frombuffer(b"".join(struct.pack(">I", n)[1:] for n in three.ravel()), "u1").reshape(9, 13, 3)
rows = width.transpose(0, 2, 1).reshape(9, 39)  # the first bytes of all numbers of a row, then the second, the third
rows = numpy.concatenate([rows[:, :1], numpy.diff(rows, axis=1)], axis=1)
raw("float24-predictor3.tif", zlib.compress(rows.tobytes()),
    **plain(13, 9, 24, _259=(3, [8]), _317=(3, [3]), _339=(3, [3])))
expect("float24-predictor3.tif", "yx", half.astype("f4") - 20)
inks = voxels((9, 13, 4), "u1")
raw("cmyk.tif", inks.tobytes(), **plain(13, 9, 8, _258=(3, [8] * 4), _262=(3, [5]), _277=(3, [4])))
expect("cmyk.tif", "cyx", numpy.moveaxis(inks, -1, 0))

# YCbCr: luminances of pixels that share a pair of differences, then these. libtiff says what they are as RGB, but that it
# cuts off what ReferenceBlackWhite leaves of whole numbers: that file is computed.
for across, down in (1, 1), (2, 1), (2, 2), (4, 1), (1, 2):
    units = -(-22 // across) * -(-18 // down)
    ycc = numpy.random.RandomState(across + 4 * down).randint(60, 200, (units, across * down + 2)).astype("u1")
    tags = plain(22, 18, 8, _258=(3, [8] * 3), _262=(3, [6]), _277=(3, [3]), _530=(3, [across, down]))
    name = f"ycbcr-{across}{down}"
    raw(f"{name}-zip.tif", zlib.compress(ycc.tobytes()), **{**tags, "_259": (3, [8])})
    colours = numpy.moveaxis(numpy.asarray(Image.open(f"{name}-zip.tif").convert("RGB")), -1, 0)
    expect(f"{name}-zip.tif", "cyx", colours)
    raw(f"{name}.tif", ycc.tobytes(), **tags)
    expect(f"{name}.tif", "cyx", colours)
    if across == down == 2:
        luma = [2126, 10000, 7152, 10000, 722, 10000]
        raw(f"{name}-luma.tif", zlib.compress(ycc.tobytes()), **{**tags, "_259": (3, [8]), "_529": (5, luma)})
        colours = numpy.moveaxis(numpy.asarray(Image.open(f"{name}-luma.tif").convert("RGB")), -1, 0)
        expect(f"{name}-luma.tif", "cyx", colours)
        black = [15, 1, 235, 1, 128, 1, 240, 1, 128, 1, 240, 1]
        raw(f"{name}-black.tif", ycc.tobytes(), **tags, _532=(5, black))
        y = ycc[:, :4].reshape(9, 11, 2, 2).transpose(0, 2, 1, 3).reshape(18, 22).astype("f8")
        cb, cr = (ycc[:, i].reshape(9, 11).repeat(2, 0).repeat(2, 1).astype("f8") for i in (4, 5))
        y, cb, cr = (y - 15) * 255 / 220, (cb - 128) * 127 / 112, (cr - 128) * 127 / 112
        red, blue = y + 1.402 * cr, y + 1.772 * cb
        green = (y - 0.299 * red - 0.114 * blue) / 0.587
        expect(f"{name}-black.tif", "cyx", numpy.clip(numpy.floor(numpy.stack([red, green, blue]) + 0.5), 0, 255).astype("u1"))

# Zeiss LSM: a page of all channels for each slice, then its thumbnail; sizes in a tag.
with tifffile.TiffWriter("zeiss.lsm.tif") as writer:
    stack = voxels((3, 2, 9, 14), "u1")  # z c y x
    info = struct.pack("<II8i6d", 0x0400494C, 108, 14, 9, 3, 2, 1, 1, 128, 128, 2.5e-7, 2.5e-7, 1e-6, 0, 0, 0) + bytes(20)
    for i, page in enumerate(stack):
        writer.write(page, photometric="minisblack", planarconfig="separate", metadata=None,
                     extratags=[(34412, 7, len(info), info, True)] if i == 0 else ())
        writer.write(page[:, ::2, ::2], photometric="minisblack", planarconfig="separate", metadata=None, subfiletype=1)
expect("zeiss.lsm.tif", "czyx", stack.transpose(1, 0, 2, 3))


def lzw(data):
    """LZW of single bytes alone, the table cleared before codes become longer: larger than what it stands for."""
    bits = "".join(("" if i % 250 else f"{256:09b}") + f"{byte:09b}" for i, byte in enumerate(data)) + f"{257:09b}"
    return int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8), "big")


# LSM again: times, names and colours of channels; LZW, sizes of strips being those before it was compressed, as Zeiss has.
times = voxels((3, 2, 2, 9, 14), "u1")  # t z c y x
names = b"".join(struct.pack("<I", len(name) + 1) + name + b"\0" for name in (b"Ch1-T1", b"Ch2-T2"))
shown = struct.pack("<6I", 32 + len(names), 2, 2, 24, 32, 0) + bytes([255, 0, 0, 0, 0, 255, 128, 0]) + names
stamps = struct.pack("<2I3d", 32, 3, 100.0, 102.5, 105.0)
body, places = b"II*\0" + bytes(4), []
for page in times.reshape(-1, 2, 9, 14):
    places.append([])
    for channel in page:
        places[-1].append(len(body))
        body += lzw(channel.tobytes())
at = len(body)
info = struct.pack("<II8i6dHHIIIIIdIIII", 0x0400494C, 136, 14, 9, 2, 2, 3, 1, 128, 128, 2.5e-7, 2.5e-7, 1e-6, 0, 0, 0,
                   6, 0, 0, 0, 0, 0, at, 0, 0, 0, 0, at + len(shown))
bits_at = at + len(shown) + len(stamps)  # old ones do not put two numbers of 16 bits into the tag
body += shown + stamps + struct.pack("<2H", 8, 8)
tag_at = len(body)
body += info + bytes((len(body) + len(info)) % 2)
start = len(body)
for i, strips in enumerate(places):
    tags = [(256, 4, 1, 14), (257, 4, 1, 9), (258, 3, 2, bits_at), (259, 3, 1, 5), (262, 3, 1, 1), (277, 3, 1, 2),
            (278, 4, 1, 9), (284, 3, 1, 2)]
    count = len(tags) + 2 + (i == 0)
    after = len(body) + 2 + 12 * count + 4
    tags += [(273, 4, 2, after), (279, 4, 2, after + 8)] + ([(34412, 7, len(info), tag_at)] if i == 0 else [])
    body += struct.pack("<H", count) + b"".join(struct.pack("<HHII", *tag) for tag in sorted(tags))
    body += struct.pack("<I", after + 16 if i + 1 < len(places) else 0) + struct.pack("<4I", *strips, 126, 126)
with open("zeiss-times.lsm.tif", "wb") as file:
    file.write(body[:4] + struct.pack("<I", start) + body[8:])
expect("zeiss-times.lsm.tif", "tczyx", times.transpose(0, 2, 1, 3, 4))

# Micro-Manager without OME-XML: each page says which plane it is, in whatever order; the second slice has one channel.
stack = voxels((2, 2, 9, 14), "u2")  # z c y x
stack[1, 0] = 0
with tifffile.TiffWriter("micro-manager.tif") as writer:
    for z, c in (0, 1), (1, 1), (0, 0):
        said = json.dumps({"SliceIndex": z, "ChannelIndex": c, "FrameIndex": 0, "PixelSizeUm": 0.5}).encode() + b"\0"
        writer.write(stack[z, c], photometric="minisblack", metadata=None, extratags=[(51123, 2, len(said), said, True)])
expect("micro-manager.tif", "czyx", stack.transpose(1, 0, 2, 3))

# LZMA, as libtiff has it.
for layout in "strips", "tiles":
    name = f"libtiff-lzma-{layout}.tif"
    tiffcp("plain-u2.tif", name, "-c", "lzma:2" if layout == "tiles" else "lzma", *LAYOUTS[layout])
    expect(name, "zyx", voxels((2, 40, 53), "u2"))

# JPEG 2000, without loss: as slides have it, and others.


def jpeg2k(samples, *options):
    """A codestream of rows of pixels of one or more samples."""
    samples = samples.reshape(*samples.shape[-3:]) if samples.ndim > 3 else samples
    samples = samples[..., 0] if samples.ndim == 3 and samples.shape[-1] == 1 else samples
    height, width = samples.shape[:2]
    planes = numpy.moveaxis(samples, -1, 0) if samples.ndim == 3 else samples[None]
    with open("/tmp/tile.rawl", "wb") as file:
        file.write(planes.tobytes())
    kind = f"{width},{height},{len(planes)},{8 * samples.itemsize},{'s' if samples.dtype.kind == 'i' else 'u'}"
    options = options if "-F" in options else ("-F", kind, *options)
    subprocess.run(["opj_compress", "-i", "/tmp/tile.rawl", "-o", "/tmp/tile.j2k", "-n", "4", *options], check=True,
                   capture_output=True)
    with open("/tmp/tile.j2k", "rb") as file:
        return file.read()


def to_rgb(pixels):
    """ITU-R BT.601 at full range, of the last axis."""
    y, cb, cr = (pixels[..., i].astype("f8") - (128 if i else 0) for i in range(3))
    rgb = numpy.stack([y + 1.402 * cr, y - 0.344136 * cb - 0.714136 * cr, y + 1.772 * cb], -1)
    return numpy.clip(numpy.floor(rgb + 0.5), 0, 255).astype("u1")


def slide(name, pixels, compression, *options):
    tifffile._imagecodecs.jpeg2k_encode = lambda tile, *_, **__: jpeg2k(tile, *options)
    with tifffile.TiffWriter(name) as writer:
        writer.write(pixels, tile=(32, 32), photometric="rgb", metadata=None, compression=compression,
                     description="Aperio Image Library v11\n96x64 |AppMag = 20|MPP = 0.25")
        writer.write(pixels[:20, :30], photometric="rgb", metadata=None)
        writer.write(pixels[::4, ::4], tile=(16, 16), photometric="rgb", metadata=None, compression=compression)


full = voxels((64, 96, 3), "u1")
slide("slide-33005.tif", full, 33005)
expect("slide-33005.tif", "cyx", numpy.moveaxis(full, -1, 0))
expect("slide-33005.tif#1", "cyx", numpy.moveaxis(full[::4, ::4], -1, 0))
slide("slide-33003.tif", full, 33003, "-mct", "0")
expect("slide-33003.tif", "cyx", numpy.moveaxis(to_rgb(full), -1, 0))
expect("slide-33003.tif#1", "cyx", numpy.moveaxis(to_rgb(full)[::4, ::4], -1, 0))
full = voxels((2, 70, 101), "u2") * 60  # z y x
tifffile._imagecodecs.jpeg2k_encode = lambda tile, *_, **__: jpeg2k(tile)
with tifffile.TiffWriter("pyramid-34712.ome.tif", ome=True) as writer:
    options = dict(tile=(32, 32), compression=34712, photometric="minisblack")
    writer.write(full, subifds=1, metadata={"axes": "ZYX"}, **options)
    writer.write(mean(full), subfiletype=1, **options)
expect("pyramid-34712.ome.tif", "zyx", full)
expect("pyramid-34712.ome.tif#1", "zyx", mean(full))
data = voxels((18, 22), "u2") * 4
raw("bits-12-34712.tif", jpeg2k(data, "-F", "22,18,1,12,u"), **plain(22, 18, 12, _259=(3, [34712])))
expect("bits-12-34712.tif", "yx", data)
data = voxels((18, 22), "i2") * 60 - 30000
raw("signed-34712.tif", jpeg2k(data), **plain(22, 18, 16, _259=(3, [34712]), _339=(3, [2])))
expect("signed-34712.tif", "yx", data)
pixels = numpy.random.RandomState(1).randint(60, 200, (18, 22, 3)).astype("u1")
pixels[..., 1:] = pixels[:, ::2, 1:].repeat(2, 1)  # pairs of pixels share their colours
with open("/tmp/tile.rawl", "wb") as file:
    file.write(pixels[..., 0].tobytes() + pixels[:, ::2, 1].tobytes() + pixels[:, ::2, 2].tobytes())
subprocess.run(["opj_compress", "-i", "/tmp/tile.rawl", "-o", "/tmp/tile.j2k", "-n", "4", "-mct", "0", "-F",
                "22,18,3,8,u@1x1:2x1:2x1"], check=True, capture_output=True)
with open("/tmp/tile.j2k", "rb") as file:
    raw("ycbcr-34712.tif", file.read(), **plain(22, 18, 8, _258=(3, [8] * 3), _259=(3, [34712]), _262=(3, [6]), _277=(3, [3])))
expect("ycbcr-34712.tif", "cyx", numpy.moveaxis(to_rgb(pixels), -1, 0))

with open("expected.txt", "w") as file:
    file.write("\n".join(lines) + "\n")
