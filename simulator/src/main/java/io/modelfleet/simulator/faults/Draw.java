package io.modelfleet.simulator.faults;

import io.modelfleet.protocol.ModelName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws actions by chance, the useful ones more often. */
final class Draw {
    /**
     * What a link to an Ollama or the registry may do: nothing that makes a request happen twice.
     */
    private static final List<NetworkFault> LOCAL =
            List.of(
                    NetworkFault.REFUSE,
                    NetworkFault.DELAY,
                    NetworkFault.CUT_REQUEST,
                    NetworkFault.CUT_ANSWER,
                    NetworkFault.SILENCE,
                    NetworkFault.LOSE_ANSWER);

    private static final List<NetworkFault> ALL = List.of(NetworkFault.values());
    private static final List<Victim> VICTIMS = List.of(Victim.values());
    private static final double[] SHARES = {0.3, 0.6, 1};

    private final Random random;
    private final FleetShape shape;
    private final List<Integer> localLinks;
    private final int links;

    Draw(long seed, FleetShape shape, List<Integer> localLinks, int links) {
        this.random = new Random(seed);
        this.shape = shape;
        this.localLinks = List.copyOf(localLinks);
        this.links = links;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Both included. */
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    Duration moment() {
        return Duration.ofMillis(below((int) Schedule.LENGTH.toMillis()));
    }

    /** Position of a coordinator. */
    int via() {
        return below(shape.coordinators());
    }

    private int node() {
        return below(shape.nodes());
    }

    private ModelName model() {
        List<ModelName> models = FleetShape.modelNames();
        return models.get(below(models.size()));
    }

    private List<Integer> someNodes() {
        List<Integer> nodes = new ArrayList<>();
        for (int i = 0; i < shape.nodes(); i++) {
            if (random.nextBoolean()) {
                nodes.add(i);
            }
        }
        return nodes.isEmpty() ? List.of(node()) : nodes;
    }

    List<ModelName> someModels() {
        return FleetShape.modelNames().stream().filter(model -> below(3) == 0).toList();
    }

    Action firstCall() {
        return new Action.Distribute(model(), List.of(), true, false);
    }

    Action call() {
        int dice = below(100);
        if (dice < 22) {
            return new Action.Pull(node(), model(), random.nextBoolean());
        }
        if (dice < 34) {
            return new Action.Distribute(
                    model(), List.of(), random.nextBoolean(), random.nextBoolean());
        }
        if (dice < 48) {
            return new Action.Distribute(
                    model(), someNodes(), random.nextBoolean(), random.nextBoolean());
        }
        if (dice < 62) {
            return new Action.Cancel(below(1000));
        }
        if (dice < 72) {
            return new Action.Retry(below(1000));
        }
        if (dice < 84) {
            return new Action.Remove(node(), model());
        }
        if (dice < 97) {
            return new Action.Settings(node(), "note " + below(1_000_000), below(4) != 0);
        }
        return new Action.DeleteNode(node());
    }

    Action fault() {
        int dice = below(100);
        if (dice < 58) {
            return storm();
        }
        if (dice < 70) {
            return kill(Victim.COORDINATOR);
        }
        if (dice < 78) {
            return kill(Victim.AGENT);
        }
        if (dice < 84) {
            return kill(Victim.OLLAMA);
        }
        if (dice < 94) {
            Victim victim = VICTIMS.get(below(VICTIMS.size()));
            return new Action.Pause(victim, index(victim), millis(300, 4_000));
        }
        return dice < 98 ? new Action.Empty(node()) : new Action.Corrupt(model());
    }

    private Action storm() {
        int link = below(links);
        NetworkFault fault =
                localLinks.contains(link)
                        ? LOCAL.get(below(LOCAL.size()))
                        : ALL.get(below(ALL.size()));
        double share = SHARES[below(SHARES.length)];
        return new Action.Storm(link, new Weather(fault, share), millis(300, 5_000));
    }

    private Action kill(Victim victim) {
        return new Action.Kill(victim, index(victim), millis(0, 2_500));
    }

    private int index(Victim victim) {
        return victim == Victim.COORDINATOR ? via() : node();
    }

    private Duration millis(int least, int most) {
        return Duration.ofMillis(between(least, most));
    }
}
