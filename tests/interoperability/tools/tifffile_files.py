"""Reads TIFF files with tifffile, every level."""
import subprocess

import numpy
import tifffile
from answer import answer


def read(request):
    """Reads a level into a file of voxels, slowest axis first."""
    with tifffile.TiffFile(request["path"]) as file:
        series = file.series[0]
        level = series.levels[request["level"]]
        voxels = level.asarray()
        voxels.astype(voxels.dtype.newbyteorder("<")).tofile(request["voxels"])
        pages = list(level.pages)
        return {
            "series": len(file.series),
            "kind": series.kind,
            "isOme": bool(file.is_ome),
            "isBig": bool(file.is_bigtiff),
            "axes": level.axes,
            "shape": level.shape,
            "dtype": voxels.dtype.newbyteorder("<").str,
            "levels": [one.shape for one in series.levels],
            "pyramid": bool(series.is_pyramidal),
            "tile": [pages[0].tilelength, pages[0].tilewidth],
            "compression": int(pages[0].compression),
            "predictor": int(pages[0].predictor),
            "resolution": [float(number) for number in pages[0].resolution],
            "unit": int(pages[0].resolutionunit),
            "xml": file.ome_metadata,
            "reduced": bool(pages[0].is_reduced),
        }


def write(request):
    """Writes the voxels of a file as a TIFF; what tifffile reads of it again, its axes in the order t, c, z, y, x."""
    dtype = numpy.dtype(request["dtype"])
    voxels = numpy.fromfile(request["voxels"], dtype=dtype.newbyteorder("<")).reshape(request["shape"])
    tifffile.imwrite(request["path"], voxels.astype(dtype), **request["options"])
    with tifffile.TiffFile(request["path"]) as file:
        series = file.series[0]
        axes = series.axes.replace("S", "C").replace("Q", "Z").replace("I", "Z")
        again = series.asarray()
    order = [axes.index(axis) for axis in "TCZYX" if axis in axes]
    again.transpose(order).astype(again.dtype.newbyteorder("<")).tofile(request["voxels"])
    return {"axes": "".join(axes[d] for d in order).lower(), "dtype": again.dtype.newbyteorder("<").str}


def uncompress(request):
    """Has libtiff decode all pages of the chain and write them anew, which tifffile then reads."""
    subprocess.run(
        ["tiffcp", "-c", "none", "-s", request["path"], request["copy"]], check=True, capture_output=True, timeout=60
    )
    with tifffile.TiffFile(request["copy"]) as file:
        voxels = numpy.stack([page.asarray() for page in file.pages])
    voxels.astype(voxels.dtype.newbyteorder("<")).tofile(request["voxels"])
    return {"pages": len(voxels), "dtype": voxels.dtype.newbyteorder("<").str}


answer({"read": read, "write": write, "uncompress": uncompress})
