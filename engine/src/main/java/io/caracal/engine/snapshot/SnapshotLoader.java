/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.snapshot;

import io.caracal.engine.Invariant;
import io.caracal.engine.port.CorruptionException;
import io.caracal.engine.port.SnapshotHandler;
import io.caracal.engine.snapshot.codec.AclImageDecoder;
import io.caracal.engine.snapshot.codec.BooleanType;
import io.caracal.engine.snapshot.codec.EpochEndImageDecoder;
import io.caracal.engine.snapshot.codec.MessageHeaderDecoder;
import io.caracal.engine.snapshot.codec.OriginImageDecoder;
import io.caracal.engine.snapshot.codec.PasswordRule;
import io.caracal.engine.snapshot.codec.SecretImageDecoder;
import io.caracal.engine.snapshot.codec.SessionImageDecoder;
import io.caracal.engine.snapshot.codec.SnapshotHeaderDecoder;
import io.caracal.engine.snapshot.codec.SnapshotTrailerDecoder;
import io.caracal.engine.snapshot.codec.ZnodeImageDecoder;
import io.caracal.engine.tree.AclTable;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.tree.TreeLoad;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2IntHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Restores the state that a snapshot holds: fills the tree and passes everything else on to a {@link SnapshotTarget}.
 * Without a snapshot, the tree is as new. A load may begin again; everything that came before is then forgotten.
 */
public final class SnapshotLoader implements SnapshotHandler
{
    private final DataTree tree;
    private final SnapshotTarget target;
    private final MessageHeaderDecoder messageHeader = new MessageHeaderDecoder();
    private final SnapshotHeaderDecoder header = new SnapshotHeaderDecoder();
    private final SnapshotTrailerDecoder trailer = new SnapshotTrailerDecoder();
    private final AclImageDecoder acl = new AclImageDecoder();
    private final ZnodeImageDecoder znode = new ZnodeImageDecoder();
    private final SessionImageDecoder session = new SessionImageDecoder();
    private final OriginImageDecoder origin = new OriginImageDecoder();
    private final EpochEndImageDecoder epochEnd = new EpochEndImageDecoder();
    private final SecretImageDecoder secret = new SecretImageDecoder();
    private final UnsafeBuffer record = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer name = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer bytes = new UnsafeBuffer(0, 0);
    private final Int2IntHashMap aclIds = new Int2IntHashMap(AclTable.NONE);
    private TreeLoad treeLoad;
    private State state = State.NOT_BEGUN;
    private boolean hasDigest;
    private long zxid;
    private long znodeCount;
    private long digest;
    private long recordCount;

    /** The steps of a load. */
    private enum State
    {
        /** Nothing has come yet. */
        NOT_BEGUN,
        /** The header comes next, or the end if there is no snapshot. */
        BEGUN,
        /** Images come. */
        IN_IMAGES,
        /** The trailer came; the end comes next. */
        AT_END,
        /** The state is whole. */
        LOADED
    }

    /**
     * Creates a loader.
     *
     * @param tree   to fill.
     * @param target receives everything else.
     */
    public SnapshotLoader(final DataTree tree, final SnapshotTarget target)
    {
        this.tree = tree;
        this.target = target;
    }

    /** Prepares to load another snapshot in place of the one loaded before. */
    public void restart()
    {
        state = State.NOT_BEGUN;
    }

    /**
     * Whether a load is complete.
     *
     * @return true until another load begins.
     */
    public boolean isLoaded()
    {
        return state == State.LOADED;
    }

    /**
     * Zxid of the state that was loaded, or is being loaded.
     *
     * @return its zxid; 0 when there is no snapshot.
     */
    public long zxid()
    {
        return zxid;
    }

    /**
     * Whether the trailer came, so that {@link #endAsWritten} is next.
     *
     * @return true between trailer and end.
     */
    public boolean isAtEnd()
    {
        return state == State.AT_END;
    }

