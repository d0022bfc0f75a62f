/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.transport.PeerRefusal;
import io.caracal.transport.aeron.codec.Refusal;
import java.util.Arrays;

/** Converts refusals between their form on the wire and their form for people. */
final class Refusals
{
    private Refusals()
    {
    }

    static PeerRefusal of(final short raw)
    {
        return Refusal.NULL_VAL.value() == raw || raw > Refusal.WRONG_DIRECTION.value() ? PeerRefusal.NO_HELLO : of(
            Refusal
                .get(raw));
    }

    static PeerRefusal of(final Refusal refusal)
    {
        return switch (refusal)
        {
            case UNKNOWN_ID -> PeerRefusal.UNKNOWN_ID;
            case OTHER_VOTERS -> PeerRefusal.OTHER_VOTERS;
            case ID_IN_USE -> PeerRefusal.ID_IN_USE;
            case BUSY -> PeerRefusal.BUSY;
            case WRONG_DIRECTION -> PeerRefusal.WRONG_DIRECTION;
            case NULL_VAL -> PeerRefusal.NO_HELLO;
        };
    }

    /** Describes what differs between the servers, if that is known. */
    static String difference(final PeerRefusal refusal, final long[] ownVoters, final long[] theirVoters)
    {
        return refusal == PeerRefusal.OTHER_VOTERS ? ": voters here " + Arrays.toString(ownVoters) + ", there " +
            Arrays.toString(theirVoters) : "";
    }
}
