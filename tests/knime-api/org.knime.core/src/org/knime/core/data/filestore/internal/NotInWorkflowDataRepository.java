package org.knime.core.data.filestore.internal;

import org.knime.core.data.IDataRepository;

/** Signature only. */
public final class NotInWorkflowDataRepository implements IDataRepository {
    private NotInWorkflowDataRepository() {}

    public static NotInWorkflowDataRepository newInstance() {
        return new NotInWorkflowDataRepository();
    }
}
