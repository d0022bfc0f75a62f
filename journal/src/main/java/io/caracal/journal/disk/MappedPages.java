/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import org.agrona.BitUtil;

/**
 * Tells the system how the pages of a mapped file are used. All of it is advice: what a mapping holds and what is on
 * disk are the same without, and a system that takes no advice is only slower, so its refusals are passed over.
 */
public final class MappedPages
{
    /** Of Linux on every processor that Caracal runs on, and of macOS. */
    private static final int ADVICE_RANDOM = 1;

    /** Of Linux; elsewhere the number is that of another advice, or of none. */
    private static final int ADVICE_DONT_NEED = 4;
    private static final boolean IS_LINUX = System.getProperty("os.name", "").startsWith("Linux");
    private static final int PAGE_LENGTH = 4096;

    private MappedPages()
    {
    }

    /**
     * A first touch brings in one page, not the many that follow: right for a file that is only appended to. Reading
     * ahead would fill megabytes of memory with the zeros of blocks that were never written, in the middle of an
     * append.
     *
     * @param address of the first byte, mapped.
     * @param length  of the mapping in bytes.
     */
    public static void readNothingAhead(final long address, final long length)
    {
        advise(address, address + length, ADVICE_RANDOM);
    }

    /**
     * Takes pages of a shared mapping of a file out of this process's view; their contents stay in the system's memory
     * and come back at the next touch. A force has to protect each mapped page that it writes, and for each of them it
     * interrupts the other processors that run this process: some microseconds a page. Pages taken out together cost
     * that once.
     *
     * @param from address of the first byte.
     * @param to   address after the last byte; all between belongs to the same shared mapping of a file.
     */
    public static void letGo(final long from, final long to)
    {
        if (to - from > PAGE_LENGTH)
        {
            advise(from, to, ADVICE_DONT_NEED);
        }
    }

    private static void advise(final long from, final long to, final int advice)
    {
        if (IS_LINUX)
        {
            final long start = from & -PAGE_LENGTH;
            CLibrary.Binding.LIBRARY.madvise(start, BitUtil.align(to - start, PAGE_LENGTH), advice);
        }
    }
}
