/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

/** On which threads client sockets are served: the setting {@code threading}. */
public enum Threading
{
    /** On the engine's own thread. */
    SHARED,
    /** On gateways with a thread each, tied to the engine by a ring buffer each way. */
    DEDICATED
}
