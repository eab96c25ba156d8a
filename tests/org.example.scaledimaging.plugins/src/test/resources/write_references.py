"""Writes triangle.json: small images and their thresholds by scikit-image 0.19.

    apt-get install python3-numpy python3-skimage
    python3 write_references.py
"""

import json
from pathlib import Path

import numpy as np
import skimage
from skimage.filters import threshold_triangle


def images():
    random = np.random.default_rng(1977)
    shape = (6, 7, 8)
    tail = random.gamma(2.0, 12.0, shape)
    yield "bright tail, uint8", np.clip(tail, 0, 255).astype(np.uint8), None
    yield "dark tail, uint8", (255 - np.clip(tail, 0, 255)).astype(np.uint8), None
    yield "bright tail, float32", tail.astype(np.float32), 256
    yield "dark tail, float32, 64 bins", (-tail).astype(np.float32), 64
    yield "int16 below zero", np.round(-3 * tail).astype(np.int16), None


def main():
    references = []
    for name, image, bins in images():
        threshold = threshold_triangle(image, nbins=bins or 256)
        references.append(
            {
                "name": name,
                "type": image.dtype.name,
                "shape": image.shape,
                "bins": 0 if bins in (None, 256) else bins,
                "threshold": float(threshold),
                "voxels": image.ravel().astype(float).tolist(),
            }
        )
    text = json.dumps({"scikit-image": skimage.__version__, "images": references})
    Path(__file__).with_name("triangle.json").write_text(text + "\n")


main()
