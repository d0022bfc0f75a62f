/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import org.agrona.DirectBuffer;

/** Receives committed transactions: each of them once, in zxid order. */
public interface CommitHandler
{
    /**
     * A transaction is committed, and is to be applied now.
     *
     * @param zxid    of the proposal.
     * @param payload holds it, valid during the call.
     * @param offset  of the payload.
     * @param length  of the payload in bytes.
     * @return false when the rest is to wait for the next duty cycle.
     */
    boolean onCommit(long zxid, DirectBuffer payload, int offset, int length);
}
