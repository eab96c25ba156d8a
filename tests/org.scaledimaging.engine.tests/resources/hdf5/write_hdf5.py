#!/usr/bin/env python3
"""Writes the files that Hdf5ReaderTest reads, by h5py, and what NumPy has of them, into expected.txt.

Debian: python3-h5py, python3-nibabel, python3-numcodecs. Run in this folder. Some of the files hold the time at which they were written.
"""

import itertools
import json
import os
import struct
import sys
import zlib

import h5py
import nibabel
import numcodecs
import numpy as np

lines = []


def note(name, path, array, level=0):
    """What is to be read: place, level, shape, type, and the checksum of the voxels, little-endian."""
    array = np.asarray(array)
    if array.dtype == bool:
        array = array.astype("u1")
    if array.dtype == np.float16:
        array = array.astype("<f4")
    array = np.ascontiguousarray(array.astype(array.dtype.newbyteorder("<")))
    lines.append("{} {} {} {} {:08x}".format(
        name + ("/" + path if path else ""), level, "x".join(map(str, array.shape)), array.dtype.name,
        zlib.crc32(array.tobytes())))


def ramp(shape, dtype):
    size = int(np.prod(shape))
    return (np.arange(size) * 37 % 251).reshape(shape).astype(dtype)


def letters(text):
    return np.frombuffer(text.encode(), dtype="S1")


# Each layout and filter that h5py writes, one dataset in a file.
layouts = {
    "contiguous.h5": dict(),
    "chunked.h5": dict(chunks=(2, 3, 4)),
    "gzip.h5": dict(chunks=(2, 3, 4), compression="gzip"),
    "gzip-shuffle-fletcher.h5": dict(chunks=(3, 4, 5), compression="gzip", shuffle=True, fletcher32=True),
    "lzf-shuffle.h5": dict(chunks=(3, 9, 11), compression="lzf", shuffle=True),
    "fletcher.h5": dict(chunks=(3, 4, 5), fletcher32=True),
}
for name, options in layouts.items():
    for late in (False, True):
        file_name = ("late-" if late else "") + name
        array = ramp((5, 9, 11), "<u2")
        with h5py.File(file_name, "w", libver="latest" if late else "earliest") as file:
            file.create_dataset("volume", data=array, **options)
        note(file_name, "", array)

# Noise, which compressions make a little longer.
with h5py.File("noise.h5", "w") as file:
    noise = np.random.default_rng(5).integers(0, 2**16, (4, 5, 6), "u2")
    for name in ("gzip", "lzf"):
        file.create_dataset(name, data=noise, chunks=(1, 3, 2), compression=name, shuffle=True, fletcher32=True)
        note("noise.h5", name, noise)

# Each type, either byte order, in one file.
with h5py.File("types.h5", "w") as file:
    for dtype in ("i1", "u1", "<i2", ">i2", "<u2", ">u2", "<i4", ">u4", "<i8", ">u8", "<f2", "<f4", ">f4", "<f8", ">f8"):
        array = ramp((3, 4), dtype)
        file.create_dataset(dtype.replace("<", "little-").replace(">", "big-"), data=array)
        note("types.h5", dtype.replace("<", "little-").replace(">", "big-"), array)
    mask = ramp((3, 4), "u1") > 100
    file.create_dataset("bool", data=mask)
    note("types.h5", "bool", mask)

# Chunks that were never written, with a fill value; resizable datasets, whose index is another in later files.
for late in (False, True):
    file_name = ("late-" if late else "") + "sparse.h5"
    with h5py.File(file_name, "w", libver="latest" if late else "earliest") as file:
        data = file.create_dataset(
            "a/b/volume", (6, 8, 8), "<i2", chunks=(2, 4, 4), fillvalue=-7, maxshape=(None, 8, 8), compression="gzip")
        data[2:4, 4:8, 0:4] = ramp((2, 4, 4), "<i2")
        note(file_name, "a/b/volume", data[...])
        two = file.create_dataset("two", (7, 9), "<i2", chunks=(2, 4), maxshape=(None, None))
        two[...] = ramp((7, 9), "<i2")
        note(file_name, "two", two[...])

