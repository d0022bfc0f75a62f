/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

/**
 * On which threads sockets are served: the setting {@code threading}. Applies to client sockets and to Aeron's driver.
 */
public enum Threading
{
    /** On the engine's own thread. */
    SHARED,
    /**
     * Client sockets on gateways with a thread each, connected to the engine by a ring buffer in each direction;
     * Aeron's driver on a thread of its own.
     */
    DEDICATED
}
