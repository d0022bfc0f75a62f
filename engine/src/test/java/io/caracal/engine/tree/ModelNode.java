/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

/** A znode of the {@link ModelTree}. */
final class ModelNode
{
    final String path;
    final long czxid;
    final long ctimeMs;
    final long birth;
    final long owner;
    long mzxid;
    long pzxid;
    long mtimeMs;
    int version;
    int cversion;
    int aversion;
    String data;
    String acl;

    ModelNode(final String path, final long zxid, final long timeMs, final long birth, final long owner,
        final String data, final String acl)
    {
        this.path = path;
        czxid = zxid;
        mzxid = zxid;
        pzxid = zxid;
        ctimeMs = timeMs;
        mtimeMs = timeMs;
        this.birth = birth;
        this.owner = owner;
        this.data = data;
        this.acl = acl;
    }

    ModelNode(final ModelNode other)
    {
        this(other.path, other.czxid, other.ctimeMs, other.birth, other.owner, other.data, other.acl);
        mzxid = other.mzxid;
        pzxid = other.pzxid;
        mtimeMs = other.mtimeMs;
        version = other.version;
        cversion = other.cversion;
        aversion = other.aversion;
    }
}
