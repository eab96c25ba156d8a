package org.knime.core.node.workflow;

import java.util.ArrayDeque;
import java.util.Deque;

/** The node that a thread works for. */
public final class NodeContext {
    private static final ThreadLocal<Deque<NodeContext>> STACK = ThreadLocal.withInitial(ArrayDeque::new);

    private final NodeContainer container;

    private NodeContext(NodeContainer container) {
        this.container = container;
    }

    public static NodeContext getContext() {
        return STACK.get().peek();
    }

    public NodeContainer getNodeContainer() {
        return container;
    }

    public static void pushContext(NodeContainer nodeContainer) {
        STACK.get().push(new NodeContext(nodeContainer));
    }

    public static void removeLastContext() {
        STACK.get().pop();
    }
}
