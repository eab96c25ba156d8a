"""Writes the codestreams in this folder: /usr/bin/python3 write_jpeg2000.py

With opj_compress and opj_decompress of OpenJPEG 2.5.0 (Debian libopenjp2-tools) and ffmpeg 5.1.9.

expected.txt has a line for each file: components, height, width, and what opj_decompress reads of it: where the wavelet
transform is the reversible one, the CRC-32 of all samples as 32-bit integers, little-endian, component after component;
else "near", and the samples, a byte each, are in a file of that name that ends in .raw.

What opj_compress cannot write is made of what it writes: packet headers are moved into PPM and PPT marker segments,
packets into another order, a quantization of all subbands becomes one that is derived, what is said of all components is
said of each. Components with fewer samples are spread, each sample to the pixels from its own to the next one's.
"""
import os
import struct
import subprocess
import zlib

import numpy

os.chdir(os.path.dirname(os.path.abspath(__file__)))
for name in os.listdir("."):
    if not name.endswith(".py"):
        os.remove(name)
lines = []


def picture(height, width, count, bits, signed=False, seed=1):
    """Waves, an edge and some noise."""
    y, x = numpy.mgrid[0:height, 0:width]
    most = (1 << bits) - 1
    noise = numpy.random.RandomState(seed)
    planes = []
    for i in range(count):
        values = 0.5 + 0.3 * numpy.sin(x / (5.0 + i)) * numpy.cos(y / 7.0) + 0.15 * (x + 2 * y > width)
        values = values * most + noise.randn(height, width) * most / 150
        planes.append(numpy.clip(values, 0, most).astype("i4") - (1 << bits - 1 if signed else 0))
    return planes


def decode(name):
    """What opj_decompress reads, component by component, each of its own size."""
    subprocess.run(["opj_decompress", "-allow-partial", "-i", name, "-o", "/tmp/decoded.pgx"], check=True, capture_output=True)
    planes = []
    while os.path.exists(place := f"/tmp/decoded_{len(planes)}.pgx"):
        with open(place, "rb") as file:
            words = file.readline().decode().split()
            sign, bits = words[2][0], int(words[2][1:]) if len(words[2]) > 1 else int(words[3])
            width, height = int(words[-2]), int(words[-1])
            kind = (">i" if sign == "-" else ">u") + ("1" if bits <= 8 else "2")
            planes.append(numpy.frombuffer(file.read(), kind).reshape(height, width).astype("i4"))
        os.remove(place)
    return planes


def expect(name, near=False, spread=None):
    planes = decode(name)
    for i, (across, down) in enumerate(spread or []):
        height, width = planes[0].shape
        planes[i] = planes[i].repeat(down, 0).repeat(across, 1)[:height, :width]
    values = numpy.stack(planes)
    if near:
        values.astype("u1").tofile(os.path.splitext(name)[0] + ".raw")
    crc = "near" if near else f"{zlib.crc32(values.astype('<i4').tobytes()):08x}"
    lines.append(f"{name} {' '.join(str(n) for n in values.shape)} {crc}")
    return values


def encode(name, planes, bits, *options, signed=False, spread=None):
    kind = ("<i" if signed else "<u") + ("1" if bits <= 8 else "2")
    height, width = planes[0].shape
    samples = [plane[::down, ::across] for plane, (across, down) in zip(planes, spread or [(1, 1)] * len(planes))]
    with open("/tmp/picture.rawl", "wb") as file:
        file.write(b"".join(plane.astype(kind).tobytes() for plane in samples))
    shape = f"{width},{height},{len(planes)},{bits},{'s' if signed else 'u'}"
    if spread:
        shape += "@" + ":".join(f"{across}x{down}" for across, down in spread)
    if "-n" not in options:
        options += ("-n", str(min(6, min(height, width).bit_length())))  # it refuses more
    subprocess.run(["opj_compress", "-i", "/tmp/picture.rawl", "-o", name, "-F", shape, *options], check=True,
                   capture_output=True)


def lossless(name, planes, bits, *options, **more):
    encode(name, planes, bits, *options, **more)
    values = expect(name, spread=more.get("spread"))
    if not more.get("spread"):
        assert (values == numpy.stack(planes)).all(), name


grey = picture(37, 53, 1, 8)
colour = picture(29, 41, 3, 8)

