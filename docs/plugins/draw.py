"""Draws the pictures of ../plugins.md from the sample image, with the command line and Debian's python3-nibabel and
python3-matplotlib: python3 draw.py
"""
import os
import subprocess
import tempfile

import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import nibabel
import numpy as np
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
COMMAND = os.path.join(HERE, "../../scaled-imaging")
BRAIN = os.path.join(HERE, "../sample/brain.nii.gz")


def run(*arguments):
    subprocess.check_call([COMMAND, *arguments, "--quiet"])


def voxels(name):
    return np.asanyarray(nibabel.load(name).dataobj).astype("f4")


def draw(name, *panels):
    figure, axes = plt.subplots(1, len(panels), figsize=(3 * len(panels), 3.7), dpi=72)
    for axis, (title, volume, brightest) in zip(axes, panels):
        slice_ = volume[:, :, volume.shape[2] // 2].T
        axis.imshow(slice_, origin="lower", cmap="gray", vmin=0, vmax=brightest, interpolation="nearest")
        axis.set_title(title, fontsize=10)
        axis.axis("off")
    figure.tight_layout()
    figure.canvas.draw()
    picture = Image.fromarray(np.asarray(figure.canvas.buffer_rgba())).convert("L").quantize(128)
    picture.save(os.path.join(HERE, name), optimize=True)


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    run("upsample", BRAIN, "fine.nii.gz", "--factor", "3")
    fine = nibabel.load("fine.nii.gz")
    noise = np.random.default_rng(1).normal(size=fine.shape).astype("f4") * 10
    nibabel.save(nibabel.Nifti1Image(voxels("fine.nii.gz") + noise, fine.affine), "noisy.nii.gz")
    run("process", "noisy.nii.gz", "filtered.nii.gz", "--plugin", "guided-filter", "-p", "radius=2",
        "--downsample-factor", "2")
    run("process", "noisy.nii.gz", "means.nii.gz", "--plugin", "guided-filter", "-p", "radius=2", "-p", "eps=1000",
        "--downsample-factor", "2")
    error = {name: np.sqrt(np.mean((voxels(name) - voxels("fine.nii.gz")) ** 2))
             for name in ("noisy.nii.gz", "filtered.nii.gz", "means.nii.gz")}
    print("root mean square of what is off:", error)
    draw("guided-filter.png", ("with noise", voxels("noisy.nii.gz"), 95), ("eps=0.01", voxels("filtered.nii.gz"), 95),
         ("eps=1000: means of boxes", voxels("means.nii.gz"), 95))

    run("segment", BRAIN, "bright.nii.gz", "--threshold", "65")
    run("process", "bright.nii.gz", "clean.nii.gz", "--plugin", "segmentation-cleaner", "-p", "maskThreshold=0.5",
        "--downsample-factor", "1")
    print("voxels in the mask:", *(np.count_nonzero(voxels(name)) for name in ("bright.nii.gz", "clean.nii.gz")))
    draw("cleaned.png", ("image", voxels(BRAIN), 95), ("voxels above 65", voxels("bright.nii.gz"), 1),
         ("without sparse objects", voxels("clean.nii.gz"), 1))
