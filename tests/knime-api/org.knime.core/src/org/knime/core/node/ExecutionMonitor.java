package org.knime.core.node;

/** What a node is told by, and tells, whoever runs it. */
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
