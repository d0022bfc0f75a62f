/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import org.agrona.collections.IntHashSet;

/**
 * The four-letter words that a fresh connection may begin with. Anything else in its first four bytes is the length
 * of a frame. As lengths these words lie above one thousand million, hence above any sensible frame limit.
 */
public final class Words
{
    /** Are you OK. */
    public static final int RUOK = word("ruok");
    /** Read-only or read-write. */
    public static final int ISRO = word("isro");
    /** The trace mask. */
    public static final int GTMK = word("gtmk");
    /** Sets the trace mask; eight bytes follow. */
    public static final int STMK = word("stmk");
    /** Resets the figures of connections. */
    public static final int CRST = word("crst");
    /** Resets the figures of the server. */
    public static final int SRST = word("srst");
    /** Sizes of the data directories. */
    public static final int DIRS = word("dirs");
    /** The configuration. */
    public static final int CONF = word("conf");
    /** The environment. */
    public static final int ENVI = word("envi");
    /** The server in brief. */
    public static final int SRVR = word("srvr");
    /** The server and its clients in brief. */
    public static final int STAT = word("stat");
    /** The connections in full. */
    public static final int CONS = word("cons");
    /** Watches, a summary. */
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
    /** What telnet sends for its interrupt key: the connection is closed without an answer. */
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
     * @return true for every word named here but {@link #TELNET_INTERRUPT}.
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
     * Four letters as a word.
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
