/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine;

/**
 * Thrown when the leader that others have established lacks transactions that are committed and applied here. They
 * began without the data of this server, or a quorum of them lost its disks. This server cannot follow that leader
 * without giving up what may be acknowledged writes, so it stops and leaves its data as they are.
 */
public final class LostHistoryException extends IllegalStateException
{
    private static final long serialVersionUID = 1L;

    /**
     * The histories of the leader and of this server differ.
     *
     * @param commonZxid  last transaction that both have, 0 when there is none.
     * @param appliedZxid last transaction that is applied here.
     */
    public LostHistoryException(final long commonZxid, final long appliedZxid)
    {
        super("the leader lacks what was committed and applied here: both have the same up to zxid 0x" +
            Long.toHexString(commonZxid) + ", and this server has applied everything up to zxid 0x" +
            Long.toHexString(appliedZxid));
    }
}
