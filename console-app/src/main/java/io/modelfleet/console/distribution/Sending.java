package io.modelfleet.console.distribution;

import io.modelfleet.console.client.Reply;
import io.modelfleet.console.page.Notifier;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.console.page.PageId;
import io.modelfleet.console.page.Refusals;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.DistributeReply;
import io.modelfleet.protocol.DistributeReply.Skipped;
import io.modelfleet.protocol.DistributeRequest;
import io.modelfleet.protocol.ModelName;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** Sends what was chosen, and tells what became of it. */
final class Sending {
    /** More names than this are counted, not listed. */
    private static final int LISTED = 3;

    private final PageContext context;
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable Refusal> refusal = new ReadOnlyObjectWrapper<>();

    /**
     * Why nothing was started.
     *
     * @param text the server's own words, and what to do about it
     * @param mayWait whether the same would be accepted for later
     */
    record Refusal(String text, boolean mayWait) {}

    /** What the operator hears of when it was accepted. */
    interface Accepted {
        /**
         * @param surprises nodes that were left out though the preview promised otherwise
         */
        void accepted(List<Surprise> surprises);
    }

    /**
     * @param why the server's own words
     */
    record Surprise(String node, String why) {}

    Sending(PageContext context) {
        this.context = context;
    }

    /** Whether an answer is awaited. */
    ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable Refusal> refusal() {
        return refusal.getReadOnlyProperty();
    }

    /** Something else is chosen now. */
    void forget() {
        refusal.set(null);
    }

    /**
     * @param foreseen what the operator was shown
     */
    void send(DistributeRequest request, Preview foreseen, Accepted done) {
        busy.set(true);
        refusal.set(null);
        context.threads()
                .call(
                        () -> context.api().distribute(request),
                        reply -> {
                            busy.set(false);
                            answered(request, foreseen, reply, done);
                        });
    }

    private void answered(
            DistributeRequest request,
            Preview foreseen,
            Reply<DistributeReply> reply,
            Accepted done) {
        switch (reply) {
            case Reply.Ok<DistributeReply> ok -> {
                List<Skipped> skipped = ok.value().skipped();
                List<Skipped> out = skipped == null ? List.of() : skipped;
                tell(request.modelName(), ok.value().taskIds().size(), out);
                done.accepted(
                        out.stream()
                                .filter(one -> !foreseen.foresaw(one.agentId()))
                                .map(one -> new Surprise(name(one.agentId()), one.error()))
                                .toList());
                context.pollNow().run();
            }
            case Reply.Refused<DistributeReply> no ->
                    refusal.set(
                            new Refusal(
                                    Refusals.text(no, context.messages()),
                                    request.onUnavailable() == null && Refusals.mayWait(no)));
            case Reply.Unreachable<DistributeReply> gone ->
                    refusal.set(
                            new Refusal(
                                    context.text("cause." + gone.cause())
                                            + "\n"
                                            + context.text("distribution.unreachable"),
                                    false));
        }
    }

    private void tell(ModelName model, int tasks, List<Skipped> skipped) {
        String text = context.text("distribution.sent", model, tasks);
        if (!skipped.isEmpty()) {
            String names =
                    skipped.stream()
                            .limit(LISTED)
                            .map(one -> name(one.agentId()))
                            .collect(Collectors.joining(", "));
            text +=
                    "\n"
                            + context.text(
                                    skipped.size() > LISTED
                                            ? "distribution.sent.more"
                                            : "distribution.sent.out",
                                    names,
                                    skipped.size() - LISTED);
        }
        context.notifier()
                .withAction(
                        Notifier.Level.SUCCESS,
                        text,
                        context.text("distribution.sent.show"),
                        () -> context.navigator().open(PageId.TASKS));
    }

    private String name(UUID id) {
        Agent node = context.fleet().get().agents().get(id);
        return node == null
                ? id.toString()
                : new Preview.Line(node, Outcome.STARTS, null, null).name();
    }
}
