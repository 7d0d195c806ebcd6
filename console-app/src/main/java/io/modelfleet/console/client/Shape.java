package io.modelfleet.console.client;

import io.modelfleet.protocol.FleetException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks that an answer has everything that its record promises. JSON of another shape can be read
 * as a record too, with {@code null} where nothing may be {@code null}; without this check a page
 * would stumble over it much later.
 */
final class Shape {
    private static final ClassValue<List<Method>> REQUIRED =
            new ClassValue<>() {
                @Override
                protected List<Method> computeValue(Class<?> type) {
                    return Arrays.stream(type.getRecordComponents())
                            .filter(Shape::isRequired)
                            .map(RecordComponent::getAccessor)
                            .toList();
                }
            };

    private Shape() {}

    /**
     * @return the value itself
     * @throws FleetException when something is missing in it
     */
    static <T> T complete(T value) {
        check(value);
        return value;
    }

    private static void check(Object value) {
        if (value instanceof List<?> list) {
            list.forEach(Shape::element);
        } else if (value instanceof Record record) {
            REQUIRED.get(record.getClass())
                    .forEach(
                            accessor -> check(present(accessor.getName(), read(accessor, record))));
        }
    }

    private static void element(@Nullable Object value) {
        check(present("[]", value));
    }

    private static Object present(String field, @Nullable Object value) {
        if (value == null) {
            throw FleetException.missingField(field);
        }
        return value;
    }

    private static boolean isRequired(RecordComponent component) {
        return !component.getType().isPrimitive()
                && !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static @Nullable Object read(Method accessor, Record record) {
        try {
            return accessor.invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a public record's accessor cannot fail", e);
        }
    }
}
