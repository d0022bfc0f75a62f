/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.election;

/** Why a server that looks for a leader finds none. The operator's records hold the ordinal: new ones go to the end. */
public enum Obstacle
{
    /** Nothing that is known stands in the way. */
    NONE("no leader yet, though enough voters are linked and vote"),
    /** Fewer voters are linked than a quorum has. */
    TOO_FEW_LINKED("no leader: too few voters are linked; one that is missing"),
    /** The own disk holds no history, which may have been lost with it. */
    BLANK("no leader: the disk of this server holds no history, so that it votes when all voters are linked and none " +
        "holds any, or when a file named initialize in its dataDir says that the disk is new; one that is missing or " +
        "holds history"),
    /** The own disk may hold less than this server acknowledged. */
    IN_DOUBT("no leader: the disk of this server may hold less than it acknowledged (it was restored, or ran with " +
        "forceSync=no when the machine went down), so that it votes when all voters look for a leader; one does not"),
    /** A quorum is linked, but not of servers that vote. */
    TOO_FEW_VOTE("no leader: too few of the voters that are linked vote, the log of each says why; one of them"),
    /** The own disk is full or does not force. */
    DISK("not served: the disk of this server is full or does not force what it was given, so that it stays away " +
        "from others that do without it"),
    /** Others have a leader, and only the link with that one is missing. */
    LEADER_NOT_LINKED("no leader: others that are linked follow one that is not linked with this server");

    private static final Obstacle[] ALL = values();

    private final String text;

    Obstacle(final String text)
    {
        this.text = text;
    }

    /**
     * For people.
     *
     * @return constant text about one server, whose id is to follow.
     */
    public String text()
    {
        return text;
    }

    /**
     * From a record.
     *
     * @param ordinal of one.
     * @return it, {@link #NONE} for a number that is none of an obstacle.
     */
    public static Obstacle of(final int ordinal)
    {
        return 0 <= ordinal && ordinal < ALL.length ? ALL[ordinal] : NONE;
    }
}
