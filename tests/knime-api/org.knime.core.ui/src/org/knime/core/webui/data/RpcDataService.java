package org.knime.core.webui.data;

/** Signature only. */
public final class RpcDataService {
    private RpcDataService() {}
}
