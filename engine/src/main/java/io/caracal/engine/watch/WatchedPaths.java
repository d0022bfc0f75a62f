/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.watch;

import io.caracal.engine.memory.MemoryLedger;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Every path that somebody watches, once: its bytes and the ends of its lists of watches. A record of 64 bytes:
 *
 * <pre>
 *   0 hash   8 length   12 first block of the rest   16 next in chain
 *  20 data list   28 child list   36 recursive list, each head and tail   44 first 20 bytes of the path
 * </pre>
 *
 * The rest of a longer path is in a chain of blocks of 32 bytes: next block, 28 bytes of the path. The lists of a
 * record that holds no path are empty, because a path is removed only when nobody watches it any more.
 */
final class WatchedPaths extends ChainedIndex
{
    private static final int HASH = 0;
    private static final int LENGTH = 8;
    private static final int BLOCK = 12;
    private static final int NEXT = 16;
    private static final int LISTS = 20;
    private static final int LIST_LENGTH = 8;
    private static final int INLINE = LISTS + WatchRecords.KINDS * LIST_LENGTH;
    private static final int RECORD_SHIFT = 6;
    private static final int INLINE_LENGTH = (1 << RECORD_SHIFT) - INLINE;
    private static final int BLOCK_SHIFT = 5;
    private static final int BLOCK_BYTES = 4;
    private static final int BLOCK_LENGTH = (1 << BLOCK_SHIFT) - BLOCK_BYTES;

    private final RecordPages paths;
    private final RecordPages blocks;

    WatchedPaths(final MemoryLedger ledger)
    {
        super(ledger);
        paths = new RecordPages(ledger, RECORD_SHIFT);
        blocks = new RecordPages(ledger, BLOCK_SHIFT);
    }

    int find(final long hash, final DirectBuffer path, final int offset, final int length)
    {
        int candidate = first((int)hash);

        while (candidate != RecordPages.NONE && !isAt(candidate, hash, path, offset, length))
        {
            candidate = next(candidate);
        }

        return candidate;
    }

    private boolean isAt(final int record, final long hash, final DirectBuffer path, final int offset, final int length)
    {
        if (paths.getLong(record, HASH) != hash || paths.getInt(record, LENGTH) != length)
        {
            return false;
        }

        int done = Math.min(length, INLINE_LENGTH);
        boolean isEqual = paths.hasBytes(record, INLINE, path, offset, done);

        for (int block = paths.getInt(record, BLOCK); isEqual && done < length; block = blocks.getInt(block, 0))
        {
            final int step = Math.min(length - done, BLOCK_LENGTH);
            isEqual = blocks.hasBytes(block, BLOCK_BYTES, path, offset + done, step);
            done += step;
        }

        return isEqual;
    }

    int add(final long hash, final DirectBuffer path, final int offset, final int length)
    {
        final int record = paths.allocate();
        paths.putLong(record, HASH, hash);
        paths.putInt(record, LENGTH, length);
        paths.putInt(record, BLOCK, RecordPages.NONE);
        final int inline = Math.min(length, INLINE_LENGTH);
        paths.putBytes(record, INLINE, path, offset, inline);
        addBlocks(record, path, offset + inline, length - inline);
        insert(record, (int)hash);

        return record;
    }

    private void addBlocks(final int record, final DirectBuffer path, final int offset, final int length)
    {
        int previous = RecordPages.NONE;

        for (int done = 0; done < length; done += BLOCK_LENGTH)
        {
            final int block = blocks.allocate();
            blocks.putInt(block, 0, RecordPages.NONE);
            blocks.putBytes(block, BLOCK_BYTES, path, offset + done, Math.min(length - done, BLOCK_LENGTH));

            if (previous == RecordPages.NONE)
            {
                paths.putInt(record, BLOCK, block);
            }
            else
            {
                blocks.putInt(previous, 0, block);
            }

            previous = block;
        }
    }

    void remove(final int record)
    {
        remove(record, hash(record));
        int block = paths.getInt(record, BLOCK);

        while (block != RecordPages.NONE)
        {
            final int following = blocks.getInt(block, 0);
            blocks.free(block);
            block = following;
        }

        paths.free(record);
    }

    /** Index after the last path ever used. */
    int end()
    {
        return paths.end();
    }

    boolean isUnwatched(final int record)
    {
        return head(record, WatchRecords.DATA) == RecordPages.NONE && head(record,
            WatchRecords.CHILD) == RecordPages.NONE && head(record, WatchRecords.RECURSIVE) == RecordPages.NONE;
    }

    int head(final int path, final int kind)
    {
        return paths.getInt(path, LISTS + kind * LIST_LENGTH);
    }

    void head(final int path, final int kind, final int watch)
    {
        paths.putInt(path, LISTS + kind * LIST_LENGTH, watch);
    }

    int tail(final int path, final int kind)
    {
        return paths.getInt(path, LISTS + kind * LIST_LENGTH + Integer.BYTES);
    }

    void tail(final int path, final int kind, final int watch)
    {
        paths.putInt(path, LISTS + kind * LIST_LENGTH + Integer.BYTES, watch);
    }

    int length(final int record)
    {
        return paths.getInt(record, LENGTH);
    }

    void copy(final int record, final MutableDirectBuffer target, final int index)
    {
        final int length = length(record);
        int done = Math.min(length, INLINE_LENGTH);
        target.putBytes(index, paths.page(record), paths.offset(record) + INLINE, done);

        for (int block = paths.getInt(record, BLOCK); done < length; block = blocks.getInt(block, 0))
        {
            final int step = Math.min(length - done, BLOCK_LENGTH);
            target.putBytes(index + done, blocks.page(block), blocks.offset(block) + BLOCK_BYTES, step);
            done += step;
        }
    }

    @Override
    int hash(final int record)
    {
        return (int)paths.getLong(record, HASH);
    }

    @Override
    int next(final int record)
    {
        return paths.getInt(record, NEXT);
    }

    @Override
    void next(final int record, final int following)
    {
        paths.putInt(record, NEXT, following);
    }

    @Override
    void close()
    {
        super.close();
        paths.close();
        blocks.close();
    }
}