# Indexes of later files: arrays that grow along any one axis, with pages and super blocks, or up to a known length.
with h5py.File("late-arrays.h5", "w", libver="latest") as file:
    for axis in range(2):
        shape, chunks = ((9000, 3), (1, 2)) if axis == 0 else ((3, 9000), (2, 1))
        array = ramp(shape, "u1")
        data = file.create_dataset(
            f"endless-{axis}", shape, "u1", chunks=chunks, maxshape=tuple(None if d == axis else 5 for d in range(2)))
        for start in (0, 40, 300, 5000, 8000):
            part = [slice(None), slice(None)]
            part[axis] = slice(start, start + 20)
            data[tuple(part)] = array[tuple(part)]
        note("late-arrays.h5", f"endless-{axis}", data[...])
    fixed = file.create_dataset("fixed", (50, 70), "u1", chunks=(1, 1), maxshape=(60, 90))
    fixed[10:20, 30:40] = ramp((10, 10), "u1")
    fixed[49, 69] = 9
    note("late-arrays.h5", "fixed", fixed[...])

# A compact dataset, by h5py's low-level interface.
with h5py.File("compact.h5", "w") as file:
    array = ramp((4, 5), "<i2")
    plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    plist.set_layout(h5py.h5d.COMPACT)
    space = h5py.h5s.create_simple((4, 5))
    made = h5py.h5d.create(file.id, b"small", h5py.h5t.STD_I16LE, space, plist)
    made.write(h5py.h5s.ALL, h5py.h5s.ALL, array)
    note("compact.h5", "", array)

# Many chunks: an index of several levels; a filter that some chunks leave out.
with h5py.File("many-chunks.h5", "w", libver="earliest") as file:
    array = ramp((40, 40, 4), "u1")
    data = file.create_dataset("volume", data=array, chunks=(1, 2, 4), compression="gzip")
    data.id.write_direct_chunk((3, 4, 0), array[3:4, 4:6, 0:4].tobytes(), filter_mask=1)
    note("many-chunks.h5", "", array)

# ilastik: axes by vigra's tags.
with h5py.File("ilastik.h5", "w") as file:
    array = ramp((2, 3, 4, 5, 2), "<f4")
    data = file.create_dataset("exported_data", data=array, chunks=(1, 3, 4, 5, 1), compression="gzip")
    data.attrs["axistags"] = json.dumps({"axes": [
        {"key": key, "typeFlags": flags, "resolution": resolution, "description": ""}
        for key, flags, resolution in (("t", 8, 0), ("z", 2, 2.5), ("y", 2, 0.5), ("x", 2, 0.5), ("c", 1, 0))]})
    note("ilastik.h5", "", array)

# PlantSeg's and Fiji's attribute; links.
with h5py.File("linked.h5", "w") as file:
    array = ramp((3, 4, 5), "u1")
    data = file.create_dataset("raw/volume", data=array)
    data.attrs["element_size_um"] = (2.0, 0.25, 0.5)
    data.attrs["DIMENSION_LABELS"] = np.array(["z", "y", "x"], dtype=h5py.string_dtype())
    file["soft"] = h5py.SoftLink("/raw/volume")
    file["outside"] = h5py.ExternalLink("chunked.h5", "/volume")
    file["circle"] = h5py.SoftLink("/circle")
    note("linked.h5", "raw/volume", array)
    note("linked.h5", "soft", array)
    note("linked.h5", "outside", ramp((5, 9, 11), "<u2"))

# MATLAB 7.3: a user's block of 512 bytes; rows vary fastest.
with h5py.File("matlab.mat", "w", userblock_size=512) as file:
    array = ramp((3, 4, 5), "<f8")  # in MATLAB 5 rows, 4 columns, 3 slices
    data = file.create_dataset("V", data=array)
    data.attrs["MATLAB_class"] = np.bytes_("double")
    name = file.create_dataset("name", data=np.frombuffer(b"h\0i\0", "<u2").reshape(2, 1))
    name.attrs["MATLAB_class"] = np.bytes_("char")
    file.create_dataset("#refs#/a", data=ramp((2, 2), "u1"))
    note("matlab.mat", "", array)
with open("matlab.mat", "r+b") as file:
    file.write(b"MATLAB 7.3 MAT-file, Platform: GLNXA64, Created on: Mon Jan  1 00:00:00 2024".ljust(124))

# What is no image, or is refused.
with h5py.File("no-image.h5", "w") as file:
    file.create_dataset("line", data=np.arange(5))
    file.create_dataset("words", data=np.array([["a", "b"]], dtype="S1"))
