/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import org.agrona.collections.IntHashSet;

/**
 * The four-letter words with which a fresh connection may begin. Anything else in its first four bytes is the length of
 * a frame. Taken as lengths, these words are greater than one thousand million, and so above any sensible frame limit.
 */
public final class Words
{
    /** Asks whether the server is running. */
    public static final int RUOK = word("ruok");
    /** Asks whether the server is read-only or read-write. */
    public static final int ISRO = word("isro");
    /** Returns the trace mask. */
    public static final int GTMK = word("gtmk");
    /** Sets the trace mask; eight bytes follow. */
    public static final int STMK = word("stmk");
    /** Resets the statistics of connections. */
    public static final int CRST = word("crst");
    /** Resets the statistics of the server. */
    public static final int SRST = word("srst");
    /** Sizes of the data directories. */
    public static final int DIRS = word("dirs");
    /** The configuration. */
    public static final int CONF = word("conf");
    /** The environment. */
    public static final int ENVI = word("envi");
    /** A summary of the server. */
    public static final int SRVR = word("srvr");
    /** A summary of the server and its clients. */
    public static final int STAT = word("stat");
    /** The connections in detail. */
    public static final int CONS = word("cons");
    /** A summary of the watches. */
    public static final int WCHS = word("wchs");
    /** Watches by connection. */
    public static final int WCHC = word("wchc");
    /** Watches by path. */
    public static final int WCHP = word("wchp");
    /** Sessions and their ephemeral znodes. */
    public static final int DUMP = word("dump");
    /** The history of tree digests. */
    public static final int HASH = word("hash");
    /** Figures for monitoring. */
    public static final int MNTR = word("mntr");
    /** What telnet sends for its interrupt key. The connection is closed without an answer. */
    public static final int TELNET_INTERRUPT = 0xfff4fffd;

    private static final IntHashSet KNOWN = new IntHashSet();

    static
    {
        for (final int word : new int[]{ RUOK, ISRO, GTMK, STMK, CRST, SRST, DIRS, CONF, ENVI, SRVR, STAT, CONS, WCHS,
            WCHC, WCHP, DUMP, HASH, MNTR })
        {
            KNOWN.add(word);
        }
    }

    private Words()
    {
    }

    /**
     * Whether four bytes are a word that has an answer.
     *
     * @param bytes the bytes, big-endian.
     * @return true for every word named here except {@link #TELNET_INTERRUPT}.
     */
    public static boolean isKnown(final int bytes)
    {
        return KNOWN.contains(bytes);
    }

    /**
     * The letters of a word.
     *
     * @param word as four big-endian bytes.
     * @return its four letters.
     */
    public static String letters(final int word)
    {
        return "" + (char)(word >>> 24) + (char)(word >> 16 & 0xff) + (char)(word >> 8 & 0xff) + (char)(word & 0xff);
    }

    /**
     * Encodes four letters as a word.
     *
     * @param letters exactly four ASCII letters.
     * @return their bytes, big-endian.
     */
    public static int word(final String letters)
    {
        if (letters.length() != 4)
        {
            throw new IllegalArgumentException("a word has four letters: " + letters);
        }

        return letters.charAt(0) << 24 | letters.charAt(1) << 16 | letters.charAt(2) << 8 | letters.charAt(3);
    }
}
