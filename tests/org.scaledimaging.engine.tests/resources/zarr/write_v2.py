"""Writes the fixtures of Zarr version 2 in v2/, with zarr-python 2.13 and numcodecs 0.11: python3 write_v2.py

Voxel i, counted row-major, of every array but far-blosclz is i // 3 % 1009, taken modulo 256 in types of 8 bits.
"""
import os
import shutil

import numcodecs
import numpy
import zarr

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "v2")


def voxels(shape, dtype):
    values = numpy.arange(numpy.prod(shape)) // 3 % 1009
    if numpy.dtype(dtype).itemsize == 1:
        values = values.astype("u1")
    return values.astype(dtype).reshape(shape)


def write(name, shape=(5, 9, 14), chunks=(4, 8, 8), dtype="<u2", **options):
    array = zarr.create(
        store=zarr.DirectoryStore(os.path.join(ROOT, name)),
        shape=shape, chunks=chunks, dtype=dtype, **options)
    array[...] = voxels(shape, dtype)
    return array


shutil.rmtree(ROOT, ignore_errors=True)
for cname in "blosclz", "lz4", "lz4hc", "zlib", "zstd":
    for shuffle in 0, 1, 2:
        # several blocks, the last one shorter
        write(f"blosc-{cname}-{shuffle}", (20, 24, 30), (20, 24, 30),
              compressor=numcodecs.Blosc(cname, 5, shuffle, 4096))
write("blosc-wide", (20, 24, 15), (20, 24, 15), "<f8", compressor=numcodecs.Blosc("lz4", 5, 1))
write("blosc-bits-odd", (3, 5, 7), (3, 5, 7), "<i4", compressor=numcodecs.Blosc("zstd", 5, 2))
write("blosc-stored", compressor=numcodecs.Blosc("lz4", 0, 0))
write("blosc-bytes", (20, 24, 30), (20, 24, 30), "|u1", compressor=numcodecs.Blosc("blosclz", 9, 2, 4096))
far = write("far-blosclz", (40000,), (40000,), "|u1", compressor=numcodecs.Blosc("blosclz", 9, 0, 40000))
j = numpy.arange(40000) % 10112
far[...] = numpy.where(j % 128 < 32, (j * j % 4099 >> 3 ^ j) & 255, 0)  # repeats itself from 10112 bytes before alone
write("zlib", compressor=numcodecs.Zlib(5))
write("gzip", compressor=numcodecs.GZip(5))
write("zstd", compressor=numcodecs.Zstd(5))
write("lz4", compressor=numcodecs.LZ4())
write("none", compressor=None)
write("slashes", compressor=numcodecs.Zstd(1), dimension_separator="/")
for dtype in "|i1", "|u1", "<i2", ">i2", ">u2", "<i4", ">i4", "<u4", ">u4", "<i8", ">i8", "<u8", ">u8", \
        "<f4", ">f4", "<f8", ">f8":
    write("type-" + dtype.translate(str.maketrans("|<>", "nlb")), (3, 4, 5), (2, 4, 4), dtype, compressor=None)
write("fortran", compressor=None, order="F")
write("fortran-big", dtype=">f4", compressor=numcodecs.Zlib(1), order="F")
write("missing", compressor=numcodecs.Zstd(1), fill_value=77)
os.remove(os.path.join(ROOT, "missing", "0.1.1"))
write("missing-nan", dtype="<f4", compressor=None, fill_value="NaN")
os.remove(os.path.join(ROOT, "missing-nan", "1.0.0"))
write("filter-delta", compressor=None, filters=[numcodecs.Delta("<u2")])
write("filter-shuffle", compressor=None, filters=[numcodecs.Shuffle(2)])

write("bz2", compressor=numcodecs.BZ2(5))
write("lzma", compressor=numcodecs.LZMA())
write("lzma-alone", compressor=numcodecs.LZMA(format=2))
write("lzma-raw", compressor=numcodecs.LZMA(
    format=3, filters=[{"id": 3, "dist": 2}, {"id": 0x21, "preset": 1}]))
write("filter-checksums", compressor=numcodecs.Zlib(1), filters=[numcodecs.Shuffle(2), numcodecs.CRC32()])
write("filter-zlib", compressor=None, filters=[numcodecs.Shuffle(2), numcodecs.Zlib(1), numcodecs.Adler32()])
