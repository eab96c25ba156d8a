package org.knime.node;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.FluentNodeAPI;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.parameters.NodeParameters;

/** The work of a node; fields are named as the real ones are, so that tests find them in both. */
public abstract sealed class DefaultModel implements FluentNodeAPI {
    private final Class<? extends NodeParameters> m_parametersClass;

    private DefaultModel(Class<? extends NodeParameters> parametersClass) {
        m_parametersClass = parametersClass;
    }

    static RequireModelParameters create() {
        return parametersClass -> configure -> execute -> new StandardDefaultModel(parametersClass, configure, execute);
    }

    static final class StandardDefaultModel extends DefaultModel {
        final ConfigureOrRearrangerConsumer<ConfigureInput, ConfigureOutput> m_configure;
        final ExecuteConsumer m_execute;

        private StandardDefaultModel(
                Class<? extends NodeParameters> parametersClass,
                ConfigureOrRearrangerConsumer<ConfigureInput, ConfigureOutput> configure,
                ExecuteConsumer execute) {
            super(parametersClass);
            m_configure = configure;
            m_execute = execute;
        }
    }

    /** Signature only. */
    public interface RequireModelParameters {
        RequireConfigureOrRearrangeColumns parametersClass(Class<? extends NodeParameters> parametersClass);
    }

    /** Signature only. */
    public interface RequireConfigureOrRearrangeColumns {
        RequireExecute configure(ConfigureOrRearrangerConsumer<ConfigureInput, ConfigureOutput> configure);
    }

    /** Signature only. */
    public interface ConfigureOrRearrangerConsumer<I, O> {
        void accept(I input, O output) throws InvalidSettingsException;
    }

    /** Signature only. */
    public interface ConfigureInput {
        <S extends NodeParameters> S getParameters();

        PortObjectSpec[] getInPortSpecs();

        <S extends PortObjectSpec> S getInPortSpec(int index);
    }

    /** Signature only. */
    public interface ConfigureOutput {
        <S extends PortObjectSpec> void setOutSpec(int index, S spec);

        void setWarningMessage(String message);
    }

    /** Signature only. */
    public interface ExecuteInput {
        <S extends NodeParameters> S getParameters();

        ExecutionContext getExecutionContext();

        PortObject[] getInPortObjects();

        <D extends PortObject> D getInPortObject(int portIndex);

        BufferedDataTable getInTable(int portIndex);
    }

    /** Signature only. */
    public interface ExecuteOutput {
        <D extends PortObject> void setOutData(int index, D data);

        @SuppressWarnings("unchecked")
        <D extends PortObject> void setInternalData(D... data);

        void setWarningMessage(String message);
    }

    /** Signature only. */
    public interface RequireExecute {
        DefaultModel execute(ExecuteConsumer execute);
    }

    /** Signature only. */
    public interface ExecuteConsumer {
        void accept(ExecuteInput input, ExecuteOutput output) throws CanceledExecutionException, KNIMEException;
    }
}
