/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

import io.caracal.engine.acl.Identities;

/** Who makes a request, and from where. There is one mutable instance, filled anew for each request. */
public final class RequestContext
{
    private long sessionId;
    private Identities identities;
    private int identityLimit;
    private long server;
    private long attachNumber;

    /**
     * Fills the context.
     *
     * @param newSessionId  session that makes the request.
     * @param newIdentities of its connection, which may be at another server.
     * @param limit         number of identities that the connection had when the request arrived.
     * @return this.
     */
    public RequestContext of(final long newSessionId, final Identities newIdentities, final int limit)
    {
        sessionId = newSessionId;
        identities = newIdentities;
        identityLimit = limit;

        return this;
    }

    /**
     * Sets where the request comes from.
     *
     * @param newServer       that holds the connection.
     * @param newAttachNumber that the session had when the connection took it up.
     * @return this.
     */
    public RequestContext from(final long newServer, final long newAttachNumber)
    {
        server = newServer;
        attachNumber = newAttachNumber;

        return this;
    }

    long server()
    {
        return server;
    }

    long attachNumber()
    {
        return attachNumber;
    }

    long sessionId()
    {
        return sessionId;
    }

    Identities identities()
    {
        return identities;
    }

    /** Number of identities that count: those that the connection had when the request arrived. */
    int identityLimit()
    {
        return identityLimit;
    }
}
