package org.knime.core.node;

/** Tells a node whether to stop, and whoever runs it how far it is. */
public class ExecutionMonitor {
    private final NodeProgressMonitor monitor;

    public ExecutionMonitor() {
        this(new DefaultNodeProgressMonitor());
    }

    public ExecutionMonitor(NodeProgressMonitor monitor) {
        this.monitor = monitor;
    }

    public void checkCanceled() throws CanceledExecutionException {
        monitor.checkCanceled();
    }

    public void setProgress(double progress, String message) {
        monitor.setProgress(progress, message);
    }
}
