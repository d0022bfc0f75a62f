/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

import io.caracal.server.config.Membership;
import io.caracal.server.config.Settings;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Remembers which servers voted when this server last served. The file {@code voters} names them. When the server lines
 * name others, some servers may still run with the lines of before: a majority of the former voters and one of the
 * present voters need not have a server in common, so both could elect a leader. A server whose voters have changed
 * therefore does not count as one before an established leader has synchronized it, or all present voters are there.
 */
public final class VotersMark
{
    private static final String NAME = "voters";

    private final MarkFile file;
    private final String voters;

    /**
     * Creates the mark of a data directory; nothing is written yet.
     *
     * @param settings   name the directory.
     * @param membership the servers that the configuration names.
     */
    public VotersMark(final Settings settings, final Membership membership)
    {
        file = new MarkFile(settings.dataDir().resolve(DataDirectory.OWN), NAME);
        voters = Arrays.stream(membership.voters()).mapToObj(Long::toString).collect(Collectors.joining(","));
    }

    /**
     * Whether the voters are others than those with which this server last served.
     *
     * @return false also for a server that never served as a member of an ensemble, or not since it keeps this file.
     */
    public boolean haveChanged()
    {
        return file.exists() && !voters.equals(file.read());
    }

    /**
     * What has changed.
     *
     * @return a few words for the log.
     */
    public String change()
    {
        return "servers " + voters + " vote now, and servers " + file.read() + " voted when this one last served";
    }

    /** Called when this server serves with the present voters. */
    public void onEstablished()
    {
        if (!voters.equals(file.read()))
        {
            file.write(voters);
        }
    }
}
