"""Writes the reference values beside this script, with NumPy 1.24, SciPy 1.10 and scikit-image 0.19: python3 write.py

Each line of cases.txt is a case, its columns separated by |: name, plugin, parameters, axes, shape, downsample factor of
each spatial axis, file of the image, file of the result, how far a value may be off (in parts of the result's range).
Files are float64, big-endian, row-major.

Whatever can be computed by a library is: block means by NumPy, interpolation, Gaussian, box means and opening by SciPy,
components by scikit-image, percentiles by NumPy.
"""
import glob
import os
import warnings

import numpy as np
from scipy import ndimage
from skimage import measure

ROOT = os.path.dirname(os.path.abspath(__file__))
CASES = []


# Downsampling and interpolation.

def block_means(image, factors):
    """Means of the finite values of blocks; NaN where there is none."""
    padding = [(0, -length % factor) for length, factor in zip(image.shape, factors)]
    padded = np.pad(np.where(np.isfinite(image), image, np.nan), padding, constant_values=np.nan)
    shape = [n for length, factor in zip(padded.shape, factors) for n in (length // factor, factor)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of blocks without a value
        return np.nanmean(padded.reshape(shape), axis=tuple(range(1, 2 * image.ndim, 2)))


def upsample(field, shape, factors):
    """Linear between the centres of low-resolution voxels, constant beyond."""
    grids = np.meshgrid(*[(np.arange(length) + 0.5) / factor - 0.5 for length, factor in zip(shape, factors)],
                        indexing="ij")
    return ndimage.map_coordinates(field, grids, order=1, mode="nearest")


def keeping_what_is_not_finite(image, result):
    return np.where(np.isfinite(image), result, image)


# The plugins.

def gaussian(low, sigma):
    known = np.isfinite(low)
    values = ndimage.gaussian_filter(np.where(known, low, 0), sigma, mode="reflect", truncate=4)
    return values / ndimage.gaussian_filter(known.astype(float), sigma, mode="reflect", truncate=4)


def opening(low, radius):
    known = np.isfinite(low)
    if known.all():
        return ndimage.grey_opening(low, size=(2 * radius + 1,) * low.ndim, mode="reflect")
    size = 2 * radius + 1
    eroded = ndimage.minimum_filter(np.where(known, low, np.inf), size, mode="constant", cval=np.inf)
    opened = ndimage.maximum_filter(np.where(np.isfinite(eroded), eroded, -np.inf), size, mode="constant",
                                    cval=-np.inf)
    return np.where(np.isfinite(opened), opened, 0)


def background(image, factors, method, sigma=10, radius=10):
    low = block_means(image, factors)
    field = gaussian(low, sigma) if method == "gaussian" else opening(low, radius)
    with np.errstate(invalid="ignore"):
        return keeping_what_is_not_finite(image, np.maximum(image - upsample(field, image.shape, factors), 0))


def box_mean(values, known, radius):
    """The mean of what is known in boxes that are cut off at the border."""
    size = 2 * radius + 1
    counts = np.rint(ndimage.uniform_filter(known.astype(float), size, mode="constant") * size ** values.ndim)
    sums = ndimage.convolve(np.where(known, values, 0), np.ones((size,) * values.ndim), mode="constant")
    with np.errstate(invalid="ignore", divide="ignore"):
        return sums / counts, counts > 0


def guided_filter(image, factors, radius, eps):
    low = block_means(image, factors)
    known = np.isfinite(low)
    variance_limit = eps * (np.nanmax(low) - np.nanmin(low)) ** 2
    shift = np.nanmean(low)
    mean, there = box_mean(low - shift, known, radius)
    square, _ = box_mean((low - shift) ** 2, known, radius)
    variance = square - mean ** 2
    a = variance / (variance + variance_limit)
    b = (mean + shift) * (1 - a)
    means = [box_mean(x, there, radius)[0] for x in (a, b)]
    a, b = (upsample(np.where(np.isfinite(x), x, 0), image.shape, factors) for x in means)
    with np.errstate(invalid="ignore"):
        return keeping_what_is_not_finite(image, a * image + b)


def segmentation_cleaner(image, factors, maskThreshold=50, maxExtent=0.15, exclusionThreshold=50):
    low = block_means(image, factors)
    labels = measure.label(low > maskThreshold)
    sparse = [region.label for region in measure.regionprops(labels) if region.extent < maxExtent]
    exclusion = upsample(np.where(np.isin(labels, sparse), 100.0, 0.0), image.shape, factors)
    return np.where(exclusion >= exclusionThreshold, 0, image)


def normalize(image, factors, scope="volume", lowPercentile=1, highPercentile=99, outputMin=0, outputMax=1,
              clamp="false", axes="tczyx"):
    """Of an image with all five axes."""
    low = np.stack([[block_means(volume, factors) for volume in time] for time in image])
    result = np.empty_like(image)
    times, channels = image.shape[:2]
    for t in range(times):
        for c in range(channels):
            part = {"volume": low[t, c], "channel": low[:, c], "image": low}[scope]
            ends = np.percentile(part[np.isfinite(part)], [lowPercentile, highPercentile])
            result[t, c] = np.interp(image[t, c], ends, [outputMin, outputMax]) if clamp == "true" else (
                outputMin + (image[t, c] - ends[0]) / (ends[1] - ends[0]) * (outputMax - outputMin))
    return keeping_what_is_not_finite(image, result)


# The images.

def texture(shape, seed):
    """Something smooth, some bright blobs, noise: whole numbers over 8, so that float32 holds them."""
    random = np.random.default_rng(seed)
    smooth = ndimage.gaussian_filter(random.normal(size=shape), 3, mode="nearest") * 300
    blobs = ndimage.gaussian_filter((random.random(shape) > 0.98) * 1.0, 1, mode="nearest") * 900
    return np.rint(8 * (300 + smooth + blobs + random.normal(size=shape) * 10)) / 8


def with_holes(image, seed):
    """Some values missing, and a corner without any."""
    random = np.random.default_rng(seed)
    holes = image.copy()
    holes[random.random(image.shape) > 0.8] = np.nan
    holes[(slice(0, 4),) * image.ndim] = np.nan
    holes.flat[-1] = np.inf
    holes.flat[-9] = -np.inf
    return holes


def objects(shape, seed):
    """A mask of 0 and 100: frames and diagonals, which are sparse, balls and boxes, which are not, and dust."""
    random = np.random.default_rng(seed)
    mask = np.zeros(shape)
    grid = np.stack(np.meshgrid(*[np.arange(length) for length in shape], indexing="ij"))
    extent = min(shape)
    for k in range(extent - 4):  # a diagonal, one voxel thick: connected by corners alone
        mask[(k,) * len(shape)] = 100
    far = [slice(length - 5, length - 2) for length in shape]
    mask[tuple(far)] = 100
    centre = np.array([length * f for length, f in zip(shape, (0.2, 0.75, 0.3))]).reshape((-1,) + (1,) * len(shape))
    mask[((grid - centre) ** 2).sum(axis=0) < 4] = 100
    last = [slice(0, 1)] * (len(shape) - 2)
    mask[tuple(last) + (slice(0, None), shape[-1] - 1)] = 100  # a line along the border: it fills its box
    mask[tuple(last) + (shape[-2] - 1, slice(3, None))] = 100  # and one across, which makes an angle of it
    mask[random.random(shape) > 0.995] = 80
    return mask


# Writing.

def store(name, values):
    np.asarray(values, ">f8").tofile(os.path.join(ROOT, name + ".f8"))


def case(name, plugin, image_name, image, axes, factors, function, tolerance, **parameters):
    result = function(image, factors, **parameters)
    assert np.isfinite(result[np.isfinite(image)]).all(), name
    store(name, result)
    CASES.append("|".join([
        name, plugin, " ".join(f"{key}={value}" for key, value in parameters.items()), axes,
        ",".join(map(str, image.shape)), ",".join(map(str, factors)), image_name, name, str(tolerance)]))


for old in glob.glob(os.path.join(ROOT, "*.f8")):
    os.remove(old)
volume = texture((9, 11, 10), 1)
slice2d = texture((17, 13), 2)
images = {
    "volume": (volume, "zyx"),
    "holes": (with_holes(volume, 3), "zyx"),
    "slice": (slice2d, "yx"),
    "thin": (texture((1, 9, 14), 4), "zyx"),
    "line": (texture((12, 1, 1), 5), "zyx"),
}
for image_name, (image, axes) in images.items():
    store(image_name, image)
    whole = (1,) * image.ndim
    coarse = {"volume": (2, 3, 2), "holes": (2, 2, 2), "slice": (3, 2), "thin": (1, 2, 4), "line": (5, 1, 1)}[image_name]
    for factors, kind in (whole, "fine"), (coarse, "coarse"):
        for r in 1, 3:
            if r == 3 and kind == "coarse":
                continue
            exact = 0 if kind == "fine" else 1e-12
            case(f"opening-{r}-{image_name}-{kind}", "background", image_name, image, axes, factors, background, exact,
                 method="opening", radius=r)
        case(f"gaussian-{image_name}-{kind}", "background", image_name, image, axes, factors, background, 1e-12,
             method="gaussian", sigma=1.5)
        case(f"guided-{image_name}-{kind}", "guided-filter", image_name, image, axes, factors, guided_filter, 1e-11,
             radius=2, eps=0.02)
case("opening-wide", "background", "volume", volume, "zyx", (1, 1, 1), background, 0, method="opening", radius=40)
case("guided-wide", "guided-filter", "volume", volume, "zyx", (2, 2, 2), guided_filter, 1e-11, radius=30, eps=0.001)

solid = objects((14, 16, 18), 6)
flat = objects((24, 20), 7)
store("objects", solid)
store("objects-flat", flat)
for image_name, image, axes in ("objects", solid, "zyx"), ("objects-flat", flat, "yx"):
    for factor in 1, 2:
        case(f"cleaned-{image_name}-{factor}", "segmentation-cleaner", image_name, image, axes, (factor,) * image.ndim,
             segmentation_cleaner, 0, maskThreshold=45 if factor == 1 else 12)
case("cleaned-more", "segmentation-cleaner", "objects", solid, "zyx", (2, 2, 2), segmentation_cleaner, 0,
     maskThreshold=12, maxExtent=0.4, exclusionThreshold=30)

many = np.stack([[texture((4, 6, 5), 10 * t + c) * (1 + 2 * c) + 50 * t for c in range(2)] for t in range(3)])
many[1, 0, :2] = np.nan
many[2, 1, 3, 3, 3] = np.inf
store("many", many)
for scope in "volume", "channel", "image":
    case(f"normalized-{scope}", "normalize", "many", many, "tczyx", (2, 2, 2), normalize, 1e-12, scope=scope)
case("normalized-clamped", "normalize", "many", many, "tczyx", (1, 1, 1), normalize, 1e-12, scope="channel",
     lowPercentile=12.5, highPercentile=66.6, outputMin=-100, outputMax=1000, clamp="true")

with open(os.path.join(ROOT, "cases.txt"), "w") as file:
    file.write("\n".join(CASES) + "\n")
