/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.snapshot;

/**
 * How far a received snapshot has come, on its way from the bulk thread to the engine.
 *
 * @param generation which receipt of this process.
 * @param phase      how far.
 */
record ReceiveOutcome(long generation, Phase phase)
{
    /** What has been reached. */
    enum Phase
    {
        /** It is damaged, or there was no room; nothing of it is left. */
        FAILED,

        /** It is whole and on the device, under a name of its own: the manifest may switch. */
        VERIFIED,

        /** After the switch it got its name, and what it replaced is gone. */
        IN_PLACE
    }
}
