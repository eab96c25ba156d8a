package org.scaledimaging.engine.zarr.store;

/**
 * What a server says of several files, to tell later whether one of them was changed.
 *
 * @param size in bytes, all together
 * @param modified when the last of them was changed, in milliseconds since 1970; 0 where the server does not say
 * @param tags their entity tags; empty where the server tells none
 */
public record RemoteFiles(long size, long modified, String tags) {}
