"""Writes the reference values beside this script, with NumPy 1.24 and SciPy 1.10: python3 write.py

input.f4 is a part of docs/sample/brain.nii.gz (14 × 16 × 18 voxels along z, y, x; its licence and notice are in
docs/sample/NOTICE.md); sigmaS_MODE.f4 is scipy.ndimage.gaussian_filter of it, sigma in voxels, truncated at 4 sigma.
Files are float32, big-endian, row-major.
"""
import gzip
import os

import numpy as np
from scipy import ndimage

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLE = os.path.join(HERE, "../../../../docs/sample/brain.nii.gz")

with gzip.open(SAMPLE) as file:
    data = file.read()
shape = np.frombuffer(data, "<i2", 8, 40)[3:0:-1]
kind = {2: "u1", 4: "<i2"}[int(np.frombuffer(data, "<i2", 1, 70)[0])]
offset = int(np.frombuffer(data, "<f4", 1, 108)[0])
voxels = np.frombuffer(data, kind, int(np.prod(shape)), offset).reshape(shape)
part = voxels[20:34, 24:40, 18:36].astype("f4")


def write(name, values):
    values.astype(">f4").tofile(os.path.join(HERE, name + ".f4"))


write("input", part)
for sigma, mode in [("0.8", "reflect"), ("3", "reflect"), ("5", "reflect"), ("5", "constant"), ("5", "nearest"),
                    ("5", "mirror"), ("5", "wrap")]:
    write(f"sigma{sigma}_{mode}", ndimage.gaussian_filter(part, float(sigma), mode=mode, truncate=4.0))
