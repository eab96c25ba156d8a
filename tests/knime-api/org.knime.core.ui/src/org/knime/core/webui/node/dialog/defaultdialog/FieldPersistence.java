package org.knime.core.webui.node.dialog.defaultdialog;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.migration.ConfigMigration;
import org.knime.node.parameters.migration.DefaultProvider;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.migration.NodeParametersMigration;
import org.knime.node.parameters.persistence.NodeParametersPersistor;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.persistence.Persistor;

/**
 * Fields under their names, as KNIME keeps them, or by their persistors: all but private ones; texts, numbers, booleans, enums by their constants'
 * names, and groups of parameters as trees of their own. Every key has to be there unless {@link Migrate} or {@link Migration}
 * says otherwise.
 */
final class FieldPersistence {
    private FieldPersistence() {}

    static void save(Class<?> type, Object parameters, NodeSettingsWO settings) {
        try {
            for (Field field : fields(type)) {
                save(field, field.get(parameters), settings);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void save(Field field, Object value, NodeSettingsWO settings) {
        String key = key(field);
        Class<?> type = field.getType();
        if (type == Void.class) {
            return;
        }
        if (field.isAnnotationPresent(Persistor.class)) {
            persistor(field).save(value, settings);
            return;
        }
        if (type == String.class) {
            settings.addString(key, (String) value);
        } else if (type == int.class) {
            settings.addInt(key, (Integer) value);
        } else if (type == long.class) {
            settings.addLong(key, (Long) value);
        } else if (type == double.class) {
            settings.addDouble(key, (Double) value);
        } else if (type == boolean.class) {
            settings.addBoolean(key, (Boolean) value);
        } else if (type.isEnum()) {
            settings.addString(key, value == null ? null : ((Enum<?>) value).name());
        } else if (NodeParameters.class.isAssignableFrom(type)) {
            save(type, value, settings.addNodeSettings(key));
        } else {
            throw new IllegalArgumentException("No default persistor available for type '" + type + "'.");
        }
    }

    static <S> S load(NodeSettingsRO settings, Class<S> type) throws InvalidSettingsException {
        try {
            Constructor<S> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            S parameters = constructor.newInstance();
            for (Field field : fields(type)) {
                if (field.isAnnotationPresent(Persistor.class)) {
                    field.set(parameters, persistor(field).load(settings));
                } else if (field.getType() != Void.class && settings.containsKey(key(field))) {
                    field.set(parameters, value(field, settings));
                } else if (field.getType() != Void.class) {
                    setAbsent(field, parameters, settings);
                }
            }
            return parameters;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static NodeParametersPersistor<Object> persistor(Field field) {
        try {
            var constructor = field.getAnnotation(Persistor.class).value().getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void setAbsent(Field field, Object parameters, NodeSettingsRO settings)
            throws ReflectiveOperationException, InvalidSettingsException {
        Migrate migrate = field.getAnnotation(Migrate.class);
        Migration migration = field.getAnnotation(Migration.class);
        if (migration != null) {
            Constructor<? extends NodeParametersMigration> constructor =
                    migration.value().getDeclaredConstructor();
            constructor.setAccessible(true);
            field.set(parameters, migrated(constructor.newInstance(), settings));
        } else if (migrate == null || !migrate.loadDefaultIfAbsent()) {
            field.set(parameters, value(field, settings)); // says that it is missing
        }
    }

    /** By the first that matches. */
    private static Object migrated(NodeParametersMigration<?> migration, NodeSettingsRO settings)
            throws InvalidSettingsException {
        if (migration instanceof DefaultProvider<?> provider) {
            return provider.getDefault();
        }
        for (ConfigMigration<?> config : migration.getConfigMigrations()) {
            if (config.getMatcher().test(settings)) {
                return config.getLoader().load(settings);
            }
        }
        throw new InvalidSettingsException("No migration matches.");
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object value(Field field, NodeSettingsRO settings) throws InvalidSettingsException {
        String key = key(field);
        Class<?> type = field.getType();
        if (type == String.class) {
            return settings.getString(key);
        } else if (type == int.class) {
            return settings.getInt(key);
        } else if (type == long.class) {
            return settings.getLong(key);
        } else if (type == double.class) {
            return settings.getDouble(key);
        } else if (type == boolean.class) {
            return settings.getBoolean(key);
        } else if (type.isEnum()) {
            String name = settings.getString(key);
            try {
                return Enum.valueOf((Class) type, name);
            } catch (IllegalArgumentException | NullPointerException e) {
                throw new InvalidSettingsException("Invalid value '" + name + "'.", e);
            }
        }
        return load(settings.getNodeSettings(key), type);
    }

    private static String key(Field field) {
        Persist persist = field.getAnnotation(Persist.class);
        if (persist != null && !persist.configKey().isEmpty()) {
            return persist.configKey();
        }
        String name = field.getName();
        return name.startsWith("m_") ? name.substring(2) : name;
    }

    private static List<Field> fields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        if (type.getSuperclass() != null) {
            fields.addAll(fields(type.getSuperclass()));
        }
        for (Field field : type.getDeclaredFields()) {
            int modifiers = field.getModifiers();
            if (!Modifier.isStatic(modifiers) && !Modifier.isPrivate(modifiers) && !field.isSynthetic()) {
                field.setAccessible(true);
                fields.add(field);
            }
        }
        return fields;
    }
}
