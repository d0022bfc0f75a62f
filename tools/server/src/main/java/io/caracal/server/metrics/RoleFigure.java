/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import java.util.Locale;

/** What a server does in its ensemble, as a number in the counters file. New ones go to the end. */
public enum RoleFigure
{
    /** Clients are not served: there is no leader, or the server starts. */
    LOOKING,
    /** Alone, and serves. */
    STANDALONE,
    /** Leads, and serves. */
    LEADER,
    /** Follows, and serves. */
    FOLLOWER,
    /** Observes, and serves. */
    OBSERVER;

    private static final RoleFigure[] ALL = values();

    /**
     * Role of a word.
     *
     * @param role in the words of ZooKeeper's tools.
     * @return its figure, {@link #LOOKING} for any other word.
     */
    public static RoleFigure of(final String role)
    {
        for (final RoleFigure figure : ALL)
        {
            if (figure.word().equals(role))
            {
                return figure;
            }
        }

        return LOOKING;
    }

    /**
     * Role of a number.
     *
     * @param number from a counters file.
     * @return its figure, {@link #LOOKING} for any other number.
     */
    public static RoleFigure of(final long number)
    {
        return 0 <= number && number < ALL.length ? ALL[(int)number] : LOOKING;
    }

    /**
     * The word of ZooKeeper's tools.
     *
     * @return lower case.
     */
    public String word()
    {
        return name().toLowerCase(Locale.ROOT);
    }
}
