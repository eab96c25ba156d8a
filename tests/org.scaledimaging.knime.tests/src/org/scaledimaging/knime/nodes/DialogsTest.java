package org.scaledimaging.knime.nodes;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.knime.core.node.NodeFactory;
import org.knime.node.DefaultNodeFactory;

/**
 * KNIME takes the parameters' annotations, which it reads when a dialog is opened: some it refuses. By reflection,
 * since the declarations of its API have no dialogs.
 */
class DialogsTest {
    private static final String WORKFLOWS = "org.knime.core.node.workflow.";
    private static final String DIALOGS = "org.knime.core.webui.node.";

    @Test
    void everyDialogOpens() throws Exception {
        assumeTrue(isRealKnime(), "no dialogs: this is not a KNIME, but declarations of its API");
        for (DefaultNodeFactory factory : NodeSetTest.factories()) {
            String data = initialData(factory);
            assertTrue(data.startsWith("{\"result\":"), () -> factory.getClass() + ": " + data);
        }
    }

    private static boolean isRealKnime() {
        try {
            Class.forName(DIALOGS + "dialog.NodeDialogManager");
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** What a dialog is opened with, as JSON. */
    private static String initialData(NodeFactory<?> factory) throws Exception {
        Object root =
                Class.forName(WORKFLOWS + "WorkflowManager").getField("ROOT").get(null);
        Object creation = Class.forName(WORKFLOWS + "WorkflowCreationHelper")
                .getConstructor(Class.forName(WORKFLOWS + "contextv2.WorkflowContextV2"))
                .newInstance(new Object[1]);
        Object workflow = call(root, "createAndAddProject", "dialogs", creation);
        Object id = call(workflow, "createAndAddNode", factory);
        Object node = call(workflow, "getNodeContainer", id);
        Class<?> contexts = Class.forName(WORKFLOWS + "NodeContext");
        contexts.getMethod("pushContext", Class.forName(WORKFLOWS + "NodeContainer"))
                .invoke(null, node);
        try {
            Object wrapped = Class.forName(DIALOGS + "NodeWrapper")
                    .getMethod("of", Class.forName(WORKFLOWS + "NodeContainer"))
                    .invoke(null, node);
            Object dialogs = Class.forName(DIALOGS + "dialog.NodeDialogManager")
                    .getMethod("getInstance")
                    .invoke(null);
            return (String) call(call(dialogs, "getDataServiceManager"), "callInitialDataService", wrapped);
        } finally {
            contexts.getMethod("removeLastContext").invoke(null);
            call(root, "removeProject", call(workflow, "getID"));
        }
    }

    private static Object call(Object target, String name, Object... arguments) throws Exception {
        Method method = Arrays.stream(target.getClass().getMethods())
                .filter(candidate -> candidate.getName().equals(name)
                        && candidate.getParameterCount() == arguments.length
                        && accepts(candidate.getParameterTypes(), arguments))
                .findFirst()
                .orElseThrow(() -> new NoSuchMethodException(target.getClass() + "." + name));
        return method.invoke(target, arguments);
    }

    private static boolean accepts(Class<?>[] types, Object[] arguments) {
        for (int i = 0; i < types.length; i++) {
            if (!types[i].isInstance(arguments[i])) {
                return false;
            }
        }
        return true;
    }
}
