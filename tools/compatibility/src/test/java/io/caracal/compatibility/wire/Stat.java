/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.wire;

/** The eleven fields of a znode's stat. */
public record Stat(long czxid, long mzxid, long ctimeMs, long mtimeMs, int version, int cversion, int aversion,
    long ephemeralOwner, int dataLength, int numChildren, long pzxid)
{
}
