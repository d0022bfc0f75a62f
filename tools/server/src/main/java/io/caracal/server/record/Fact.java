/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import io.caracal.server.metrics.RoleFigure;

/**
 * Something that happened to a session or to its server.
 *
 * @param atMs      wall clock, milliseconds.
 * @param kind      what.
 * @param sessionId of the session, 0 for the server as a whole.
 * @param value     see the kind.
 */
public record Fact(long atMs, Kind kind, long sessionId, long value)
{
    private static final Kind[] KINDS = Kind.values();

    /** What can happen. New ones go to the end: the numbers stand in files. */
    public enum Kind
    {
        /** A connection of this server took the session up. */
        ATTACHED,
        /** The connection of this server that served it ended. */
        DETACHED,
        /** It is held by another server from now on: the value. */
        MOVED,
        /** It ended. */
        ENDED,
        /** Its time was over: the value is its time-out in milliseconds. */
        EXPIRED,
        /** The server that held it when its time was over: the value. */
        HELD_BY,
        /** The loop answered nobody for the value in milliseconds. */
        STALL,
        /** A force of the log took the value in milliseconds. */
        FORCE,
        /** The link with a server began: the value. */
        LINK_UP,
        /** The link with a server ended: the value. */
        LINK_DOWN,
        /** The server's role changed to the value, a {@link RoleFigure}. */
        ROLE,
        /** Its client was heard again after the value in milliseconds, longer than half of its time-out. */
        SILENT,
        /** Its connection ended or its time was over, after so many pings: the value. */
        PINGS,
        /** Its connection ended or its time was over, and nothing had been heard for the value in milliseconds. */
        LAST_HEARD
    }

    static Kind kind(final int number)
    {
        return 0 <= number && number < KINDS.length ? KINDS[number] : Kind.ENDED;
    }

    /**
     * What people read.
     *
     * @return a few words.
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
        };
    }
}
