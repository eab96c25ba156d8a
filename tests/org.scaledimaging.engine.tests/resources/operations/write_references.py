"""Writes references.json: small images and what NumPy 1.24, SciPy 1.10 and scikit-image 0.19 make of them.

    apt-get install python3-numpy python3-scipy python3-skimage
    python3 write_references.py
"""
import json
import os

import numpy
import scipy.ndimage
import skimage.filters

SHAPE = (7, 9, 12)
PERCENTILES = [0, 0.1, 1, 5, 25, 33.3, 50, 75, 97.5, 99.9, 100]
BLOCK = (4, 5, 6)
BINS = 37


def image(seed, levels, noise, dtype):
    """Blobs of several brightnesses, with noise."""
    random = numpy.random.RandomState(seed)
    smooth = scipy.ndimage.gaussian_filter(random.normal(size=SHAPE), 1.2)
    cuts = numpy.quantile(smooth, numpy.linspace(0, 1, len(levels) + 1)[1:-1])
    values = numpy.asarray(levels, float)[numpy.digitize(smooth, cuts)]
    values = values + noise * random.normal(size=SHAPE)
    if numpy.issubdtype(dtype, numpy.integer):
        limits = numpy.iinfo(dtype)
        values = numpy.clip(numpy.rint(values), limits.min, limits.max)
    return values.astype(dtype)


IMAGES = {
    "uint8": image(1, [40, 120, 200], 12, numpy.uint8),
    "int8": image(2, [-90, 10, 90], 9, numpy.int8),
    "uint16": image(3, [900, 2500, 6000, 30000], 300, numpy.uint16),
    "int16": image(4, [-2000, 400, 3000], 250, numpy.int16),
    "int32": image(5, [-2000000, 4000, 900000], 50000, numpy.int32),
    "uint32": image(6, [1000, 5000, 9000], 400, numpy.uint32),
    "float32": image(7, [-1.5, 0.25, 4], 0.3, numpy.float32),
    "float64": image(8, [1e-3, 5e-3, 2e-2], 5e-4, numpy.float64),
}


def local_labels(voxels):
    labels = numpy.zeros(voxels.shape, int)
    for corner in numpy.ndindex(*[-(-n // b) for n, b in zip(voxels.shape, BLOCK)]):
        block = tuple(slice(c * b, (c + 1) * b) for c, b in zip(corner, BLOCK))
        labels[block] = voxels[block] > skimage.filters.threshold_otsu(voxels[block])
    return labels


def reference(name, voxels):
    exact = voxels.astype(float)
    # As float64: scikit-image has a bin for each integer, however far apart, and float32 edges for float32.
    binned = exact if name in ("int32", "float32") else voxels
    otsu = {
        str(classes): skimage.filters.threshold_multiotsu(binned, classes=classes, nbins=256).tolist()
        for classes in ((3,) if name in ("float32", "float64", "int32") else ())
    }
    otsu["2"] = [float(skimage.filters.threshold_otsu(binned))]
    if name in ("uint8", "int8"):
        otsu["3"] = skimage.filters.threshold_multiotsu(voxels, classes=3).tolist()
        otsu["4"] = skimage.filters.threshold_multiotsu(voxels, classes=4).tolist()
    counts, edges = numpy.histogram(exact, BINS)
    cuts = numpy.quantile(exact, [0.2, 0.5, 0.7], method="lower").tolist()
    return {
        "type": name,
        "shape": SHAPE,
        "voxels": voxels.ravel().tolist(),
        "mean": float(exact.mean()),
        "standardDeviation": float(exact.std()),
        "minimum": float(exact.min()),
        "maximum": float(exact.max()),
        "percentiles": numpy.percentile(exact, PERCENTILES).tolist(),
        "histogram": counts.tolist(),
        "otsu": otsu,
        "local": local_labels(binned).ravel().tolist(),
        "thresholds": cuts,
        "below": numpy.digitize(exact, cuts, right=True).ravel().tolist(),
        "notAbove": numpy.digitize(exact, cuts, right=False).ravel().tolist(),
    }


def upsampled(voxels, shape):
    zoom = [m / n for m, n in zip(shape, voxels.shape)]
    result = scipy.ndimage.zoom(voxels.astype(float), zoom, order=1, mode="nearest", grid_mode=True)
    assert result.shape == tuple(shape)
    return {"shape": shape, "voxels": numpy.round(result, 9).ravel().tolist()}


small = IMAGES["float64"][:3, :4, :5] * 1000
references = {
    "percentiles": PERCENTILES,
    "block": BLOCK,
    "images": [reference(name, voxels) for name, voxels in IMAGES.items()],
    "small": {"shape": small.shape, "voxels": small.ravel().tolist()},
    "upsampled": [upsampled(small, shape) for shape in ((6, 12, 20), (3, 4, 15), (4, 7, 13), (9, 4, 8))],
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "references.json"), "w") as file:
    json.dump(references, file, separators=(",", ":"))
    file.write("\n")
