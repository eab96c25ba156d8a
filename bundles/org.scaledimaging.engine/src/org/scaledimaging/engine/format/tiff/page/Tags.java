package org.scaledimaging.engine.format.tiff.page;

/** The numbers of the tags that are looked at: TIFF 6.0, its supplements, and what is in common use. */
public final class Tags {
    /** Whether a page is at reduced resolution (1) or a mask (4). */
    public static final int NEW_SUBFILE_TYPE = 254;
    /** Pixels along x. */
    public static final int IMAGE_WIDTH = 256;
    /** Pixels along y. */
    public static final int IMAGE_LENGTH = 257;
    /** Bits of each sample. */
    public static final int BITS_PER_SAMPLE = 258;
    /** How tiles or strips are compressed. */
    public static final int COMPRESSION = 259;
    /** What samples mean: 1, black is 0; 2, red, green and blue. */
    public static final int PHOTOMETRIC = 262;

    static final int FILL_ORDER = 266;
    /** What the image is, in words; OME-XML and ImageJ's properties stand there. */
    public static final int IMAGE_DESCRIPTION = 270;

    static final int STRIP_OFFSETS = 273;
    /** Samples per pixel. */
    public static final int SAMPLES_PER_PIXEL = 277;

    static final int ROWS_PER_STRIP = 278;
    static final int STRIP_BYTE_COUNTS = 279;
    /** Pixels per unit of length, along x. */
    public static final int X_RESOLUTION = 282;
    /** Pixels per unit of length, along y. */
    public static final int Y_RESOLUTION = 283;

    /** Whether samples are interleaved (1) or have tiles of their own (2). */
    public static final int PLANAR_CONFIGURATION = 284;
    /** That unit: 1 none, 2 inch, 3 centimetre. */
    public static final int RESOLUTION_UNIT = 296;

    /** The program that wrote the file. */
    public static final int SOFTWARE = 305;
    /** What is done before compressing. */
    public static final int PREDICTOR = 317;
    /** Pixels of a tile along x. */
    public static final int TILE_WIDTH = 322;
    /** Pixels of a tile along y. */
    public static final int TILE_LENGTH = 323;
    /** Where tiles are in the file. */
    public static final int TILE_OFFSETS = 324;
    /** How many bytes tiles have in the file. */
    public static final int TILE_BYTE_COUNTS = 325;
    /** Where the directories are that belong to this one. */
    public static final int SUB_IFDS = 330;
    /** What samples beyond the colours are: 1 and 2 are opacity. */
    public static final int EXTRA_SAMPLES = 338;
    /** Whether samples are unsigned (1), signed (2) or floating point (3). */
    public static final int SAMPLE_FORMAT = 339;

    static final int IMAGE_DEPTH = 32997;
    static final int TILE_DEPTH = 32998;
    /** MetaMorph's (UIC1): pairs of a kind and a value, or the place of one. */
    public static final int STK_SETTINGS = 33628;
    /** MetaMorph's (UIC2): as many values as a stack has planes, each of six numbers. */
    public static final int STK_PLANES = 33629;
    /** Zeiss LSM's own metadata. */
    public static final int LSM = 34412;
    /** What Micro-Manager says of a page, JSON. */
    public static final int MICRO_MANAGER = 51123;

    static final int JPEG_TABLES = 347;
    static final int Y_CB_CR_COEFFICIENTS = 529;
    static final int Y_CB_CR_SUBSAMPLING = 530;
    static final int REFERENCE_BLACK_WHITE = 532;

    private Tags() {}
}
