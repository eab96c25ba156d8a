"""Writes the sharded fixtures of Zarr version 3 in v3-sharded/, after the specification, with numpy and numcodecs 0.11:
python3 write_sharded.py; then node check_sharded.mjs has zarrita read them.

Voxel i, counted row-major, of every array is i // 3 % 1009.
"""
import itertools
import json
import os
import random
import shutil
import struct

import numcodecs
import numpy

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "v3-sharded")
SHAPE = (10, 18, 28)
SHARD = (16, 16, 16)
MISSING = 2 ** 64 - 1


def crc32c(data):
    checksum = 0xFFFFFFFF
    for byte in data:
        checksum ^= byte
        for _ in range(8):
            checksum = checksum >> 1 ^ (0x82F63B78 if checksum & 1 else 0)
    return data + struct.pack("<I", checksum ^ 0xFFFFFFFF)


def named(name, **configuration):
    return {"name": name, "configuration": configuration}


def write(name, chunk, codecs, encode, location="end", checksum=True, endian="little", order=(0, 1, 2), big=False):
    values = (numpy.arange(numpy.prod(SHAPE)) // 3 % 1009).astype("u2").reshape(SHAPE)
    grid = [-(-length // shard) for length, shard in zip(SHAPE, SHARD)]
    padded = numpy.zeros([cells * shard for cells, shard in zip(grid, SHARD)], "u2")
    padded[tuple(map(slice, SHAPE))] = values
    inner = [shard // length for shard, length in zip(SHARD, chunk)]
    folder = os.path.join(ROOT, name)
    rng = random.Random(name)
    for cell in itertools.product(*map(range, grid)):
        entries = {}
        body = b""
        index_bytes = 16 * int(numpy.prod(inner)) + (4 if checksum else 0)
        positions = list(itertools.product(*map(range, inner)))
        rng.shuffle(positions)  # chunks may lie in any order
        for position in positions:
            first = [c * s + p * n for c, s, p, n in zip(cell, SHARD, position, chunk)]
            if any(f >= length for f, length in zip(first, SHAPE)):
                entries[position] = MISSING, MISSING
                continue
            data = padded[tuple(slice(f, f + n) for f, n in zip(first, chunk))].transpose(order)
            encoded = encode(data.astype(">u2" if big else "<u2").tobytes())
            entries[position] = len(body) + (index_bytes if location == "start" else 0), len(encoded)
            body += encoded
        index = b"".join(
            struct.pack((">" if endian == "big" else "<") + "QQ", *entries[position]) for position in sorted(entries))
        index = crc32c(index) if checksum else index
        path = os.path.join(folder, "c", *map(str, cell))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(index + body if location == "start" else body + index)
    transpose = [] if order == (0, 1, 2) else [named("transpose", order=list(order))]
    index_codecs = [named("bytes", endian=endian)] + ([{"name": "crc32c"}] if checksum else [])
    metadata = {
        "zarr_format": 3,
        "node_type": "array",
        "shape": SHAPE,
        "data_type": "uint16",
        "chunk_grid": named("regular", chunk_shape=SHARD),
        "chunk_key_encoding": {"name": "default"},
        "fill_value": 0,
        "codecs": [named(
            "sharding_indexed",
            chunk_shape=chunk,
            codecs=transpose + [named("bytes", endian="big" if big else "little")] + codecs,
            index_codecs=index_codecs,
            index_location=location)],
        "attributes": {},
    }
    with open(os.path.join(folder, "zarr.json"), "w") as file:
        json.dump(metadata, file, indent=2)


shutil.rmtree(ROOT, ignore_errors=True)
write("sharded-none", (4, 8, 8), [], lambda data: data)
write("sharded-start", (4, 8, 8), [], lambda data: data, location="start")
write("sharded-big", (4, 8, 8), [], lambda data: data, endian="big", big=True)
write("sharded-unchecked", (4, 8, 8), [], lambda data: data, checksum=False)
write("sharded-transposed", (8, 4, 2), [], lambda data: data, order=(1, 2, 0))
write("sharded-crc32c", (8, 8, 8), [{"name": "crc32c"}], crc32c)
write("sharded-zstd", (8, 8, 8), [named("zstd", level=3, checksum=False)], numcodecs.Zstd(3).encode)
write("sharded-gzip", (8, 8, 8), [named("gzip", level=5)], numcodecs.GZip(5).encode)
write("sharded-blosc", (16, 16, 16),
      [named("blosc", cname="lz4", clevel=5, shuffle="shuffle", typesize=2, blocksize=0)],
      lambda data: numcodecs.Blosc("lz4", 5, 1).encode(numpy.frombuffer(data, "u2")))
write("sharded-zstd-crc32c", (8, 8, 8), [named("zstd", level=3, checksum=False), {"name": "crc32c"}],
      lambda data: crc32c(numcodecs.Zstd(3).encode(data)))
