/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** The options of {@code caracal simulate}. */
final class SimulateOptions
{
    private static final long SEED_DEFAULT = 1;
    private static final long RUNS_DEFAULT = 100;
    private static final long MS_TO_SEED = 1000;

    private long seed = SEED_DEFAULT;
    private long runsMax = -1;
    private long minutes = -1;
    private boolean isTwice;
    private Scenario scenario = Scenario.ANYTHING;

    private SimulateOptions()
    {
    }

    /**
     * Parses a command line.
     *
     * @throws IllegalArgumentException when the command line is wrong; the message is meant for the person who typed
     *                                  it.
     */
    static SimulateOptions parse(final List<String> args)
    {
        final SimulateOptions options = new SimulateOptions();
        final Iterator<String> words = args.iterator();
        while (words.hasNext())
        {
            options.take(words.next(), words);
        }

        return options;
    }

    private void take(final String name, final Iterator<String> words)
    {
        switch (name)
        {
            case "--fresh" -> seed = System.currentTimeMillis() * MS_TO_SEED;
            case "--twice" -> isTwice = true;
            case "--scenario" -> scenario = scenario(value(name, words));
            case "--seed" -> seed = number(name, value(name, words), Long.MIN_VALUE);
            case "--runs" -> runsMax = number(name, value(name, words), 0);
            case "--minutes" -> minutes = number(name, value(name, words), 0);
            default -> throw new IllegalArgumentException("there is no option " + name);
        }
    }

    private static String value(final String name, final Iterator<String> words)
    {
        if (!words.hasNext())
        {
            throw new IllegalArgumentException(name + " wants a value behind it");
        }

        return words.next();
    }

    private static long number(final String name, final String text, final long least)
    {
        try
        {
            final long number = Long.parseLong(text);
            if (number >= least)
            {
                return number;
            }
        }
        catch (final NumberFormatException ex)
        {
            throw new IllegalArgumentException(name + " wants a whole number, not " + text, ex);
        }

        throw new IllegalArgumentException(name + " wants a number from " + least + " on, not " + text);
    }

    private static Scenario scenario(final String text)
    {
        return Arrays.stream(Scenario.values()).filter(each -> each.name().equals(text)).findFirst().orElseThrow(
            () -> new IllegalArgumentException(
                "there is no scenario " + text + "; one of " + Arrays.toString(Scenario.values())));
    }

    long seed()
    {
        return seed;
    }

    long runsMax()
    {
        return runsMax >= 0 ? runsMax : minutes >= 0 ? Long.MAX_VALUE : RUNS_DEFAULT;
    }

    /** Number of minutes after which no further run begins, negative for no limit. */
    long minutes()
    {
        return minutes;
    }

    boolean isTwice()
    {
        return isTwice;
    }

    Scenario scenario()
    {
        return scenario;
    }
}
