/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

import io.caracal.engine.acl.Identities;

/** Who asks, and when. One mutable instance, filled for each request. */
public final class RequestContext
{
    private long sessionId;
    private Identities identities;
    private int identityLimit;
    private long timeMs;

    /**
     * Fills the context.
     *
     * @param newSessionId  session that asks.
     * @param newIdentities of its connection.
     * @param newTimeMs     wall clock of the leader: becomes the transaction's time.
     * @return this.
     */
    public RequestContext of(final long newSessionId, final Identities newIdentities, final long newTimeMs)
    {
        sessionId = newSessionId;
        identities = newIdentities;
        identityLimit = newIdentities.count();
        timeMs = newTimeMs;

        return this;
    }

    long sessionId()
    {
        return sessionId;
    }

    Identities identities()
    {
        return identities;
    }

    /** How many identities count: all that the connection has now, as the request arrives now. */
    int identityLimit()
    {
        return identityLimit;
    }

    long timeMs()
    {
        return timeMs;
    }
}