with h5py.File("complex.h5", "w") as file:
    file.create_dataset("values", data=np.ones((3, 3), "c8"))
with h5py.File("scaleoffset.h5", "w") as file:
    file.create_dataset("values", data=ramp((8, 8), "<i4"), chunks=(4, 4), scaleoffset=8)
with h5py.File("packed.nc", "w") as file:
    data = file.create_dataset("temperature", data=ramp((3, 4), "<i2"))
    data.attrs["scale_factor"] = 0.01

# Imaris: padded chunks, two levels, two channels, three time points.
with h5py.File("imaris.ims", "w", libver="earliest") as file:
    shapes = [(5, 18, 22), (3, 9, 11)]
    padded = [(8, 32, 32), (4, 16, 16)]
    full = ramp((3, 2) + shapes[0], "<u2")
    for level, (shape, stored) in enumerate(zip(shapes, padded)):
        coarse = full[:, :, ::2, ::2, ::2][:, :, :3, :9, :11] if level else full
        for t in range(3):
            for c in range(2):
                group = file.create_group(f"DataSet/ResolutionLevel {level}/TimePoint {t}/Channel {c}")
                for axis, length in zip("ZYX", shape):
                    group.attrs["ImageSize" + axis] = letters(str(length))
                whole = np.zeros(stored, "<u2")
                whole[:shape[0], :shape[1], :shape[2]] = coarse[t, c]
                group.create_dataset("Data", data=whole, chunks=(4, 16, 16), compression="gzip")
        note("imaris.ims", "", coarse, level)
    image = file.create_group("DataSetInfo/Image")
    for name, text in dict(
            X="22", Y="18", Z="5", Unit="um", Name="a name with spaces",
            ExtMin0="10.000", ExtMax0="21.000", ExtMin1="-9", ExtMax1="0", ExtMin2="0", ExtMax2="10").items():
        image.attrs[name] = letters(text)
    for c, (name, colour) in enumerate((("nuclei of cells", "0.000 0.000 1.000"), ("GFP", "0.000 1.000 0.500"))):
        channel = file.create_group(f"DataSetInfo/Channel {c}")
        channel.attrs["Name"] = letters(name)
        channel.attrs["Color"] = letters(colour)
    times = file.create_group("DataSetInfo/TimeInfo")
    for t in range(3):
        times.attrs[f"TimePoint{t + 1}"] = letters(f"2024-01-01 00:00:{10 * t + 5:02d}.500")

# BigDataViewer: two tiles, of different size; the first has two channels and two time points, of which one is missing.
def setup(number, name, shape, channel, tile):
    size = " ".join(map(str, shape[::-1]))
    return f"""      <ViewSetup>
        <id>{number}</id>
        <name>{name}</name>
        <size>{size}</size>
        <voxelSize>
          <unit>um</unit>
          <size>0.5 0.5 2.0</size>
        </voxelSize>
        <attributes>
          <illumination>0</illumination>
          <channel>{channel}</channel>
          <tile>{tile}</tile>
        </attributes>
      </ViewSetup>
"""


def registration(time, number, *affines):
    transforms = "".join(
        f"<ViewTransform type=\"affine\"><affine>{affine}</affine></ViewTransform>" for affine in affines)
    return f"    <ViewRegistration timepoint=\"{time}\" setup=\"{number}\">{transforms}</ViewRegistration>\n"


tiles = {0: (6, 10, 13), 1: (6, 10, 13), 2: (4, 8, 8)}
for loader, container in (("hdf5", "bdv.h5"), ("n5", "bdv.n5")):
    with open(f"bdv-{loader}.xml" if loader == "n5" else "bdv.xml", "w") as out:
        out.write(f"""<?xml version="1.0" encoding="UTF-8"?>
<SpimData version="0.2">
  <BasePath type="relative">.</BasePath>
  <SequenceDescription>
    <ImageLoader format="bdv.{loader}">
      <{loader} type="relative">{container}</{loader}>
    </ImageLoader>
    <ViewSetups>
""" + setup(0, "first", tiles[0], 0, 0) + setup(1, "second", tiles[1], 1, 0) + setup(2, "other", tiles[2], 0, 1) + """
      <Attributes name="channel">
        <Channel><id>0</id><name>DAPI</name></Channel>
        <Channel><id>1</id><name>1</name></Channel>
      </Attributes>
    </ViewSetups>
    <Timepoints type="range"><first>0</first><last>1</last></Timepoints>
    <MissingViews><MissingView timepoint="1" setup="1"/></MissingViews>
  </SequenceDescription>
  <ViewRegistrations>
""" + "".join(
            registration(t, s, "1 0 0 100 0 1 0 -20 0 0 1 8", "1 0 0 0 0 1 0 0 0 0 4 0") for t in (0, 1) for s in (0, 1)
        ) + "".join(registration(t, 2, "0.8 -0.6 0 0 0.6 0.8 0 0 0 0 1 0") for t in (0, 1)) + """  </ViewRegistrations>
</SpimData>
""")


