/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.election;

/**
 * Why a server has no established leader. The operator's records store the ordinal, so new constants must
 * be added at the end.
 */
public enum Obstacle
{
    /** No obstacle is known. */
    NONE("no leader yet, though enough voters are linked and vote"),
    /** Fewer voters are linked than a quorum needs. */
    TOO_FEW_LINKED("no leader: too few voters are linked; one that is missing"),
    /** The disk of this server holds no history; one may have been lost with an earlier disk. */
    BLANK("no leader: the disk of this server holds no history, so that it votes when all voters are linked and none " +
        "holds any, or when a file named initialize in its dataDir says that the disk is new; one that is missing or " +
        "holds history"),
    /** This server may hold less than it has acknowledged, or less than others that voted before. */
    IN_DOUBT("no leader: this server may hold less than was acknowledged (its disk was restored, or ran with " +
        "forceSync=no when the machine went down, or others voted when it last served), so that it votes when all " +
        "voters look for a leader; one does not"),
    /** A quorum is linked, but too few of these servers vote. */
    TOO_FEW_VOTE("no leader: too few of the voters that are linked vote, the log of each says why; one of them"),
    /** The disk of this server is full, or does not force writes. */
    DISK("not served: the disk of this server is full or does not force what it was given, so that it stays away " +
        "from others that do without it"),
    /** Other servers have a leader, and only the link to that leader is missing. */
    LEADER_NOT_LINKED("no leader: others that are linked follow one that is not linked with this server"),
    /** This server is elected, and a quorum has not adopted its history yet. */
    NOT_ADOPTED("no leader yet: this server is elected, and waits until a quorum has all of its history on disk; " +
        "one that has not"),
    /** This server has found a leader and does not have all of its history yet. */
    NOT_IN_SYNC("not served yet: this server takes over the history of its leader");

    private static final Obstacle[] ALL = values();

    private final String text;

    Obstacle(final String text)
    {
        this.text = text;
    }

    /**
     * Explanation for people.
     *
     * @return constant text, to be followed by the id of the server it is about.
     */
    public String text()
    {
        return text;
    }

    /**
     * The obstacle with an ordinal, as read from a record.
     *
     * @param ordinal of an obstacle.
     * @return the obstacle, {@link #NONE} for a number that belongs to none.
     */
    public static Obstacle of(final int ordinal)
    {
        return 0 <= ordinal && ordinal < ALL.length ? ALL[ordinal] : NONE;
    }
}
