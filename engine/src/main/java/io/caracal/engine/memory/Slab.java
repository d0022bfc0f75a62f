/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.memory;

import io.caracal.engine.Invariant;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Records of one fixed size in native memory, named by 32-bit slot numbers. Taking and freeing a slot costs the same
 * however many records there are. Memory grows chunk by chunk, so no step takes longer than clearing one chunk. A chunk
 * whose last record is freed is given back, except for one that is kept for the next burst.
 *
 * <pre>
 *   slot:   | chunk index          | record within chunk |     0 means none
 *
 *   chunk:  | record | record | free | record | fresh .. |     begins on a cache line
 *                               |
 *                               next free slot of this chunk in the first four bytes
 * </pre>
 *
 * Not thread-safe.
 */
public final class Slab implements AutoCloseable
{
    /** Stands for no slot. */
    public static final int NONE = 0;

    /** Maximum length of a chunk in bytes, and so the most that is cleared at once. */
    public static final int CHUNK_LENGTH_MAX = 256 * 1024;

    /** Maximum length of a record in bytes. Two fit into a chunk, because slot 0 of the first chunk stays unused. */
    public static final int RECORD_LENGTH_MAX = CHUNK_LENGTH_MAX / 2;

    private static final int RECORD_LENGTH_MIN = 8;
    private static final int CHUNKS_MIN = 8;

    private final MemoryLedger ledger;
    private final MemoryTag tag;
    private final int recordLength;
    private final int shift;
    private final int mask;

    private SlabChunk[] chunks = new SlabChunk[CHUNKS_MIN];
    private UnsafeBuffer[] views = new UnsafeBuffer[CHUNKS_MIN];
    private int chunkLimit;
    private int[] unusedIndexes = new int[CHUNKS_MIN];
    private int unusedCount;
    private SlabChunk withRoom;
    private SlabChunk spare;
    private long count;

    /**
     * Creates an empty slab that holds no memory yet.
     *
     * @param ledger       counts the memory.
     * @param tag          who owns it.
     * @param recordLength in bytes, 8 to {@link #RECORD_LENGTH_MAX}.
     */
    public Slab(final MemoryLedger ledger, final MemoryTag tag, final int recordLength)
    {
        Invariant.check(recordLength >= RECORD_LENGTH_MIN && recordLength <= RECORD_LENGTH_MAX,
            "record length out of range");
        this.ledger = ledger;
        this.tag = tag;
        this.recordLength = recordLength;
        shift = 31 - Integer.numberOfLeadingZeros(CHUNK_LENGTH_MAX / recordLength);
        mask = (1 << shift) - 1;
    }

    /**
     * Takes a slot.
     *
     * @return its number, greater than zero; the content of its record is undefined.
     */
    public int allocate()
    {
        final SlabChunk chunk = withRoom == null ? addChunk() : withRoom;
        final int slot;
        if (chunk.freeHead != NONE)
        {
            slot = chunk.freeHead;
            chunk.freeHead = chunk.view.getInt(offset(slot));
        }
        else
        {
            slot = (chunk.index << shift) + chunk.fresh++;
        }
        taken(chunk);

        if (isFull(chunk))
        {
            unlink(chunk);
        }

        return slot;
    }

    private void taken(final SlabChunk chunk)
    {
        chunk.used++;
        count++;
        ledger.room(tag, -recordLength);
    }

    /**
     * Gives a slot back; its number may be handed out again.
     *
     * @param slot as returned by {@link #allocate}.
     */
    public void free(final int slot)
    {
        final SlabChunk chunk = chunks[slot >>> shift];
        Invariant.check(chunk != null && chunk.used > 0, "a slot is freed that was not taken");
        final boolean wasFull = isFull(chunk);
        chunk.view.putInt(offset(slot), chunk.freeHead);
        chunk.freeHead = slot;
        chunk.used--;
        count--;
        ledger.room(tag, recordLength);

        if (wasFull)
        {
            link(chunk);
        }
        if (chunk.used == 0)
        {
            onEmpty(chunk);
        }
    }

    /**
     * The memory that holds a record.
     *
     * @param slot of the record.
     * @return the chunk's buffer; the record begins at {@link #offset}.
     */
    public UnsafeBuffer buffer(final int slot)
    {
        return views[slot >>> shift];
    }

    /**
     * The offset of a record within {@link #buffer}.
     *
     * @param slot of the record.
     * @return bytes from the start of the buffer.
     */
    public int offset(final int slot)
    {
        return (slot & mask) * recordLength;
    }

    /**
     * The number of slots taken.
     *
     * @return zero or more.
     */
    public long count()
    {
        return count;
    }

    /**
     * An upper bound of the slot numbers handed out so far.
     *
     * @return exclusive.
     */
    public int slotLimit()
    {
        return chunkLimit << shift;
    }

    /**
     * Whether the memory of a slot may be read.
     *
     * @param slot any number.
     * @return true when its chunk exists; the slot itself may be free.
     */
    public boolean isInUse(final int slot)
    {
        return slot > NONE && slot >>> shift < chunkLimit && views[slot >>> shift] != null;
    }

    /**
     * The first slot at or after the given one that may be taken; skips chunks without taken slots.
     *
     * @param slot zero to {@link #slotLimit()}.
     * @return a slot, taken or not, whose memory may be read, or {@link #slotLimit()}.
     */
    public int skipEmptyChunks(final int slot)
    {
        int index = slot >>> shift;
        int result = slot;
        while (index < chunkLimit && (chunks[index] == null || chunks[index].used == 0))
        {
            index++;
            result = index << shift;
        }

        return Math.max(result, 1);
    }

