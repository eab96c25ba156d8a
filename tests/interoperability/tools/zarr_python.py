"""Reads and writes Zarr 2 arrays, and the groups of OME-Zarr 0.4 around them, with zarr-python 2."""
import numcodecs
import numpy
import zarr
from answer import answer


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


def read(request):
    """Reads the array at a path into a file of voxels."""
    group = zarr.open_group(request["path"], mode="r")
    array = group[request["array"]]
    array[...].astype(array.dtype.newbyteorder("<")).tofile(request["voxels"])
    return {
        "shape": array.shape,
        "chunks": array.chunks,
        "dtype": array.dtype.str,
        "compressor": array.compressor.codec_id if array.compressor else None,
        "attributes": group.attrs.asdict(),
    }


answer({"write": write, "read": read})
