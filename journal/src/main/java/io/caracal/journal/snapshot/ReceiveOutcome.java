/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.snapshot;

/**
 * How far the receipt of a snapshot has got, passed from the bulk thread to the engine.
 *
 * @param generation which receipt of this process.
 * @param phase      how far.
 */
record ReceiveOutcome(long generation, Phase phase)
{
    /** The phases that the engine is told. */
    enum Phase
    {
        /** The snapshot is damaged, or there was no room. Nothing of it is left. */
        FAILED,

        /** The snapshot is whole and on the device, under a name of its own. The manifest may switch. */
        VERIFIED,

        /** After the switch, the snapshot got its final name, and what it replaced is gone. */
        IN_PLACE
    }
}