# Samples.
lossless("grey.j2k", grey, 8)
lossless("colour.jp2", colour, 8)
lossless("one-bit.j2k", picture(20, 31, 1, 1), 1)
lossless("twelve-bits.j2k", picture(20, 31, 1, 12), 12)
lossless("sixteen-bits.j2k", picture(20, 31, 1, 16), 16)
lossless("signed.j2k", picture(20, 31, 2, 11, signed=True), 11, signed=True)
lossless("one-pixel.j2k", picture(1, 1, 1, 8), 8)
lossless("one-row.j2k", picture(1, 30, 1, 8), 8, "-d", "3,5")
lossless("subsampled.j2k", colour, 8, spread=[(1, 1), (2, 2), (2, 1)])

# Tiles, places on the reference grid, resolutions.
lossless("tiles.j2k", colour, 8, "-t", "20,17", "-d", "5,9", "-T", "3,2", "-n", "4")
lossless("tile-parts.j2k", colour, 8, "-t", "24,24", "-TP", "R", "-n", "3", "-PLT", "-TLM")
lossless("no-decomposition.j2k", grey, 8, "-n", "1")
lossless("six-decompositions.j2k", picture(64, 70, 1, 8), 8, "-n", "7")

# Orders of packets; small precincts and blocks, layers of which the last one is lossless.
for order in "LRCP", "RLCP", "RPCL", "PCRL", "CPRL":
    lossless(f"{order.lower()}.j2k", colour, 8, "-p", order, "-c", "[32,16],[16,16]", "-b", "8,8", "-n", "3",
             "-r", "12,4,1", "-d", "5,3")
encode("cut.j2k", colour, 8, "-r", "30,12,7", "-n", "4")
expect("cut.j2k")

# Styles of code-blocks.
for style in 1, 2, 4, 8, 16, 32, 1 + 4, 63:
    lossless(f"style-{style}.j2k", picture(33, 40, 1, 10, seed=style), 10, "-M", str(style), "-b", "16,32")
encode("bypass-layers.j2k", picture(33, 40, 1, 16), 16, "-M", "1", "-r", "6,3,1.5,1")
expect("bypass-layers.j2k")
encode("region.j2k", grey, 8, "-ROI", "c=0,U=12")
expect("region.j2k")

# The irreversible transform.
encode("irreversible.j2k", colour, 8, "-I", "-r", "6")
expect("irreversible.j2k", near=True)
encode("irreversible-tiles.j2k", grey, 8, "-I", "-r", "3", "-t", "20,20", "-d", "1,1", "-n", "3")
expect("irreversible-tiles.j2k", near=True)
for kind, options in ("53", ["-pred", "dwt53"]), ("97", ["-pred", "dwt97int", "-q:v", "2"]):
    with open("/tmp/picture.ppm", "wb") as file:
        file.write(b"P6 41 29 255\n" + numpy.stack(colour, -1).astype("u1").tobytes())
    subprocess.run(["ffmpeg", "-y", "-i", "/tmp/picture.ppm", "-c:v", "jpeg2000", "-format", "j2k", *options, "-f",
                    "image2", f"ffmpeg-{kind}.j2k"], check=True, capture_output=True)
    expect(f"ffmpeg-{kind}.j2k", near=kind == "97")


def parts(stream):
    """The main header, and of each tile-part its header behind the first marker segment, and its packets."""
    at = 2
    while stream[at:at + 2] != b"\xff\x90":
        at += 2 + struct.unpack(">H", stream[at + 2:at + 4])[0]
    header, tiles = stream[:at], []
    while stream[at:at + 2] == b"\xff\x90":
        length = struct.unpack(">I", stream[at + 6:at + 10])[0]
        packets = stream.index(b"\xff\x93", at) + 2
        tiles.append((stream[at:at + 12], stream[at + 12:packets - 2], stream[packets:at + length]))
        at += length
    return header, tiles


def put_together(header, tiles):
    stream = header
    for first, own, packets in tiles:
        length = len(first) + len(own) + 2 + len(packets)
        stream += first[:6] + struct.pack(">I", length) + first[10:] + own + b"\xff\x93" + packets
    return stream + b"\xff\xd9"


def split(packets):
    """Headers of packets, with the marker at their ends, and bodies, with the one at their starts."""
    headers, bodies = b"", b""
    for packet in packets.split(b"\xff\x91")[1:]:
        end = packet.index(b"\xff\x92") + 2
        headers += packet[4:end]
        bodies += b"\xff\x91" + packet[:4] + packet[end:]
    return headers, bodies


def segment(marker, data):
    return struct.pack(">HH", marker, len(data) + 2) + data


encode("/tmp/marked.j2k", colour, 8, "-SOP", "-EPH", "-t", "24,24", "-n", "3", "-r", "5,1")
with open("/tmp/marked.j2k", "rb") as file:
    header, tiles = parts(file.read())