    /**
     * Ends a load for which the number of records and the digest are not known from elsewhere. The state is checked
     * against the trailer alone.
     */
    public void endAsWritten()
    {
        onLoadEnd(zxid, recordCount, digest);
    }

    @Override
    public void onLoadBegin(final long newZxid)
    {
        treeLoad = tree.load();
        aclIds.clear();
        target.onReset();
        zxid = newZxid;
        recordCount = 0;
        state = State.BEGUN;
    }

    @Override
    public void onLoadRecord(final DirectBuffer buffer, final int offset, final int length)
    {
        recordCount++;
        try
        {
            // Wrap this record alone, so that no length within it can lead beyond its end.
            record.wrap(buffer, offset, length);
            messageHeader.wrap(record, 0);
            if (state == State.IN_IMAGES && isZnode())
            {
                onZnode(record, 0);
            }
            else
            {
                onRecord(record, 0);
            }
        }
        catch (final IndexOutOfBoundsException | IllegalArgumentException ex)
        {
            check(false, "a record ends too early or holds an unknown value (" + ex.getMessage() + ")");
        }
    }

    /**
     * Whether a record is a znode. Nearly all are, so they take a shorter path through the code: at start-up, a server
     * loses more time to code that is not compiled yet than to waiting for memory.
     */
    private boolean isZnode()
    {
        return messageHeader.schemaId() == MessageHeaderDecoder.SCHEMA_ID &&
            messageHeader.templateId() == ZnodeImageDecoder.TEMPLATE_ID;
    }

    private void onRecord(final DirectBuffer buffer, final int offset)
    {
        check(messageHeader.schemaId() == MessageHeaderDecoder.SCHEMA_ID, "a record that is none");
        final int templateId = messageHeader.templateId();
        if (templateId == SnapshotHeaderDecoder.TEMPLATE_ID)
        {
            onHeader(buffer, offset);
        }
        else
        {
            check(state == State.IN_IMAGES, "a record outside header and trailer");
            onImage(templateId, buffer, offset);
        }
    }

    private void onHeader(final DirectBuffer buffer, final int offset)
    {
        check(state == State.BEGUN, "a second header");
        header.wrapAndApplyHeader(buffer, offset, messageHeader);
        check(header.zxid() == zxid, "the header is that of another snapshot");
        znodeCount = header.znodeCount();
        hasDigest = header.hasDigest() == BooleanType.T;
        treeLoad.begin(znodeCount, header.znodeLimit());
        state = State.IN_IMAGES;
    }

    private void onImage(final int templateId, final DirectBuffer buffer, final int offset)
    {
        switch (templateId)
        {
            case AclImageDecoder.TEMPLATE_ID -> onAcl(buffer, offset);
            case SessionImageDecoder.TEMPLATE_ID -> onSession(buffer, offset);
            case OriginImageDecoder.TEMPLATE_ID -> onOrigin(buffer, offset);
            case EpochEndImageDecoder.TEMPLATE_ID -> onEpochEnd(buffer, offset);
            case SecretImageDecoder.TEMPLATE_ID -> onSecret(buffer, offset);
            case SnapshotTrailerDecoder.TEMPLATE_ID -> onTrailer(buffer, offset);
            default -> check(false, "a record of a kind that a newer version writes");
        }
    }

    private void onZnode(final DirectBuffer buffer, final int offset)
    {
        znode.wrapAndApplyHeader(buffer, offset, messageHeader);
        final long id = znode.znodeId();
        final int aclId = aclIds.get(znode.aclId());
        check(aclId != AclTable.NONE, "a znode without an ACL");
        final boolean isNull = znode.dataIsNull() == BooleanType.T;

        znode.wrapName(name);
        treeLoad.place(id, znode.parentId(), name, 0, name.capacity());
        treeLoad.stamps(id, znode.czxid(), znode.mzxid(), znode.pzxid(), znode.ctimeMs(), znode.mtimeMs());
        treeLoad.versions(id, znode.version(), znode.cversion(), znode.aversion());
        treeLoad.owner(id, znode.ephemeralOwner(), znode.birthOrder());
        znode.wrapPayload(bytes);
        treeLoad.data(id, aclId, bytes, 0, isNull ? -1 : bytes.capacity());
    }

