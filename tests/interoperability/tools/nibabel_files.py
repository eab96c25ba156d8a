"""Reads and writes NIfTI files with nibabel."""
import nibabel
import numpy
from answer import answer


def write(request):
    """Writes the voxels of a file (slowest axis first) as an image whose axes are in NIfTI's order."""
    dtype = numpy.dtype(request["dtype"])
    voxels = numpy.fromfile(request["voxels"], dtype=dtype.newbyteorder("<")).reshape(request["shape"]).T
    kind = {1: nibabel.Nifti1Image, 2: nibabel.Nifti2Image}[request["version"]]
    header = kind.header_class(endianness=request["endianness"])
    header.set_data_dtype(dtype.newbyteorder(request["endianness"]))
    image = kind(voxels, None, header)
    header = image.header
    header["dim"][:] = 1
    header["dim"][0] = voxels.ndim
    header["dim"][1 : 1 + voxels.ndim] = voxels.shape
    header.set_zooms(request["zooms"])
    header.set_xyzt_units(request["space"], request["time"])
    header["toffset"] = request["toffset"]
    if request.get("qform"):
        image.set_qform(numpy.array(request["qform"]), code=request["qcode"], update_affine=False)
    if request.get("sform"):
        image.set_sform(numpy.array(request["sform"]), code=request["scode"], update_affine=False)
    else:
        image.set_sform(None, code=0, update_affine=False)
    if request.get("slope") is not None:
        # The raw numbers are written as they are; the header says what they mean.
        header.set_slope_inter(request["slope"], request["inter"])
        file_map = kind.filespec_to_file_map(request["path"])
        with file_map["image"].get_prepare_fileobj("wb") as file:
            header["magic"] = header.single_magic
            header["vox_offset"] = header.single_vox_offset
            file.write(header.binaryblock)
            file.write(b"\0" * (int(header["vox_offset"]) - header.sizeof_hdr))
            file.write(numpy.asarray(voxels, dtype=dtype.newbyteorder(request["endianness"])).tobytes(order="F"))
    else:
        nibabel.save(image, request["path"])
    return read(request)


def read(request):
    """Reads an image into a file of voxels, slowest axis first; scaled, where the file has a scaling."""
    image = nibabel.load(request["path"])
    header = image.header
    voxels = numpy.asanyarray(image.dataobj)
    voxels.T.astype(voxels.dtype.newbyteorder("<")).tofile(request["voxels"])
    sform, scode = header.get_sform(coded=True)
    qform, qcode = header.get_qform(coded=True)
    return {
        "shape": image.shape[::-1],
        "dtype": voxels.dtype.newbyteorder("<").str,
        "stored": header.get_data_dtype().str,
        "kind": type(image).__name__,
        "affine": image.affine.tolist(),
        "sform": None if sform is None else sform.tolist(),
        "scode": int(scode),
        "qform": None if qform is None else qform.tolist(),
        "qcode": int(qcode),
        "zooms": [float(zoom) for zoom in header.get_zooms()],
        "units": header.get_xyzt_units(),
        "toffset": float(header["toffset"]),
        "extensions": [
            [extension.get_code(), bytes(extension.get_content()).rstrip(b"\0").decode()]
            for extension in header.extensions
        ],
        "orientation": "".join(nibabel.aff2axcodes(image.affine)),
    }


def mgh(request):
    """Writes the voxels of a file (slowest axis first) as FreeSurfer's volume."""
    voxels = numpy.fromfile(request["voxels"], dtype=request["dtype"]).reshape(request["shape"]).T
    image = nibabel.MGHImage(voxels, numpy.array(request["affine"]))
    image.header.set_zooms([*image.header.get_zooms()[:3], *([request["milliseconds"]] if voxels.ndim == 4 else [])])
    nibabel.save(image, request["path"])
    again = nibabel.load(request["path"])
    numpy.asanyarray(again.dataobj).T.astype(request["dtype"]).tofile(request["voxels"])
    return {"affine": again.affine.tolist(), "zooms": [float(zoom) for zoom in again.header.get_zooms()]}


def load(request):
    """Reads an image of any format, as it is stored, into a file of voxels, slowest axis first."""
    image = nibabel.load(request["path"])
    voxels = numpy.asanyarray(image.dataobj)
    if isinstance(image, nibabel.Minc1Image):  # MINC 2 is one, too; its first axis varies slowest
        voxels = voxels.T
    voxels = voxels.T.astype(request.get("dtype", voxels.dtype.newbyteorder("<")))
    voxels.tofile(request["voxels"])
    return {"shape": voxels.shape, "affine": image.affine.tolist()}


answer({"write": write, "read": read, "mgh": mgh, "load": load})
