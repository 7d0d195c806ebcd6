package io.modelfleet.coordinator.db;

import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbStatement;
import io.helidon.dbclient.DbStatementDml;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stands before Helidon's client, so that a lost database looks the same wherever it shows. Rows
 * are read whole while the guard watches: Helidon would fetch them while its caller goes through
 * them.
 */
final class Guard {
    private final Watch watch;

    Guard(Watch watch) {
        this.watch = watch;
    }

    DbClient client(DbClient client) {
        return watched(DbClient.class, client);
    }

    private <T> T watched(Class<T> type, T target) {
        return type.cast(
                Proxy.newProxyInstance(
                        Guard.class.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) -> call(proxy, target, method, arguments)));
    }

    // A statement that answers itself, so that calls can be chained.
    @SuppressWarnings("ReferenceEquality")
    private <T> @Nullable Object call(
            Object proxy, T target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        boolean write = target instanceof DbStatementDml && method.getName().equals("execute");
        if (write) {
            watch.beforeWrite();
        }
        try {
            Object result = method.invoke(target, arguments);
            return result == target ? proxy : result(method, result, write);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? watch.failed(failure, write)
                    : e.getCause();
        }
    }

    private @Nullable Object result(Method method, @Nullable Object result, boolean write) {
        if (result instanceof DbExecute execute) {
            return watched(DbExecute.class, execute);
        }
        if (result instanceof DbStatement<?> statement) {
            return watched(method.getReturnType().asSubclass(DbStatement.class), statement);
        }
        Object answer = result instanceof Stream<?> rows ? read(rows) : result;
        watch.worked(write);
        return answer;
    }

    private Stream<?> read(Stream<?> rows) {
        try (rows) {
            return rows.toList().stream();
        } catch (RuntimeException e) {
            throw watch.failed(e, false);
        }
    }
}
