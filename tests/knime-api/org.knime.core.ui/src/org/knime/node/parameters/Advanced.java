package org.knime.node.parameters;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Signature only. */
@Retention(RetentionPolicy.RUNTIME)
public @interface Advanced {}
