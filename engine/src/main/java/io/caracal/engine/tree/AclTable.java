/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import io.caracal.engine.Invariant;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.memory.MemoryTag;
import io.caracal.engine.memory.SizeClasses;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Interned ACLs: each is kept once, however many znodes have it, and named by a small number. An ACL is its canonical
 * bytes, the jute encoding of the list. It lives as long as somebody holds a reference.
 */
public final class AclTable implements AutoCloseable
{
    /** The id of no ACL. */
    public static final int NONE = 0;

    /** The stamp of no client. */
    public static final long NOBODY = 0;

    private final SeededHash hashes;
    private final AclStore store;
    private final SizeClasses blocks;
    private final HashBuckets buckets;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private long lastStamp = NOBODY;

    AclTable(final MemoryLedger ledger, final SeededHash hashes)
    {
        this.hashes = hashes;
        store = new AclStore(ledger);
        blocks = new SizeClasses(ledger, MemoryTag.ACLS);
        buckets = new HashBuckets(ledger, MemoryTag.ACLS, store);
    }

    /**
     * Returns the id of an ACL and enters the ACL if it is new. The caller gets a reference and gives it back with
     * {@link #release}.
     *
     * @param acl    holds the canonical bytes; copied.
     * @param offset of them.
     * @param length of them, 1 or more.
     * @return its id, greater than zero. Ids differ from server to server.
     */
    public int intern(final DirectBuffer acl, final int offset, final int length)
    {
        final int hash = hash(acl, offset, length);
        final int known = find(acl, offset, length, hash);
        if (known == NONE)
        {
            return add(acl, offset, length, hash);
        }
        acquire(known);

        return known;
    }

    /**
     * Whether an ACL is in the table, so that it takes no more memory.
     *
     * @param acl    holds the canonical bytes.
     * @param offset of them.
     * @param length of them, 1 or more.
     * @return true when somebody holds it.
     */
    public boolean isKept(final DirectBuffer acl, final int offset, final int length)
    {
        return find(acl, offset, length, hash(acl, offset, length)) != NONE;
    }

    private int find(final DirectBuffer acl, final int offset, final int length, final int hash)
    {
        int id = buckets.head(hash);
        while (id != NONE && !(store.hash(id) == hash && length(id) == length && Words.equal(blockBuffer(id),
            blockOffset(id), acl, offset, length)))
        {
            id = store.chainNext(id);
        }

        return id;
    }

    private int add(final DirectBuffer acl, final int offset, final int length, final int hash)
    {
        final int block = blocks.allocate(length);
        blocks.buffer(length, block).putBytes(blocks.offset(length, block), acl, offset, length);
        final int id = store.allocate(hash, length, block, OpenAcl.permissions(acl, offset, length));
        buckets.insert(id);

        return id;
    }

    /**
     * A hash that clients cannot foresee, of an ACL or of a part of one.
     *
     * @param acl    holds the bytes.
     * @param offset of them.
     * @param length of them, 0 or more.
     * @return the same for the same bytes as long as the tree lives.
     */
    public int hash(final DirectBuffer acl, final int offset, final int length)
    {
        return hashes.child(0, acl, offset, length);
    }

    /**
     * Takes one more reference.
     *
     * @param id of an ACL.
     */
    public void acquire(final int id)
    {
        store.references(id, store.references(id) + 1);
    }

    /**
     * Gives a reference back. The ACL goes with its last reference, and its id may then name another one.
     *
     * @param id of an ACL.
     */
    public void release(final int id)
    {
        final int references = store.references(id);
        Invariant.check(references > 0, "an ACL is released that nobody holds");
        if (references == 1)
        {
            buckets.remove(id);
            blocks.free(length(id), store.block(id));
            store.free(id);
        }
        else
        {
            store.references(id, references - 1);
        }
    }

    /**
     * How many ACLs there are.
     *
     * @return zero or more.
     */
    public long count()
    {
        return store.count();
    }

    /**
     * Length of an ACL.
     *
     * @param id of the ACL.
     * @return bytes.
     */
    public int length(final int id)
    {
        return store.length(id);
    }

    /**
     * The permissions that an ACL gives to everyone, if they are known without reading it.
     *
     * @param id of the ACL.
     * @return the permissions if its only entry is {@code world:anyone}, 0 for any other ACL.
     */
    public int openPermissions(final int id)
    {
        return store.openPermissions(id);
    }

    /**
     * Gives a new stamp to a client that ACLs of this table will judge. A client takes a new stamp whenever anything
     * about its identities changes.
     *
     * @return a number that this table never gave before.
     */
    public long nextStamp()
    {
        return ++lastStamp;
    }

    /**
     * The client that an ACL judged last. The result is kept so that a long ACL need not be searched at every request
     * of that client.
     *
     * @param id of the ACL.
     * @return the stamp of the client, {@link #NOBODY} when there was none.
     */
    public long judgedStamp(final int id)
    {
        return store.judgedStamp(id);
    }

    /**
     * The result of judging that client.
     *
     * @param id of the ACL.
     * @return all permissions that the ACL gives to {@link #judgedStamp}.
     */
    public int judgedPermissions(final int id)
    {
        return store.judgedPermissions(id);
    }

    /**
     * Remembers what an ACL gives to a client, in place of the client judged before. It is forgotten with the ACL.
     *
     * @param id          of the ACL.
     * @param stamp       of the client.
     * @param permissions all that the ACL gives to it.
     */
    public void judged(final int id, final long stamp, final int permissions)
    {
        store.judged(id, stamp, permissions);
    }

    /**
     * Copies an ACL out.
     *
     * @param id     of the ACL.
     * @param target receives its canonical bytes.
     * @param index  of the first byte in the target.
     * @return bytes copied.
     */
    public int copy(final int id, final MutableDirectBuffer target, final int index)
    {
        final int length = length(id);
        blockBuffer(id).getBytes(blockOffset(id), target, index, length);

        return length;
    }

    /**
     * The canonical bytes of an ACL, without a copy.
     *
     * @param id of the ACL.
     * @return a buffer of exactly its length; valid until the next call and while a reference is held.
     */
    public DirectBuffer view(final int id)
    {
        view.wrap(blockBuffer(id), blockOffset(id), length(id));

        return view;
    }

    /**
     * Number of the last snapshot walk that wrote this ACL.
     *
     * @param id of the ACL.
     * @return number, 0 when none did.
     */
    public int walk(final int id)
    {
        return store.walk(id);
    }

    /**
     * Marks an ACL as written by a snapshot walk.
     *
     * @param id   of the ACL.
     * @param walk number of the walk.
     */
    public void walk(final int id, final int walk)
    {
        store.walk(id, walk);
    }

    private UnsafeBuffer blockBuffer(final int id)
    {
        return blocks.buffer(length(id), store.block(id));
    }

    private int blockOffset(final int id)
    {
        return blocks.offset(length(id), store.block(id));
    }

    /** Forgets all ACLs and frees all memory. */
    void clear()
    {
        buckets.clear();
        blocks.clear();
        store.clear();
    }

    @Override
    public void close()
    {
        buckets.close();
        blocks.close();
        store.close();
    }
}
