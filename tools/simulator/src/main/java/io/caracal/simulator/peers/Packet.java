/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.peers;

/** A message on its way. */
final class Packet
{
    /** Stands for the arrival time of a message that waits for a cut to heal. */
    static final long HELD = Long.MAX_VALUE;

    final byte[] bytes;
    long arrivesNs;

    Packet(final byte[] bytes, final long arrivesNs)
    {
        this.bytes = bytes;
        this.arrivesNs = arrivesNs;
    }
}
