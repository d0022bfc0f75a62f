/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

/**
 * The answer of a server that gives a client a session, or gives it back.
 *
 * @param serverId  of the server.
 * @param sessionId of the session.
 * @param isNew     whether the session began with this connection.
 * @param wantedMs  time-out that the client asked for.
 * @param grantedMs time-out that the session has from now on.
 * @param saidNs    when the server said so.
 */
public record Welcome(long serverId, long sessionId, boolean isNew, int wantedMs, int grantedMs, long saidNs)
{
}
