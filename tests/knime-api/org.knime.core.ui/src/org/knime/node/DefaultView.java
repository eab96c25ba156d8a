package org.knime.node;

import java.util.function.Function;
import org.knime.core.node.FluentNodeAPI;
import org.knime.core.node.port.PortObject;
import org.knime.core.webui.page.Page;
import org.knime.core.webui.page.Page.RequireFromFileOrString;
import org.knime.node.parameters.NodeParameters;

/** The view of a node; fields are named as the real ones are, so that tests find them in both. */
public final class DefaultView implements FluentNodeAPI {
    private final Class<? extends NodeParameters> m_parametersClass;
    final String m_description;
    final Page m_page;
    Function<ViewInput, ?> initialData;
    Function<ViewInput, Object> handler;

    private DefaultView(Class<? extends NodeParameters> parametersClass, String description, Page page) {
        m_parametersClass = parametersClass;
        m_description = description;
        m_page = page;
    }

    static RequireViewParameters create() {
        return parametersClass ->
                description -> page -> new DefaultView(parametersClass, description, page.apply(Page.create()));
    }

    public <D> DefaultView initialData(Function<RequireInitialData, DefaultInitialData<D>> data) {
        this.initialData = data.apply(DefaultInitialData.create()).data;
        return this;
    }

    public DefaultView dataService(Function<RequireDataService, DefaultDataService> dataService) {
        RequireDataService required = SingleHandlerDataService::new;
        handler = ((SingleHandlerDataService) dataService.apply(required)).handler;
        return this;
    }

    /** Signature only. */
    public interface RequireViewParameters {
        RequireDescription parametersClass(Class<? extends NodeParameters> parametersClass);

        default RequireDescription withoutParameters() {
            return parametersClass(null);
        }
    }

    /** Signature only. */
    public interface RequireDescription {
        RequirePage description(String description);
    }

    /** Signature only. */
    public interface RequirePage {
        DefaultView page(Function<RequireFromFileOrString, Page> page);
    }

    /** Signature only. */
    public interface RequireInitialData {
        <D> DefaultInitialData<D> data(Function<ViewInput, D> data);
    }

    /** Signature only. */
    public interface RequireDataService {
        SingleHandlerDataService handler(Function<ViewInput, Object> handler);
    }

    /** Signature only. */
    public static final class DefaultInitialData<D> implements FluentNodeAPI {
        final Function<ViewInput, D> data;

        DefaultInitialData(Function<ViewInput, D> data) {
            this.data = data;
        }

        static RequireInitialData create() {
            return new RequireInitialData() {
                @Override
                public <D> DefaultInitialData<D> data(Function<ViewInput, D> supplier) {
                    return new DefaultInitialData<>(supplier);
                }
            };
        }
    }

    /** Signature only. */
    public abstract static class DefaultDataService implements FluentNodeAPI {}

    /** Signature only. */
    public static final class SingleHandlerDataService extends DefaultDataService {
        final Function<ViewInput, Object> handler;

        SingleHandlerDataService(Function<ViewInput, Object> handler) {
            this.handler = handler;
        }
    }

    /** Signature only. */
    public interface ViewInput {
        <S extends NodeParameters> S getParameters();

        PortObject[] getInternalPortObjects();
    }
}
