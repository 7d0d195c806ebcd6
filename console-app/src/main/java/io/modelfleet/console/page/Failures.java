package io.modelfleet.console.page;

import io.modelfleet.console.client.ConnectionState.Failure;
import io.modelfleet.console.client.Reply;
import io.modelfleet.console.support.Messages;

/** Says in words why there is no answer. */
public final class Failures {
    private static final int UNAUTHORIZED = 401;

    private Failures() {}

    public static String text(Failure failure, Messages messages) {
        return switch (failure) {
            case Failure.NoAnswer none -> messages.text("cause." + none.cause());
            case Failure.Refusal no -> refusal(no.status(), no.text(), messages);
        };
    }

    /** Empty where nothing failed. */
    public static String text(Reply<?> reply, Messages messages) {
        return switch (reply) {
            case Reply.Ok<?> ok -> "";
            case Reply.Refused<?> no -> refusal(no.status(), no.text(), messages);
            case Reply.Unreachable<?> gone ->
                    gone.cause() == Reply.Cause.NOT_A_COORDINATOR
                            ? messages.text("cause." + gone.cause()) + "\n" + gone.detail()
                            : messages.text("cause." + gone.cause());
        };
    }

    private static String refusal(int status, String text, Messages messages) {
        return status == UNAUTHORIZED ? messages.text("connect.token.wrong", text) : text;
    }
}
