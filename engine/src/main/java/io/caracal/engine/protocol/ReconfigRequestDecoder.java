/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/**
 * reconfig: {@code str joiningServers, str leavingServers, str newMembers, i64 curConfigId}. Ensembles do not change
 * yet, so it is only found out whether the request can be decoded.
 */
public final class ReconfigRequestDecoder extends RequestDecoder
{
    @Override
    boolean decode(final JuteReader record)
    {
        record.readRange();
        record.readRange();
        record.readRange();
        record.readLong();

        return true;
    }
}
