/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.inspect;

import io.caracal.engine.apply.Replica;
import io.caracal.engine.protocol.JuteReader;
import io.caracal.engine.tree.NodeStats;
import io.caracal.engine.tree.ReadableTree;
import io.caracal.server.offline.TreeCursor;
import io.caracal.shell.terminal.Json;
import java.time.Instant;
import java.util.Base64;
import org.agrona.ExpandableArrayBuffer;

/** Formats a znode of a loaded tree, as lines for people and as JSON. */
final class ZnodeText
{
    private final ReadableTree tree;
    private final JuteReader reader = new JuteReader();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final boolean withData;

    ZnodeText(final Replica replica, final boolean withData)
    {
        tree = replica.tree();
        this.withData = withData;
    }

    /** Formats everything about the znode, a line each. */
    String text(final TreeCursor cursor)
    {
        final long node = cursor.node();
        final NodeStats stats = tree.stats();
        final StringBuilder text = new StringBuilder("----\n").append(cursor.text());
        text.append("\n  cZxid = 0x").append(Long.toHexString(stats.czxid(node)));
        text.append("\n  ctime = ").append(Instant.ofEpochMilli(stats.ctimeMs(node)));
        text.append("\n  mZxid = 0x").append(Long.toHexString(stats.mzxid(node)));
        text.append("\n  mtime = ").append(Instant.ofEpochMilli(stats.mtimeMs(node)));
        text.append("\n  pZxid = 0x").append(Long.toHexString(stats.pzxid(node)));
        text.append("\n  cversion = ").append(stats.cversion(node));
        text.append("\n  dataVersion = ").append(stats.version(node));
        text.append("\n  aclVersion = ").append(stats.aversion(node));
        text.append("\n  ephemeralOwner = 0x").append(Long.toHexString(tree.ephemeralOwner(node)));
        text.append("\n  acl = ").append(acl(node));
        text.append("\n  dataLength = ").append(Math.max(0, tree.dataLength(node)));
        if (withData)
        {
            text.append("\n  data = ").append(data(node));
        }

        return text.toString();
    }

    String json(final TreeCursor cursor)
    {
        final long node = cursor.node();
        final NodeStats stats = tree.stats();
        final Json json = new Json().put("path", cursor.text());
        json.hex("czxid", stats.czxid(node)).put("ctimeMs", stats.ctimeMs(node));
        json.hex("mzxid", stats.mzxid(node)).put("mtimeMs", stats.mtimeMs(node));
        json.hex("pzxid", stats.pzxid(node)).put("cversion", stats.cversion(node));
        json.put("version", stats.version(node)).put("aversion", stats.aversion(node));
        json.hex("ephemeralOwner", tree.ephemeralOwner(node)).put("acl", acl(node));
        json.put("dataLength", Math.max(0, tree.dataLength(node)));

        return (withData ? json.put("data", data(node)) : json).toString();
    }

    private String data(final long node)
    {
        if (tree.dataLength(node) < 0)
        {
            return null;
        }

        final byte[] bytes = new byte[tree.copyData(node, buffer, 0)];
        buffer.getBytes(0, bytes);

        return Base64.getEncoder().encodeToString(bytes);
    }

    private String acl(final long node)
    {
        final int length = tree.acls().copy(tree.aclId(node), buffer, 0);
        reader.wrap(buffer, 0, length);
        final int count = reader.readInt();
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < count && reader.isOk(); i++)
        {
            final int permissions = reader.readInt();
            text.append(i == 0 ? "" : ",").append(string()).append(':').append(string()).append(':')
                .append(letters(permissions));
        }

        return text.toString();
    }

    private String string()
    {
        final int length = Math.max(0, reader.readRange());

        return buffer.getStringWithoutLengthUtf8(reader.rangeOffset(), length);
    }

    private static String letters(final int permissions)
    {
        final StringBuilder letters = new StringBuilder();
        for (int i = 0; i < 5; i++)
        {
            if ((permissions & 1 << i) != 0)
            {
                letters.append("rwcda".charAt(i));
            }
        }

        return letters.toString();
    }
}
