/**
 * Waiting that ends when it is no use any more: who cancels what a thread does, and the job that it works for. It knows
 * neither tasks nor images.
 */
package org.scaledimaging.engine.execute.wait;
