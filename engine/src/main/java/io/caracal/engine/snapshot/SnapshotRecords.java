/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.snapshot;

import io.caracal.engine.snapshot.codec.AclImageEncoder;
import io.caracal.engine.snapshot.codec.BooleanType;
import io.caracal.engine.snapshot.codec.EpochEndImageEncoder;
import io.caracal.engine.snapshot.codec.MessageHeaderEncoder;
import io.caracal.engine.snapshot.codec.OriginImageEncoder;
import io.caracal.engine.snapshot.codec.PasswordRule;
import io.caracal.engine.snapshot.codec.SecretImageEncoder;
import io.caracal.engine.snapshot.codec.SessionImageEncoder;
import io.caracal.engine.snapshot.codec.SnapshotHeaderEncoder;
import io.caracal.engine.snapshot.codec.SnapshotTrailerEncoder;
import io.caracal.engine.snapshot.codec.ZnodeImageEncoder;
import io.caracal.engine.tree.NodeStats;
import io.caracal.engine.tree.ReadableTree;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Encodes the records of a snapshot. Each method encodes one record into the buffer of an output and returns its
 * length; the caller then tells the output to write it.
 */
public final class SnapshotRecords
{
    private static final int SMALL_LENGTH = 128;

    private final MessageHeaderEncoder messageHeader = new MessageHeaderEncoder();
    private final SnapshotHeaderEncoder header = new SnapshotHeaderEncoder();
    private final SnapshotTrailerEncoder trailer = new SnapshotTrailerEncoder();
    private final AclImageEncoder acl = new AclImageEncoder();
    private final ZnodeImageEncoder znode = new ZnodeImageEncoder();
    private final SessionImageEncoder session = new SessionImageEncoder();
    private final OriginImageEncoder origin = new OriginImageEncoder();
    private final EpochEndImageEncoder epochEnd = new EpochEndImageEncoder();
    private final SecretImageEncoder secret = new SecretImageEncoder();

    /**
     * A session.
     *
     * @param output       takes the record.
     * @param sessionId    its id.
     * @param timeoutMs    its time-out.
     * @param ownerServer  server that holds it.
     * @param attachNumber how often it has moved.
     * @param isImported   whether it came with ZooKeeper's data, and its password with it.
     * @return length of the record.
     */
    public int session(final SnapshotOutput output, final long sessionId, final int timeoutMs, final long ownerServer,
        final long attachNumber, final boolean isImported)
    {
        session.wrapAndApplyHeader(output.buffer(SMALL_LENGTH), 0, messageHeader).sessionId(sessionId)
            .timeoutMs(timeoutMs).ownerServer(ownerServer).attachNumber(attachNumber)
            .passwordRule(isImported ? PasswordRule.ZOOKEEPER : PasswordRule.OWN);

        return session.limit();
    }

    /**
     * The last request of an origin.
     *
     * @param output      takes the record.
     * @param serverId    origin.
     * @param incarnation its start counter.
     * @param sequence    of the request.
     * @return length of the record.
     */
    public int origin(final SnapshotOutput output, final long serverId, final long incarnation, final long sequence)
    {
        origin.wrapAndApplyHeader(output.buffer(SMALL_LENGTH), 0, messageHeader).serverId(serverId)
            .incarnation(incarnation).sequence(sequence);

        return origin.limit();
    }

    /**
     * The last transaction of an epoch.
     *
     * @param output  takes the record.
     * @param zxid    of the transaction.
     * @param isFirst whether nothing was ever logged in an earlier epoch.
     * @return length of the record.
     */
    public int epochEnd(final SnapshotOutput output, final long zxid, final boolean isFirst)
    {
        epochEnd.wrapAndApplyHeader(output.buffer(SMALL_LENGTH), 0, messageHeader).zxid(zxid)
            .isFirst(isFirst ? BooleanType.T : BooleanType.F);

        return epochEnd.limit();
    }

    /**
     * The secret under which session passwords are made.
     *
     * @param output takes the record.
     * @param bytes  the secret.
     * @return length of the record.
     */
    public int secret(final SnapshotOutput output, final byte[] bytes)
    {
        secret.wrapAndApplyHeader(output.buffer(SMALL_LENGTH + bytes.length), 0, messageHeader).putSecret(bytes, 0,
            bytes.length);

        return secret.limit();
    }

    int header(final SnapshotOutput output, final long zxid, final ReadableTree tree)
    {
        header.wrapAndApplyHeader(output.buffer(SMALL_LENGTH), 0, messageHeader).zxid(zxid)
            .znodeCount(tree.nodeCount()).znodeLimit(tree.nodeLimit())
            .hasDigest(tree.keepsDigest() ? BooleanType.T : BooleanType.F);

        return header.limit();
    }

    int trailer(final SnapshotOutput output, final long znodeCount, final long digest)
    {
        trailer.wrapAndApplyHeader(output.buffer(SMALL_LENGTH), 0, messageHeader).znodeCount(znodeCount)
            .digest(digest);

        return trailer.limit();
    }

    int acl(final SnapshotOutput output, final int aclId, final DirectBuffer bytes)
    {
        acl.wrapAndApplyHeader(output.buffer(SMALL_LENGTH + bytes.capacity()), 0, messageHeader).aclId(aclId)
            .putList(bytes, 0, bytes.capacity());

        return acl.limit();
    }

    int znode(final SnapshotOutput output, final ReadableTree tree, final long node)
    {
        final int nameLength = tree.nameLength(node);
        final int dataLength = Math.max(0, tree.dataLength(node));
        final MutableDirectBuffer buffer = output.buffer(2 * SMALL_LENGTH + nameLength + dataLength);
        final NodeStats stats = tree.stats();
        znode.wrapAndApplyHeader(buffer, 0, messageHeader).znodeId(node).parentId(tree.parent(node));
        znode.czxid(stats.czxid(node)).mzxid(stats.mzxid(node)).pzxid(stats.pzxid(node));
        znode.ctimeMs(stats.ctimeMs(node)).mtimeMs(stats.mtimeMs(node)).ephemeralOwner(tree.ephemeralOwner(node));
        znode.version(stats.version(node)).cversion(stats.cversion(node)).aversion(stats.aversion(node));
        znode.aclId(tree.aclId(node)).birthOrder(tree.order(node));
        znode.dataIsNull(tree.dataLength(node) < 0 ? BooleanType.T : BooleanType.F);

        // Copy the variable parts straight from where they lie, each after its length.
        int limit = putLength(buffer, znode.limit(), nameLength);
        limit += tree.copyName(node, buffer, limit);
        limit = putLength(buffer, limit, dataLength);

        return limit + tree.copyData(node, buffer, limit);
    }

    private static int putLength(final MutableDirectBuffer buffer, final int index, final int length)
    {
        buffer.putInt(index, length, ZnodeImageEncoder.BYTE_ORDER);

        return index + Integer.BYTES;
    }
}
