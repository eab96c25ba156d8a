package org.scaledimaging.knime.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.function.Function;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectHolder;
import org.knime.core.node.workflow.NativeNodeContainer;
import org.knime.core.node.workflow.NodeContext;
import org.knime.core.webui.data.DataServiceException;
import org.knime.node.DefaultView;
import org.knime.node.DefaultView.RequireViewParameters;
import org.knime.node.DefaultView.ViewInput;
import org.scaledimaging.knime.setting.Sentences;
import org.scaledimaging.knime.setting.ViewParameters;

/** The view of a node that keeps what {@link ViewContents} writes. */
public final class NodeView {
    private NodeView() {}

    /** @param description what it shows, for the node's description */
    public static Function<RequireViewParameters, DefaultView> of(String description) {
        return view -> view.parametersClass(ViewParameters.class)
                .description(description)
                .page(page -> page.fromString(ViewPage::html).relativePath("view.html"))
                .initialData(data -> data.data(NodeView::initialData))
                .dataService(service -> service.handler(input -> new ViewService(() -> kept(input))));
    }

    /** JSON: what the view's folder says, and how the settings want it shown. */
    private static String initialData(ViewInput input) {
        ViewParameters given = input.getParameters();
        ViewParameters parameters = given == null ? new ViewParameters() : given; // saved before there was a view
        try {
            ObjectNode initial = ViewService.folder(kept(input)).initial();
            initial.set("settings", parameters.json());
            return initial.toString();
        } catch (IOException e) {
            throw new DataServiceException(Sentences.of(e), e);
        }
    }

    /**
     * What this very node keeps. A node and its copies have one factory, and what KNIME hands to the view comes from the
     * factory's newest node; so the node is asked for that the call is about.
     */
    static PortObject[] kept(ViewInput input) {
        NodeContext context = NodeContext.getContext();
        PortObject[] kept = context != null
                        && context.getNodeContainer() instanceof NativeNodeContainer node
                        && node.getNodeModel() instanceof PortObjectHolder holder
                ? holder.getInternalPortObjects()
                : input.getInternalPortObjects();
        if (kept == null || kept.length == 0) {
            throw new DataServiceException("This node kept nothing to be shown: an older version executed it, or its"
                    + " settings or the size of the image forbid it.");
        }
        return kept;
    }
}
