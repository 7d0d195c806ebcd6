package io.modelfleet.console.overview;

import io.modelfleet.console.support.Formats;
import io.modelfleet.console.support.Messages;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Says the fleet's figures in the chosen language. */
final class Figures {
    private final Messages messages;
    private final Formats formats;

    Figures(Messages messages, Formats formats) {
        this.messages = messages;
        this.formats = formats;
    }

    Card card(CardId id, Summary sum, Holdings holdings) {
        return switch (id) {
            case NODES -> nodes(sum);
            case MEMORY ->
                    amount(
                            sum.gpuMemory(),
                            formats::gpuMemory,
                            messages.text("overview.card.memory.text", sum.gpus()));
            case DISK -> disk(sum.disk());
            case MODELS ->
                    new Card(
                            formats.count(holdings.names().size()),
                            -1,
                            messages.text("overview.card.models.text", holdings.copies()));
            case TASKS -> tasks(sum);
        };
    }

    private Card nodes(Summary sum) {
        int here = sum.online() + sum.paused();
        return new Card(
                messages.text("overview.card.nodes.figure", here, here + sum.offline()),
                -1,
                sum.offline() + sum.paused() == 0
                        ? messages.text("overview.card.nodes.all")
                        : messages.text("overview.card.nodes.text", sum.offline(), sum.paused()));
    }

    private Card disk(Amount disk) {
        Long free = disk.free();
        return amount(
                disk,
                formats::bytes,
                free == null ? "" : messages.text("overview.card.disk.text", formats.bytes(free)));
    }

    /** What is in use, or, where nobody knows that, what there is. */
    private Card amount(Amount amount, Function<@Nullable Long, String> format, String text) {
        if (amount.used() == null) {
            return new Card(format.apply(amount.total()), -1, text);
        }
        String total = messages.text("overview.card.of", format.apply(amount.total()));
        return new Card(format.apply(amount.used()), amount.share(), total + "\n" + text);
    }

    private Card tasks(Summary sum) {
        String speed = formats.speed(sum.speed());
        return new Card(
                formats.count(sum.moving() + sum.waiting()),
                -1,
                speed.isEmpty()
                        ? messages.text("overview.card.tasks.text", sum.waiting())
                        : messages.text("overview.card.tasks.speed", sum.waiting(), speed));
    }
}
