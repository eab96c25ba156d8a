package org.scaledimaging.knime.nodes;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;
import org.knime.core.data.filestore.FileStorePortObject;
import org.knime.core.data.filestore.FileStoreUtil;
import org.knime.core.data.filestore.internal.NotInWorkflowDataRepository;
import org.knime.core.data.filestore.internal.NotInWorkflowWriteFileStoreHandler;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.DefaultNodeProgressMonitor;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.Node;
import org.knime.core.node.NodeFactory;
import org.knime.core.node.NodeModel;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortUtil;
import org.knime.core.node.workflow.SingleNodeContainer.MemoryPolicy;
import org.knime.core.webui.node.dialog.defaultdialog.NodeParametersUtil;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOrRearrangerConsumer;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteConsumer;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.parameters.NodeParameters;
import org.scaledimaging.knime.port.ScaledImagePortObject;

/**
 * Configures and executes a node as KNIME does it: settings go through the settings tree, inputs are copied by their
 * serializers, file stores are handed on.
 */
final class NodeRunner {
    final DefaultNodeProgressMonitor progress = new DefaultNodeProgressMonitor();
    private final DefaultNodeFactory factory;
    private final Node node;
    private final Object model;
    private NodeParameters parameters;
    private String warning;
    private PortObject[] internal;

    @SuppressWarnings({"unchecked", "rawtypes"})
    NodeRunner(DefaultNodeFactory factory, NodeParameters parameters) throws Exception {
        this.factory = factory;
        this.node = new Node((NodeFactory<NodeModel>) (NodeFactory) factory);
        NotInWorkflowWriteFileStoreHandler handler = NotInWorkflowWriteFileStoreHandler.create();
        handler.open();
        node.setFileStoreHandler(handler);
        this.model = field(definition(factory), "m_model");
        this.parameters = parameters == null ? null : throughSettings(parameters);
    }

    /** Skips a test that needs the declarations' bodies. */
    static void assumeDeclarationsOnly() {
        try {
            Class.forName("org.knime.core.webui.node.dialog.NodeDialogManager");
        } catch (ClassNotFoundException e) {
            return;
        }
        assumeTrue(
                false, "Skipped: this is a real KNIME, which resolves addresses in the workflows that it runs itself");
    }

    static Object definition(DefaultNodeFactory factory) throws Exception {
        return field(factory, "m_node");
    }

    static Object field(Object owner, String name) throws Exception {
        for (Class<?> type = owner.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field.get(owner);
                }
            }
        }
        throw new NoSuchFieldException(name);
    }

    /** Saved and loaded again. */
    static <P extends NodeParameters> P throughSettings(P parameters) throws InvalidSettingsException {
        NodeSettings settings = new NodeSettings("model");
        NodeParametersUtil.saveSettings(parameters.getClass(), parameters, settings);
        @SuppressWarnings("unchecked")
        Class<P> type = (Class<P>) parameters.getClass();
        P loaded = NodeParametersUtil.loadSettings(settings, type);
        loaded.validate();
        return loaded;
    }

    Node node() {
        return node;
    }

    String warning() {
        return warning;
    }

    /** What the node kept for its view when it was executed last; null if nothing. */
    PortObject[] internal() {
        return internal;
    }

    @SuppressWarnings("unchecked")
    PortObjectSpec[] configure(PortObjectSpec... inputs) throws Exception {
        warning = null;
        Map<Integer, PortObjectSpec> outputs = new TreeMap<>();
        var configure = (ConfigureOrRearrangerConsumer<ConfigureInput, ConfigureOutput>) field(model, "m_configure");
        configure.accept(
                proxy(ConfigureInput.class, (name, arguments) -> switch (name) {
                    case "getParameters" -> parameters;
                    case "getInPortSpecs" -> inputs;
                    case "getInPortSpec" -> inputs[(Integer) arguments[0]];
                    default -> throw new UnsupportedOperationException(name);
                }),
                proxy(ConfigureOutput.class, (name, arguments) -> switch (name) {
                    case "setOutSpec" -> outputs.put((Integer) arguments[0], (PortObjectSpec) arguments[1]);
                    case "setWarningMessage" -> warning = (String) arguments[0];
                    default -> throw new UnsupportedOperationException(name);
                }));
        PortObjectSpec[] specs = new PortObjectSpec[node.getNrOutPorts() - 1];
        outputs.forEach((index, spec) -> specs[index] = spec);
        return specs;
    }

    PortObject[] execute(PortObject... inputs) throws Exception {
        warning = null;
        internal = null;
        PortObject[] copies = new PortObject[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            copies[i] = copy(inputs[i]);
        }
        ExecutionContext context = new ExecutionContext(
                progress, node, MemoryPolicy.CacheSmallInMemory, NotInWorkflowDataRepository.newInstance());
        PortObject[] outputs = new PortObject[node.getNrOutPorts() - 1];
        ExecuteConsumer execute = (ExecuteConsumer) field(model, "m_execute");
        execute.accept(
                proxy(ExecuteInput.class, (name, arguments) -> switch (name) {
                    case "getParameters" -> parameters;
                    case "getExecutionContext" -> context;
                    case "getInPortObjects" -> copies;
                    case "getInPortObject", "getInTable" -> copies[(Integer) arguments[0]];
                    default -> throw new UnsupportedOperationException(name);
                }),
                proxy(ExecuteOutput.class, (name, arguments) -> switch (name) {
                    case "setOutData" -> outputs[(Integer) arguments[0]] = (PortObject) arguments[1];
                    case "setInternalData" -> internal = (PortObject[]) arguments[0];
                    case "setWarningMessage" -> warning = (String) arguments[0];
                    default -> throw new UnsupportedOperationException(name);
                }));
        return outputs;
    }

    /** The first output image. */
    ScaledImagePortObject image(PortObject... inputs) throws Exception {
        return (ScaledImagePortObject) execute(inputs)[0];
    }

    /** The sentence that a user gets when the node is executed. */
    String failure(PortObject... inputs) throws Exception {
        return thrown(inputs).getMessage();
    }

    /** What KNIME gets, and logs, when the node is executed. */
    KNIMEException thrown(PortObject... inputs) throws Exception {
        try {
            execute(inputs);
        } catch (KNIMEException e) {
            return e;
        }
        throw new AssertionError(factory + " did not fail");
    }

    boolean isCancelled(PortObject... inputs) throws Exception {
        try {
            execute(inputs);
            return false;
        } catch (CanceledExecutionException e) {
            return true;
        }
    }

    /** What KNIME does for each consumer of a port object that is no table. */
    static PortObject copy(PortObject object) throws Exception {
        if (!(object instanceof ScaledImagePortObject image)) {
            return object;
        }
        ScaledImagePortObject.Serializer serializer = new ScaledImagePortObject.Serializer();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = PortUtil.getPortObjectZipOutputStream(bytes)) {
            serializer.savePortObject(image, out, new ExecutionMonitor());
        }
        ScaledImagePortObject copy;
        try (var in = PortUtil.getPortObjectZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            copy = serializer.loadPortObject(in, image.getSpec(), new ExecutionMonitor());
        }
        FileStoreUtil.retrieveFileStoreHandlers((FileStorePortObject) image, copy, null);
        return copy;
    }

    @FunctionalInterface
    private interface Answer {
        Object to(String method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                NodeRunner.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object value = answer.to(method.getName(), arguments);
                    return method.getReturnType() == void.class ? null : value;
                }));
    }
}
