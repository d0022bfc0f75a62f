/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** The contents of an empty server: the root, /zookeeper, and below it quota and config, all at zxid 0. */
final class FreshTree
{
    private static final int PERMISSIONS_ALL = 31;
    private static final int PERMISSION_READ = 1;
    private static final int CONFIG_AVERSION = -1;

    private final DataTree tree;

    FreshTree(final DataTree tree)
    {
        this.tree = tree;
    }

    void build()
    {
        final int open = anyone(PERMISSIONS_ALL);
        final int readOnly = anyone(PERMISSION_READ);

        final long root = tree.createRoot(open);
        final long reserved = create(root, "zookeeper", open);
        tree.reserve(reserved);
        final long config = create(reserved, "config", readOnly);
        create(reserved, "quota", open);
        tree.setAcl(config, readOnly, CONFIG_AVERSION);

        tree.acls().release(open);
        tree.acls().release(readOnly);
    }

    /** Id of the canonical list that gives everyone these permissions. */
    private int anyone(final int permissions)
    {
        final UnsafeBuffer acl = new UnsafeBuffer(new byte[OpenAcl.LENGTH]);
        OpenAcl.write(acl, 0, permissions);

        return tree.acls().intern(acl, 0, OpenAcl.LENGTH);
    }

    private long create(final long parent, final String name, final int aclId)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(name.getBytes(StandardCharsets.US_ASCII));

        final NewZnode znode = new NewZnode().name(buffer, 0, buffer.capacity()).data(buffer, 0, 0).acl(aclId);

        return tree.create(parent, znode, 0, 0, 0);
    }
}
