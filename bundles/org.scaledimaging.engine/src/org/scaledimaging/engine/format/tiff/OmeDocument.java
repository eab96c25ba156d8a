package org.scaledimaging.engine.format.tiff;

import java.util.List;
import java.util.Optional;

/**
 * The content of an OME-XML.
 *
 * @param images that it describes, in its order
 * @param metadataFile where the metadata are, should they not be here
 * @param own our annotation, should there be one
 */
record OmeDocument(List<OmeXml> images, Optional<String> metadataFile, TiffAttributes own) {}
