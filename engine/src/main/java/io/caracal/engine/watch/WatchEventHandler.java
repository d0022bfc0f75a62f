/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.watch;

import org.agrona.DirectBuffer;

/** Receives the events that a change fires. */
@FunctionalInterface
public interface WatchEventHandler
{
    /**
     * One event for one watcher. The call must not change the {@link WatchTable} that fires it.
     *
     * @param watcher   slot of the connection.
     * @param eventType a value of {@link io.caracal.engine.protocol.EventType}.
     * @param path      holds the path to report, valid during the call.
     * @param offset    of its first byte.
     * @param length    in bytes.
     */
    void onEvent(int watcher, int eventType, DirectBuffer path, int offset, int length);
}