def means(array, factors):
    """Block means as BigDataViewer's, of whole blocks."""
    z, y, x = (length // factor for length, factor in zip(array.shape, factors))
    cut = array[:z * factors[0], :y * factors[1], :x * factors[2]].astype("f8")
    return cut.reshape(z, factors[0], y, factors[1], x, factors[2]).mean(axis=(1, 3, 5)).round().astype(array.dtype)


def write_n5(path, array, factors):
    """One dataset of N5, uncompressed."""
    os.makedirs(path, exist_ok=True)
    block = (4, 8, 8)
    with open(path + "/attributes.json", "w") as out:
        json.dump({"dimensions": list(array.shape[::-1]), "blockSize": list(block[::-1]), "dataType": array.dtype.name,
                   "compression": {"type": "raw"}, "downsamplingFactors": factors[::-1]}, out)
    for z, y, x in itertools.product(*(range(0, length, size) for length, size in zip(array.shape, block))):
        part = array[z:z + 4, y:y + 8, x:x + 8]
        folder = f"{path}/{x // 8}/{y // 8}"
        os.makedirs(folder, exist_ok=True)
        with open(f"{folder}/{z // 4}", "wb") as out:
            out.write(struct.pack(">HHIII", 0, 3, *part.shape[::-1]) + part.astype(">u2").tobytes())


with h5py.File("bdv.h5", "w", libver="earliest") as file:
    first = np.zeros((2, 2) + tiles[0], "u2")
    coarse = np.zeros((2, 2, 6, 5, 6), "u2")
    for number, shape in tiles.items():
        file[f"s{number:02d}/resolutions"] = np.array([[1, 1, 1], [2, 2, 1]], "f8")
        file[f"s{number:02d}/subdivisions"] = np.array([[8, 8, 4], [8, 8, 4]], "i4")
        for t in range(2):
            if (t, number) == (1, 1):
                continue
            array = ((np.arange(np.prod(shape)) * 211 + 977 * t + 5003 * number) % 65521).reshape(shape).astype("u2")
            levels = [array, means(array, (1, 2, 2))]
            for level, voxels in enumerate(levels):
                cells = f"t{t:05d}/s{number:02d}/{level}/cells"
                file.create_dataset(
                    cells, data=voxels.view("i2"), chunks=(4, 8, 8) if level == 0 else (4, 4, 4), compression="gzip")
                write_n5(f"bdv.n5/setup{number}/timepoint{t}/s{level}", voxels, [1, 2 ** level, 2 ** level])
            if number < 2:
                first[t, number], coarse[t, number] = levels
            elif t == 0:
                other = [array]
            else:
                other.append(array)
    for name in ("bdv.xml", "bdv.h5", "bdv-n5.xml"):
        note(name, "0", first)
        note(name, "0", coarse, 1)
        note(name, "1", np.stack(other))

# The same without XML: setups are images of their own; the second file holds the volumes of the first by links.
with h5py.File("bdv-alone.h5", "w", libver="earliest") as file:
    for number in (0, 2):
        file[f"s{number:02d}/resolutions"] = np.array([[1, 1, 1], [2, 2, 1]], "f8")
        for t in range(2):
            file[f"t{t:05d}/s{number:02d}"] = h5py.ExternalLink("bdv.h5", f"/t{t:05d}/s{number:02d}")
    note("bdv-alone.h5", "0", first[:, 0])
    note("bdv-alone.h5", "1", np.stack(other))

# MINC 2, whose real values are nibabel's: a range for each slice at each time; values beyond the valid range.
with h5py.File("minc.mnc", "w", libver="earliest") as file:
    array = ramp((2, 3, 4, 5), "<i2") - 5
    image = file.create_dataset("minc-2.0/image/0/image", data=array, chunks=(1, 2, 4, 5), compression="gzip")
    image.attrs["dimorder"] = np.bytes_("time,zspace,yspace,xspace")
    image.attrs["valid_range"] = (0.0, 200.0)
    for name, values in (("image-min", np.arange(6) - 2.5), ("image-max", np.arange(6) * 3 + 1.25)):
        scale = file.create_dataset("minc-2.0/image/0/" + name, data=values.reshape(2, 3))
        scale.attrs["dimorder"] = np.bytes_("time,zspace")
    for axis, (name, step, start) in enumerate((("xspace", 0.5, -10), ("yspace", -2, 7), ("zspace", 3, 1), ("time", 2.5, 0))):
        dimension = file.create_dataset("minc-2.0/dimensions/" + name, data=np.int32(0))
        dimension.attrs["length"] = array.shape[::-1][axis]
        dimension.attrs["step"] = float(step)
        dimension.attrs["start"] = float(start)
        dimension.attrs["units"] = np.bytes_("s" if name == "time" else "mm")
        dimension.attrs["spacing"] = np.bytes_("regular__")
        if name != "time":
            dimension.attrs["direction_cosines"] = np.roll((0.8, 0.6, 0.0), axis)
loaded = nibabel.load("minc.mnc")
note("minc.mnc", "", loaded.get_fdata().astype("<f4"))
print("affine of minc.mnc in columns z, y, x:", loaded.affine.tolist(), file=sys.stderr)

# Filters of others, their chunks by numcodecs.
with h5py.File("filters.h5", "w") as file:
    array = ramp((6, 10, 12), "<u2")
    array[1:, :, 3:] = 7
    chunk = (3, 5, 12)

    def pieces(data):
        """LZ4 in pieces of 100 bytes, those that do not become smaller stored."""
        out = struct.pack(">QI", len(data), 100)
        for at in range(0, len(data), 100):
            part = data[at:at + 100]
            small = numcodecs.LZ4().encode(part)[4:]
            small = small if len(small) < len(part) else part
            out += struct.pack(">I", len(small)) + small
        return out

    for name, number, encode in (
            ("lz4", 32004, pieces),
            ("zstd", 32015, numcodecs.Zstd().encode),
            ("blosc", 32001, numcodecs.Blosc("zlib", shuffle=numcodecs.Blosc.SHUFFLE).encode)):
        plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        plist.set_chunk(chunk)
        plist.set_filter(number, h5py.h5z.FLAG_OPTIONAL, (0, 0, 2, 0, 5, 1, 1))
        space = h5py.h5s.create_simple(array.shape)
        data = h5py.h5d.create(file.id, name.encode(), h5py.h5t.STD_U16LE, space, plist)
        for at in itertools.product(*(range(0, length, size) for length, size in zip(array.shape, chunk))):
            part = np.ascontiguousarray(array[tuple(slice(a, a + size) for a, size in zip(at, chunk))])
            data.write_direct_chunk(at, bytes(encode(part.tobytes())))
        note("filters.h5", name, array)

# Pictures, which say nothing of their axes, or as HDF5's specification of images has it.
with h5py.File("colours.h5", "w") as file:
    for name, shape, dtype in (("rgb", (17, 16, 3), "u1"), ("stack", (2, 16, 18, 4), "u1"), ("narrow", (17, 15, 3), "u1"),
                               ("volume", (17, 16, 3), "u2"), ("true", (3, 5, 6), "u1")):
        file.create_dataset(name, data=ramp(shape, dtype), compression="gzip")
        note("colours.h5", name, ramp(shape, dtype))
    for key, value in (("CLASS", "IMAGE"), ("IMAGE_SUBCLASS", "IMAGE_TRUECOLOR"), ("INTERLACE_MODE", "INTERLACE_PLANE")):
        file["true"].attrs[key] = np.bytes_(value)

with open("expected.txt", "w") as out:
    out.write("\n".join(lines) + "\n")
print(f"{len(lines)} images, h5py {h5py.__version__}, HDF5 {h5py.version.hdf5_version}", file=sys.stderr)
