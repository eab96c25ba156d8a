package org.knime.core.node.config;

import org.knime.core.node.config.base.ConfigBaseRO;

/** Signature only. */
public interface ConfigRO extends ConfigBaseRO {}
