/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

/**
 * The Stat of a znode as shown to a client, in the order of the wire format.
 *
 * @param czxid          of the transaction that created it.
 * @param mzxid          of the transaction that last set its data.
 * @param ctimeMs        when it was created.
 * @param mtimeMs        when its data were last set.
 * @param version        of its data.
 * @param cversion       of its children.
 * @param aversion       of its ACL.
 * @param ephemeralOwner session id, or 0.
 * @param dataLength     in bytes.
 * @param numChildren    number of children.
 * @param pzxid          of the last transaction that changed its children.
 */
public record Stat(long czxid, long mzxid, long ctimeMs, long mtimeMs, int version, int cversion, int aversion,
    long ephemeralOwner, int dataLength, int numChildren, long pzxid)
{
}