    private void onAcl(final DirectBuffer buffer, final int offset)
    {
        acl.wrapAndApplyHeader(buffer, offset, messageHeader);
        final int id = acl.aclId();
        acl.wrapList(bytes);
        check(bytes.capacity() > 0, "an ACL without content");
        final int before = aclIds.put(id, tree.acls().intern(bytes, 0, bytes.capacity()));
        if (before != AclTable.NONE)
        {
            tree.acls().release(before);
        }
    }

    private void onSession(final DirectBuffer buffer, final int offset)
    {
        session.wrapAndApplyHeader(buffer, offset, messageHeader);
        target.onSession(session.sessionId(), session.timeoutMs(), session.ownerServer(), session.attachNumber(),
            session.passwordRule() == PasswordRule.ZOOKEEPER);
    }

    private void onOrigin(final DirectBuffer buffer, final int offset)
    {
        origin.wrapAndApplyHeader(buffer, offset, messageHeader);
        target.onOrigin(origin.serverId(), origin.incarnation(), origin.sequence());
    }

    private void onEpochEnd(final DirectBuffer buffer, final int offset)
    {
        epochEnd.wrapAndApplyHeader(buffer, offset, messageHeader);
        target.onEpochEnd(epochEnd.zxid(), epochEnd.isFirst() == BooleanType.T);
    }

    private void onSecret(final DirectBuffer buffer, final int offset)
    {
        secret.wrapAndApplyHeader(buffer, offset, messageHeader);
        secret.wrapSecret(bytes);
        target.onSecret(bytes, 0, bytes.capacity());
    }

    private void onTrailer(final DirectBuffer buffer, final int offset)
    {
        trailer.wrapAndApplyHeader(buffer, offset, messageHeader);
        check(trailer.znodeCount() == znodeCount, "header and trailer count differently");
        digest = trailer.digest();
        check(hasDigest || digest == 0, "a digest that the header does not announce");
        state = State.AT_END;
    }

    @Override
    public void onLoadEnd(final long endZxid, final long endRecordCount, final long endDigest)
    {
        check(endZxid == zxid && endRecordCount == recordCount, "records are missing");
        if (state == State.BEGUN)
        {
            check(zxid == 0, "the snapshot is empty");
            tree.reset();
        }
        else
        {
            check(state == State.AT_END, "the trailer is missing");
            endTree(endDigest);
        }
        treeLoad = null;
        state = State.LOADED;
    }

    private void endTree(final long endDigest)
    {
        treeLoad.end();
        final Int2IntHashMap.ValueIterator ids = aclIds.values().iterator();
        while (ids.hasNext())
        {
            tree.acls().release(ids.nextValue());
        }
        aclIds.clear();
        check(tree.nodeCount() == znodeCount, "znodes are missing");
        check(digest == endDigest, "trailer and store have different digests");
        check(!hasDigest || !tree.keepsDigest() || tree.digest() == digest,
            "the tree has another digest than the one that was written");
    }

    private void check(final boolean holds, final String message)
    {
        if (!holds)
        {
            throw new CorruptionException("the snapshot at zxid 0x" + Long.toHexString(zxid) + " contradicts itself: " +
                message + "; remove it so that an older one is loaded");
        }
    }

    @Override
    public void onPublished(final long publishedZxid, final long keepsFrom)
    {
        Invariant.check(false, "a snapshot is published while one is loaded");
    }

    @Override
    public void onFailed(final long failedZxid)
    {
        Invariant.check(false, "a snapshot fails while one is loaded");
    }

    @Override
    public void onReceived(final long receivedZxid)
    {
        Invariant.check(false, "a snapshot is received while one is loaded");
    }

    @Override
    public void onReceiveFailed(final long receivedZxid)
    {
        Invariant.check(false, "a snapshot is received while one is loaded");
    }
}
