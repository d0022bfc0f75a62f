/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.port.EventSink;

/**
 * The parts shared by all classes that take or answer clients' requests. Made once by {@link ClientDesk}.
 *
 * @param connections all connections.
 * @param ends        closes them.
 * @param requests    requests under way, in the order of each connection.
 * @param syncs       syncs among them that are not settled.
 * @param records     reports requests that were answered.
 * @param role        takes writes at present.
 * @param events      is told what happens.
 */
record ClientParts(ConnectionTable connections, ConnectionEnds ends, RequestLine requests, SyncRequests syncs,
    RequestRecords records, CurrentRole role, EventSink events)
{
}
