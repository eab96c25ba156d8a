"""Reads and writes Zarr 2 arrays, and the groups of OME-Zarr 0.4 around them, with zarr-python 2."""
import collections.abc
import urllib.error
import urllib.request

import numcodecs
import numpy
import zarr
import zarr.n5
from answer import answer


class Server(collections.abc.MutableMapping):
    """What a web server has below an address, by key; read only, and never listed."""

    def __init__(self, address):
        self.address = address

    def __getitem__(self, key):
        try:
            with urllib.request.urlopen(self.address + "/" + key, timeout=60) as reply:
                return reply.read()
        except urllib.error.HTTPError as error:
            if error.code == 404:
                raise KeyError(key) from error
            raise

    def __setitem__(self, key, value):
        raise PermissionError(key)

    __delitem__ = __setitem__

    def __iter__(self):
        raise PermissionError("listing")

    __len__ = __iter__


def write(request):
    """Writes the voxels of a file as array "0" of a group with the given attributes."""
    group = zarr.open_group(request["path"], mode="w")
    dtype = numpy.dtype(request["dtype"])
    shape = request["shape"]
    codec = request.get("compressor")
    fill = request.get("fill_value")
    array = group.create_dataset(
        "0",
        shape=shape,
        chunks=request["chunks"],
        dtype=dtype,
        order=request["order"],
        compressor=numcodecs.get_codec(codec) if codec else None,
        filters=[numcodecs.get_codec(f) for f in request.get("filters", [])] or None,
        fill_value=float(fill) if isinstance(fill, str) else fill,
        dimension_separator=request["separator"],
    )
    voxels = numpy.fromfile(request["voxels"], dtype=dtype.newbyteorder("<")).reshape(shape)
    written = tuple(slice(0, end) for end in request.get("written", shape))
    array[written] = voxels[written]
    group.attrs.put(request["attributes"])
    # What the whole array holds now, missing chunks included.
    array[...].astype(dtype.newbyteorder("<")).tofile(request["voxels"])
    return {}


def n5(request):
    """Writes the voxels of a file as dataset "s0" of an N5 container."""
    dtype = numpy.dtype(request["dtype"])
    codec = request.get("compressor")
    group = zarr.group(zarr.n5.N5Store(request["path"]), overwrite=True)
    array = group.create_dataset(
        "s0",
        shape=request["shape"],
        chunks=request["chunks"],
        dtype=dtype,
        compressor=numcodecs.get_codec(codec) if codec else None,
        fill_value=0,
    )
    voxels = numpy.fromfile(request["voxels"], dtype=dtype).reshape(request["shape"])
    array[tuple(slice(0, end) for end in request["written"])] = voxels[tuple(slice(0, end) for end in request["written"])]
    array[...].tofile(request["voxels"])
    return {}


def read(request):
    """Reads the array at a path into a file of voxels."""
    path = request["path"]
    group = zarr.open_group(Server(path) if path.startswith("http:") else path, mode="r")
    array = group[request["array"]]
    array[...].astype(array.dtype.newbyteorder("<")).tofile(request["voxels"])
    return {
        "shape": array.shape,
        "chunks": array.chunks,
        "dtype": array.dtype.str,
        "compressor": array.compressor.codec_id if array.compressor else None,
        "attributes": group.attrs.asdict(),
    }


def group(request):
    """Makes a group, or gives the one that is there other attributes."""
    zarr.open_group(request["path"], mode="a").attrs.put(request["attributes"])
    return {}


def plate(request):
    """What a plate tells, from its own metadata down to the shapes of the arrays of each field."""
    root = zarr.open_group(request["path"], mode="r")
    of = root.attrs["plate"]
    fields = []
    for well in of["wells"]:
        row = of["rows"][well["rowIndex"]]["name"]
        column = of["columns"][well["columnIndex"]]["name"]
        assert well["path"] == row + "/" + column, well
        for image in root[well["path"]].attrs["well"]["images"]:
            path = well["path"] + "/" + image["path"]
            datasets = root[path].attrs["multiscales"][0]["datasets"]
            arrays = [root[path + "/" + dataset["path"]] for dataset in datasets]
            assert [name for name, _ in root[path].arrays()] == [d["path"] for d in datasets], path
            field = {"path": path, "acquisition": image.get("acquisition"), "shape": arrays[0].shape}
            field["sum"] = int(arrays[0][...].astype("i8").sum())
            fields.append(field)
    return {"fields": fields, "acquisitions": [a["id"] for a in of.get("acquisitions", [])]}


answer({"write": write, "n5": n5, "read": read, "group": group, "plate": plate})
