/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Generates programs. The same seed gives the same program, everywhere and always. */
final class ProgramGenerator
{
    private static final int STEPS_MIN = 15;
    private static final int STEPS_MORE = 35;
    private static final int SESSION_TIMEOUT_MS = 60_000;

    private final long seed;
    private final Vocabulary words;
    private final Calls calls;
    private final boolean onRoot;
    private final boolean withQuota;
    private final int clients;

    private ProgramGenerator(final long seed)
    {
        final Random random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        this.seed = seed;
        onRoot = random.nextInt(20) == 0;
        withQuota = !onRoot && random.nextInt(4) == 0;
        words = new Vocabulary(random, onRoot);
        calls = new Calls(words);
        clients = 1 + words.below(3);
    }

    static Program program(final long seed)
    {
        return new ProgramGenerator(seed).generate();
    }

    private Program generate()
    {
        final List<Step> steps = new ArrayList<>();

        for (int i = 0; i < clients; i++)
        {
            steps.add(connect(i));
        }

        for (int i = 0; i < 3; i++)
        {
            steps.add(one(words.below(clients), calls.plainCreate()));
        }

        if (withQuota)
        {
            calls.quota().forEach(call -> steps.add(one(0, call)));
        }

        final int count = STEPS_MIN + words.below(STEPS_MORE);

        for (int i = 0; i < count; i++)
        {
            step(steps);
        }

        return new Program(seed, onRoot, steps);
    }

    private Step connect(final int client)
    {
        return new Step.Connect(client, timeout(), words.below(3) - 1, first());
    }

    private int timeout()
    {
        final int[] timeouts = { SESSION_TIMEOUT_MS, 0, -5, 1_000_000 };
        return timeouts[Math.min(words.below(4), words.below(4))];
    }

    private Step reconnect(final int client)
    {
        return new Step.Reconnect(client, words.chance(85), timeout(), words.below(3) - 1, words.zxidAgo(), first());
    }

    private List<Call> first()
    {
        return words.chance(50) ? List.of() : calls.first(withQuota);
    }

    /** With a quota, no request is under way when the session ends. */
    private Step close(final int client)
    {
        return new Step.Close(client, withQuota || words.chance(50) ? List.of() : requests());
    }

    private static Step one(final int client, final Call call)
    {
        return new Step.Requests(client, List.of(call));
    }

    private void step(final List<Step> steps)
    {
        final int client = words.below(clients);
        final int roll = words.below(1000);

        if (roll < 300)
        {
            steps.add(one(client, calls.write()));
        }
        else if (roll < 430)
        {
            steps.add(one(client, calls.read()));
        }
        else if (roll < 560)
        {
            steps.add(one(client, calls.watch()));
        }
        else if (roll < 640)
        {
            steps.add(one(client, words.chance(75) ? calls.multi() : calls.multiRead()));
        }
        else if (roll < 760)
        {
            busy(steps, client, roll);
        }
        else if (roll < 820)
        {
            steps.add(one(client, calls.session()));
        }
        else
        {
            rare(steps, client, roll);
        }
    }

    /** A quota is checked against what is applied, so with quotas there is one request at a time. */
    private void busy(final List<Step> steps, final int client, final int roll)
    {
        if (withQuota)
        {
            quota(steps, client);
        }
        else
        {
            steps.add(roll < 700 ? pipeline(client) : arrivals());
        }
    }

    private void quota(final List<Step> steps, final int client)
    {
        if (words.chance(50))
        {
            calls.quota().forEach(call -> steps.add(one(client, call)));
        }
        else
        {
            steps.add(one(client, calls.quotaUse()));
        }
    }

    private void rare(final List<Step> steps, final int client, final int roll)
    {
        if (roll < 860)
        {
            steps.add(one(client, calls.wrong()));
        }
        else if (roll < 910)
        {
            steps.add(one(client, withQuota ? calls.quotaUse() : calls.write()));
        }
        else if (roll < 940)
        {
            steps.add(one(client, calls.ephemeral()));
        }
        else if (roll < 955)
        {
            steps.add(new Step.Drop(client));
        }
        else if (roll < 980)
        {
            steps.add(reconnect(client));
        }
        else if (roll < 985)
        {
            steps.add(new Step.Garbage(client, calls.garbage()));
        }
        else if (roll < 993)
        {
            steps.add(close(client));
            steps.add(connect(client));
        }
        else
        {
            steps.add(connect(client));
        }
    }

    private Step pipeline(final int client)
    {
        return new Step.Requests(client, requests());
    }

    private List<Call> requests()
    {
        final List<Call> list = new ArrayList<>();
        final int count = 2 + words.below(7);

        for (int i = 0; i < count; i++)
        {
            final int roll = words.below(10);
            list.add(words.chance(5) ? calls.odd() : roll < 6 ? calls.pipelinedWrite() : roll < 8 ? calls.read() :
                roll < 9 ? calls.multi() : calls.watch());
        }

        return list;
    }

    /** Writes only, because what a client reads while another one writes is up to the server. */
    private Step arrivals()
    {
        final List<Step.Requests> requests = new ArrayList<>();
        final int count = 2 + words.below(4);
        words.concurrent(true);

        for (int i = 0; i < count; i++)
        {
            final List<Call> list = new ArrayList<>();

            for (int j = words.below(3); j >= 0; j--)
            {
                list.add(words.chance(80) ? calls.pipelinedWrite() : calls.multi());
            }

            requests.add(new Step.Requests(words.below(clients), list));
        }

        words.concurrent(false);
        return new Step.Arrivals(requests);
    }
}
