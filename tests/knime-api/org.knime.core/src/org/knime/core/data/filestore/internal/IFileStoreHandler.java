package org.knime.core.data.filestore.internal;

/** Signature only. */
public interface IFileStoreHandler {}
