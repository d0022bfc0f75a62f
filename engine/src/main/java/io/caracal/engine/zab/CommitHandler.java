/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import org.agrona.DirectBuffer;

/** Receives committed transactions, each exactly once and in zxid order. */
public interface CommitHandler
{
    /**
     * Applies a committed transaction.
     *
     * @param zxid    of the proposal.
     * @param payload holds the transaction; valid only during the call.
     * @param offset  of the payload.
     * @param length  of the payload in bytes.
     * @return false when the transactions after this one should wait for the next duty cycle.
     */
    boolean onCommit(long zxid, DirectBuffer payload, int offset, int length);
}
