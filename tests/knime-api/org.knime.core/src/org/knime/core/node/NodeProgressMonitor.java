package org.knime.core.node;

/** Signature only. */
public interface NodeProgressMonitor {
    void checkCanceled() throws CanceledExecutionException;

    Double getProgress();

    void setProgress(double progress, String message);

    String getMessage();

    void setExecuteCanceled();
}
