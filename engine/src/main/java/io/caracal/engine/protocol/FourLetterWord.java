/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/**
 * Commands of four ASCII letters that a person sends instead of a first frame. Their big-endian value is far above any
 * permitted frame length, so the first four bytes of a connection tell them apart.
 */
public enum FourLetterWord
{
    /** Configuration. */
    CONF("conf"),
    /** Connections. */
    CONS("cons"),
    /** Resets figures of connections. */
    CRST("crst"),
    /** Sizes of directories. */
    DIRS("dirs"),
    /** Sessions and ephemerals. */
    DUMP("dump"),
    /** Environment. */
    ENVI("envi"),
    /** Tells the trace mask. */
    GTMK("gtmk"),
    /** History of tree digests. */
    HASH("hash"),
    /** Whether the server is read-only. */
    ISRO("isro"),
    /** All figures. */
    MNTR("mntr"),
    /** Whether the server runs. */
    RUOK("ruok"),
    /** Resets figures of the server. */
    SRST("srst"),
    /** The server in short. */
    SRVR("srvr"),
    /** The server and its connections in short. */
    STAT("stat"),
    /** Sets the trace mask; eight more bytes follow. */
    STMK("stmk"),
    /** Watches by session. */
    WCHC("wchc"),
    /** Watches by path. */
    WCHP("wchp"),
    /** Watches, counted. */
    WCHS("wchs"),
    /** What a telnet client sends on control-C; closes quietly. */
    TELNET_CLOSE(0xFFF4FFFD, "telnet close");

    private static final FourLetterWord[] WORDS = values();

    private final int code;
    private final String word;

    FourLetterWord(final String word)
    {
        this(word.charAt(0) << 24 | word.charAt(1) << 16 | word.charAt(2) << 8 | word.charAt(3), word);
    }

    FourLetterWord(final int code, final String word)
    {
        this.code = code;
        this.word = word;
    }

    /**
     * The four bytes.
     *
     * @return as a big-endian integer.
     */
    public int code()
    {
        return code;
    }

    /**
     * The word as typed.
     *
     * @return four lower-case letters; for {@link #TELNET_CLOSE} a description.
     */
    public String word()
    {
        return word;
    }

    /**
     * Finds a word.
     *
     * @param code first four bytes of a connection, big-endian.
     * @return the word, null when it is none.
     */
    public static FourLetterWord of(final int code)
    {
        for (final FourLetterWord candidate : WORDS)
        {
            if (candidate.code == code)
            {
                return candidate;
            }
        }

        return null;
    }
}
