/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.util.random.RandomGenerator;

/**
 * Session ids of the streams of one generation, in the order of the streams. The dialing server draws them, so that
 * both servers can listen for the streams before the first packet leaves.
 *
 * @param fromDialer of the streams from the dialing server.
 * @param toDialer   of the streams to the dialing server.
 */
@SuppressWarnings("ArrayRecordComponent")
record SessionIds(int[] fromDialer, int[] toDialer)
{
    static SessionIds draw(final RandomGenerator random, final int streams)
    {
        return new SessionIds(random.ints(streams).toArray(), random.ints(streams).toArray());
    }
}
