/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import java.util.Locale;

/** The role of a server in its ensemble, as a number in the counters file. New roles are added at the end. */
public enum RoleFigure
{
    /** Does not serve clients: there is no leader, or the server is starting. */
    LOOKING,
    /** Serves without an ensemble. */
    STANDALONE,
    /** Leads and serves. */
    LEADER,
    /** Follows and serves. */
    FOLLOWER,
    /** Observes and serves. */
    OBSERVER;

    private static final RoleFigure[] ALL = values();

    /**
     * Returns the role for a word.
     *
     * @param role a role as ZooKeeper's tools name it.
     * @return the role, {@link #LOOKING} for any other word.
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
     * Returns the role for a number.
     *
     * @param number a number from a counters file.
     * @return the role, {@link #LOOKING} for any other number.
     */
    public static RoleFigure of(final long number)
    {
        return 0 <= number && number < ALL.length ? ALL[(int)number] : LOOKING;
    }

    /**
     * Returns the role as ZooKeeper's tools name it.
     *
     * @return lower case.
     */
    public String word()
    {
        return name().toLowerCase(Locale.ROOT);
    }
}
