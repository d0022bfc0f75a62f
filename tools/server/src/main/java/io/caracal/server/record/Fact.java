/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import io.caracal.server.metrics.RoleFigure;

/**
 * Something that happened to a session or to its server.
 *
 * @param atMs      wall-clock time, milliseconds since 1970.
 * @param kind      what happened.
 * @param sessionId id of the session, 0 for the server as a whole.
 * @param value     meaning depends on the kind.
 */
public record Fact(long atMs, Kind kind, long sessionId, long value)
{
    private static final Kind[] KINDS = Kind.values();

    /** What can happen. New kinds are added at the end, because files hold their ordinals. */
    public enum Kind
    {
        /** A connection to this server took over the session. */
        ATTACHED,
        /** The session's connection to this server ended. */
        DETACHED,
        /** Another server holds the session from now on; the value is its id. */
        MOVED,
        /** The session ended. */
        ENDED,
        /** The session expired; the value is its timeout in milliseconds. */
        EXPIRED,
        /** The session was held by another server when it expired; the value is that server's id. */
        HELD_BY,
        /** The loop answered nobody for some time; the value is that time in milliseconds. */
        STALL,
        /** A force of the log was slow; the value is its duration in milliseconds. */
        FORCE,
        /** A link to another server began; the value is that server's id. */
        LINK_UP,
        /** A link to another server ended; the value is that server's id. */
        LINK_DOWN,
        /** The server's role changed; the value is the ordinal of a {@link RoleFigure}. */
        ROLE,
        /**
         * The client was heard again after a silence longer than half of its timeout; the value is that silence in
         * milliseconds.
         */
        SILENT,
        /**
         * The session's connection ended or the session expired; the value is the number of pings on that connection.
         */
        PINGS,
        /**
         * The session's connection ended or the session expired; the value is the time in milliseconds since the client
         * was last heard.
         */
        LAST_HEARD,
        /** The wall clock was set; the value is by how many seconds it went forward, negative if it went back. */
        CLOCK
    }

    static Kind kind(final int number)
    {
        return 0 <= number && number < KINDS.length ? KINDS[number] : Kind.ENDED;
    }

    /**
     * Returns the fact in words.
     *
     * @return text for people.
     */
    public String text()
    {
        return switch (kind)
        {
            case ATTACHED -> "a connection of this server took it up";
            case DETACHED -> "its connection to this server ended";
            case MOVED -> "moved to server " + value;
            case ENDED -> "ended";
            case EXPIRED -> "expired after " + value + " ms";
            case HELD_BY -> "was held by server " + value;
            case STALL -> "the server answered nobody for " + value + " ms";
            case FORCE -> "the disk took " + value + " ms to force the log";
            case LINK_UP -> "linked with server " + value;
            case LINK_DOWN -> "the link with server " + value + " ended";
            case ROLE -> "the server is " + RoleFigure.of(value).word();
            case SILENT -> "its client was heard again after " + value + " ms, longer than half of its time-out";
            case PINGS -> "pings that came on this connection: " + value;
            case LAST_HEARD -> "nothing had been heard on its connection for " + value + " ms";
            case CLOCK ->
                "the clock of this machine went " + (value < 0 ? "back" : "forward") + " by " + Math.abs(value) +
                    " s: times before this line differ from those behind it";
        };
    }
}
