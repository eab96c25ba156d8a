package org.knime.node;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.knime.core.node.FluentNodeAPI;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultModel.RequireModelParameters;
import org.knime.node.DefaultView.RequireViewParameters;
import org.knime.node.RequirePorts.DynamicPortsAdder;

/** A node as its fluent definition says. */
public final class DefaultNode implements FluentNodeAPI {
    final String m_name;
    final String m_icon;
    final String m_shortDescription;
    final String m_fullDescription;
    final DefinedPorts m_ports;
    final DefaultModel m_model;
    DefaultView m_view;
    NodeType m_nodeType;
    List<String> m_keywords = List.of();

    private DefaultNode(
            String name,
            String icon,
            String shortDescription,
            String fullDescription,
            Consumer<DynamicPortsAdder> ports,
            DefaultModel model) {
        m_name = name;
        m_icon = icon;
        m_shortDescription = shortDescription;
        m_fullDescription = fullDescription;
        m_ports = DefinedPorts.of(ports);
        m_model = model;
    }

    public static RequireName create() {
        return name -> icon ->
                shortDescription -> fullDescription -> (major, minor, revision) -> ports -> model -> new DefaultNode(
                        name, icon, shortDescription, fullDescription, ports, model.apply(DefaultModel.create()));
    }

    public DefaultNode addView(Function<RequireViewParameters, DefaultView> view) {
        m_view = view.apply(DefaultView.create());
        return this;
    }

    public DefaultNode nodeType(NodeType nodeType) {
        m_nodeType = nodeType;
        return this;
    }

    public DefaultNode keywords(String... keywords) {
        m_keywords = List.of(keywords);
        return this;
    }

    public DefaultNode addExternalResource(String href, String description) {
        return this;
    }

    /** Signature only. */
    public interface RequireName {
        RequireIcon name(String name);
    }

    /** Signature only. */
    public interface RequireIcon {
        RequireShortDescription icon(String icon);
    }

    /** Signature only. */
    public interface RequireShortDescription {
        RequireFullDescription shortDescription(String shortDescription);
    }

    /** Signature only. */
    public interface RequireFullDescription {
        RequireSinceVersion fullDescription(String fullDescription);
    }

    /** Signature only. */
    public interface RequireSinceVersion {
        RequirePorts sinceVersion(int major, int minor, int revision);
    }

    /** Signature only. */
    public interface RequireModel {
        DefaultNode model(Function<RequireModelParameters, DefaultModel> model);
    }
}
