package org.knime.core.webui.data;

/** Signature only. */
public interface DisposeDataServicesOnNodeStateChange {}
