/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.port.EventSink;

/**
 * What all those share who take requests of clients or answer them. Made once by {@link ClientDesk}.
 *
 * @param connections all connections.
 * @param ends        closes them.
 * @param requests    requests under way, in the order of their connections.
 * @param syncs       those among them that wait for an answer of the leader.
 * @param records     tells of requests that were answered.
 * @param role        who takes writes now.
 * @param events      is told what happens.
 */
record ClientParts(ConnectionTable connections, ConnectionEnds ends, RequestLine requests, SyncRequests syncs,
    RequestRecords records, CurrentRole role, EventSink events)
{
}
