/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

/**
 * What a client is shown of a znode, in the order of the wire.
 *
 * @param czxid          transaction of its birth.
 * @param mzxid          of its last new data.
 * @param ctimeMs        time of its birth.
 * @param mtimeMs        of its last new data.
 * @param version        of its data.
 * @param cversion       of its children.
 * @param aversion       of its ACL.
 * @param ephemeralOwner session, or 0.
 * @param dataLength     bytes.
 * @param numChildren    children it has.
 * @param pzxid          of the last change of its children.
 */
public record Stat(long czxid, long mzxid, long ctimeMs, long mtimeMs, int version, int cversion, int aversion,
    long ephemeralOwner, int dataLength, int numChildren, long pzxid)
{
}
