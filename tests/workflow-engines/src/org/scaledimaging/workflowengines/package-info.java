/** Workflow engines run what {@code workflows/} has for them; results are those of the command line, to the byte. */
package org.scaledimaging.workflowengines;