    /**
     * Takes a slot by its number, to fill an empty slab from an image. {@link #endPlacing} must follow before the next
     * {@link #allocate} or {@link #free}.
     *
     * @param slot greater than zero.
     * @return false when it is taken already.
     */
    public boolean place(final int slot)
    {
        Invariant.check(slot > NONE, "not a slot");
        final int index = slot >>> shift;
        while (chunkLimit <= index)
        {
            addIndex();
        }

        SlabChunk chunk = chunks[index];
        if (chunk == null)
        {
            chunk = newChunk(index);
            chunk.placed = new long[(mask >>> 6) + 1];
        }

        Invariant.check(chunk.placed != null, "slots are placed in a slab that is in use");
        final int slotInChunk = slot & mask;
        final long bit = 1L << slotInChunk;
        if ((chunk.placed[slotInChunk >>> 6] & bit) != 0)
        {
            return false;
        }

        chunk.placed[slotInChunk >>> 6] |= bit;
        taken(chunk);

        return true;
    }

    /** Ends the filling by slot numbers. Slots that were not placed may now be handed out. */
    public void endPlacing()
    {
        unusedCount = 0;
        for (int index = chunkLimit - 1; index >= 0; index--)
        {
            if (chunks[index] == null)
            {
                addUnusedIndex(index);
            }
            else
            {
                freeGaps(chunks[index]);
            }
        }
    }

    private void freeGaps(final SlabChunk chunk)
    {
        chunk.fresh = mask + 1;
        for (int i = mask; i >= chunk.firstSlot(); i--)
        {
            final boolean isGap = (chunk.placed[i >>> 6] & (1L << i)) == 0;
            if (isGap && chunk.fresh == i + 1)
            {
                chunk.fresh = i;
            }
            else if (isGap)
            {
                chunk.view.putInt(i * recordLength, chunk.freeHead);
                chunk.freeHead = (chunk.index << shift) + i;
            }
        }
        chunk.placed = null;
        if (!isFull(chunk))
        {
            link(chunk);
        }
    }

    /** Frees all records and all memory; the slab may be used again. */
    public void clear()
    {
        for (int i = 0; i < chunkLimit; i++)
        {
            if (chunks[i] != null)
            {
                giveBack(chunks[i]);
            }
        }
        chunks = new SlabChunk[CHUNKS_MIN];
        views = new UnsafeBuffer[CHUNKS_MIN];
        chunkLimit = 0;
        unusedCount = 0;
        withRoom = null;
        spare = null;
        count = 0;
    }

    @Override
    public void close()
    {
        clear();
    }

    private boolean isFull(final SlabChunk chunk)
    {
        return chunk.freeHead == NONE && chunk.fresh > mask;
    }

    private void onEmpty(final SlabChunk chunk)
    {
        if (spare == null || spare == chunk || spare.used > 0)
        {
            spare = chunk;
            chunk.forgetSlots();
        }
        else
        {
            unlink(chunk);
            chunks[chunk.index] = null;
            views[chunk.index] = null;
            addUnusedIndex(chunk.index);
            giveBack(chunk);
        }
    }

    private SlabChunk addChunk()
    {
        if (unusedCount == 0)
        {
            addUnusedIndex(addIndex());
        }
        final SlabChunk chunk = newChunk(unusedIndexes[--unusedCount]);
        link(chunk);

        return chunk;
    }

    private SlabChunk newChunk(final int index)
    {
        final SlabChunk chunk = new SlabChunk(ledger, tag, index, recordLength << shift);
        chunk.forgetSlots();
        chunks[index] = chunk;
        views[index] = chunk.view;
        ledger.room(tag, room(chunk));

        return chunk;
    }

    private void giveBack(final SlabChunk chunk)
    {
        ledger.room(tag, -room(chunk));
        chunk.free(ledger, tag);
    }

    /** Bytes of the slots of a chunk that are not taken. */
    private int room(final SlabChunk chunk)
    {
        return (mask + 1 - chunk.firstSlot() - chunk.used) * recordLength;
    }

    private int addIndex()
    {
        Invariant.check(chunkLimit < Integer.MAX_VALUE >>> shift, "all slot numbers of a slab are in use");
        if (chunkLimit == chunks.length)
        {
            chunks = Arrays.copyOf(chunks, chunkLimit * 2);
            views = Arrays.copyOf(views, chunkLimit * 2);
        }

        return chunkLimit++;
    }

    private void addUnusedIndex(final int index)
    {
        if (unusedCount == unusedIndexes.length)
        {
            unusedIndexes = Arrays.copyOf(unusedIndexes, unusedCount * 2);
        }
        unusedIndexes[unusedCount++] = index;
    }

    private void link(final SlabChunk chunk)
    {
        chunk.previous = null;
        chunk.next = withRoom;
        if (withRoom != null)
        {
            withRoom.previous = chunk;
        }
        withRoom = chunk;
    }

    private void unlink(final SlabChunk chunk)
    {
        if (chunk.previous == null)
        {
            withRoom = chunk.next;
        }
        else
        {
            chunk.previous.next = chunk.next;
        }

        if (chunk.next != null)
        {
            chunk.next.previous = chunk.previous;
        }
        chunk.previous = null;
        chunk.next = null;
    }
}