with open("packed-in-tiles.j2k", "wb") as file:
    moved = []
    for first, own, packets in tiles:
        headers, bodies = split(packets)
        half = len(headers) // 2
        moved.append((first, own + segment(0xFF61, b"\1" + headers[half:]) + segment(0xFF61, b"\0" + headers[:half]), bodies))
    file.write(put_together(header, moved))
expect("packed-in-tiles.j2k")
with open("packed.j2k", "wb") as file:
    moved = [split(packets) for _, _, packets in tiles]
    headers = b"".join(struct.pack(">I", len(headers)) + headers for headers, _ in moved)
    half = len(headers) // 2
    packed = segment(0xFF60, b"\0" + headers[:half]) + segment(0xFF60, b"\1" + headers[half:])
    file.write(put_together(header + packed, [(first, own, bodies) for (first, own, _), (_, bodies) in zip(tiles, moved)]))
expect("packed.j2k")

# Orders that change: packets by layer, resolution, component become two resolutions of the first layer, then the rest by
# component, resolution, layer.
encode("/tmp/ordered.j2k", colour, 8, "-SOP", "-n", "3", "-r", "6,1")
with open("/tmp/ordered.j2k", "rb") as file:
    header, tiles = parts(file.read())
first, own, packets = tiles[0]
packets = [packet[4:] for packet in packets.split(b"\xff\x91")[1:]]
numbers = [(layer, resolution, component) for layer in range(2) for resolution in range(3) for component in range(3)]
assert len(packets) == len(numbers)
early = [number for number in numbers if number[:2] in ((0, 0), (0, 1))]
late = sorted((number for number in numbers if number not in early), key=lambda number: number[::-1])
body = b"".join(packets[numbers.index(number)] for number in early + late)
changes = segment(0xFF5F, struct.pack(">BBHBBB", 0, 0, 1, 2, 3, 1) + struct.pack(">BBHBBB", 0, 0, 2, 3, 3, 4))
at = header.index(b"\xff\x52") + 4
header = header[:at] + bytes([header[at] & ~2]) + header[at + 1:]  # there are no markers in front of packets now
with open("changes.j2k", "wb") as file:
    file.write(put_together(header + changes, [(first, own, body)]))
with open("changes-in-tile.j2k", "wb") as file:
    file.write(put_together(header, [(first, changes + own, body)]))
for name in "changes.j2k", "changes-in-tile.j2k":
    assert (expect(name) == numpy.stack(colour)).all()

encode("/tmp/layers.j2k", colour, 8, "-SOP", "-n", "3", "-r", "12,5,1")
with open("/tmp/layers.j2k", "rb") as file:
    header, tiles = parts(file.read())
with open("missing.j2k", "wb") as file:  # the last five packets of the last of three layers
    first, own, packets = tiles[0]
    file.write(put_together(header, [(first, own, b"\xff\x91".join(packets.split(b"\xff\x91")[:-5]))]))
expect("missing.j2k")

with open("irreversible.j2k", "rb") as file:
    stream = file.read()
at = stream.index(b"\xff\x5c")
length = struct.unpack(">H", stream[at + 2:at + 4])[0]
style, first = stream[at + 4], stream[at + 5:at + 7]
with open("derived.j2k", "wb") as file:  # another picture, for there are other steps
    file.write(stream[:at] + segment(0xFF5C, bytes([style & 0xE0 | 1]) + first) + stream[at + 2 + length:])
expect("derived.j2k", near=True)

encode("/tmp/plain.j2k", colour, 8, "-b", "16,16", "-n", "3")
with open("/tmp/plain.j2k", "rb") as file:
    header, tiles = parts(file.read())
style, steps = header.index(b"\xff\x52"), header.index(b"\xff\x5c")
length = struct.unpack(">H", header[steps + 2:steps + 4])[0]
said, stepped = header[style + 9:style + 14], header[steps + 4:steps + 2 + length]
each = b"".join(segment(0xFF53, bytes([i, 0]) + said) + segment(0xFF5D, bytes([i]) + stepped) for i in range(3))
other = header[:style + 9] + bytes([5, 4, 4, 0, 0]) + header[style + 14:steps] + segment(0xFF5C, b"\x42" + bytes(32))
with open("said-of-each.j2k", "wb") as file:
    file.write(put_together(other + each + header[steps + 2 + length:], tiles))
expect("said-of-each.j2k")
with open("said-in-tile.j2k", "wb") as file:
    own = header[style:steps] + header[steps:steps + 2 + length]
    file.write(put_together(other + header[steps + 2 + length:], [(tiles[0][0], own + tiles[0][1], tiles[0][2])]))
expect("said-in-tile.j2k")

with open("expected.txt", "w") as file:
    file.write("\n".join(lines) + "\n")
