package org.knime.core.node.port;

import java.io.IOException;
import javax.swing.JComponent;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;

/** Signature only; the real one's serializer writes what {@code save} says as XML. */
public abstract class AbstractSimplePortObjectSpec implements PortObjectSpec {

    public AbstractSimplePortObjectSpec() {}

    protected abstract void save(ModelContentWO model);

    protected abstract void load(ModelContentRO model) throws InvalidSettingsException;

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }

    /** Signature only. */
    public abstract static class AbstractSimplePortObjectSpecSerializer<T extends AbstractSimplePortObjectSpec>
            extends PortObjectSpecSerializer<T> {

        @Override
        public T loadPortObjectSpec(PortObjectSpecZipInputStream in) throws IOException {
            throw new UnsupportedOperationException();
        }

        @Override
        public void savePortObjectSpec(T spec, PortObjectSpecZipOutputStream out) throws IOException {
            throw new UnsupportedOperationException();
        }

        public static <T extends AbstractSimplePortObjectSpec> void savePortObjectSpecToModelSettings(
                T spec, ModelContentWO model) {
            model.addString("class_name", spec.getClass().getName());
            spec.save(model.addModelContent("model"));
        }

        @SuppressWarnings("unchecked")
        public static <T extends AbstractSimplePortObjectSpec> T loadPortObjectSpecFromModelSettings(
                ModelContentRO model)
                throws IOException, ClassNotFoundException, InstantiationException, IllegalAccessException {
            try {
                Class<?> type = PortTypeRegistry.specClass(model.getString("class_name"));
                AbstractSimplePortObjectSpec spec =
                        (AbstractSimplePortObjectSpec) type.getConstructor().newInstance();
                spec.load(model.getModelContent("model"));
                return (T) spec;
            } catch (InvalidSettingsException | ReflectiveOperationException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }
}
