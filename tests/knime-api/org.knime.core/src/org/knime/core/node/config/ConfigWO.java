package org.knime.core.node.config;

import org.knime.core.node.config.base.ConfigBaseWO;

/** Signature only. */
public interface ConfigWO extends ConfigBaseWO {}
