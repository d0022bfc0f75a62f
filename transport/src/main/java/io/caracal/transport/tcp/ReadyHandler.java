/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

/** The attachment of a selection key, notified when its channel is ready. */
@FunctionalInterface
public interface ReadyHandler
{
    /**
     * The channel is ready. Called while the selector runs: note it, and serve the channel later.
     *
     * @param readyOps bits of {@link java.nio.channels.SelectionKey}.
     */
    void onReady(int readyOps);
}
