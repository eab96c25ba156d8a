package org.knime.core.webui;

import org.knime.core.webui.page.Page;

/** Signature only. */
public interface UIExtension {
    Page getPage();
}
