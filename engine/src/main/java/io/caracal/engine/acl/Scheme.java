/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.acl;

import org.agrona.DirectBuffer;

/** Schemes of identities that this server knows. */
public enum Scheme
{
    /** Everybody: its only id is {@code anyone}. */
    WORLD("world"),
    /** In an ACL that a client sets: every authenticated identity of the connection. Never stored. */
    AUTH("auth"),
    /** User name and hash of user name and password. */
    DIGEST("digest"),
    /** Remote address, in ACLs also a range of addresses. */
    IP("ip"),
    /** May do everything. Never stored, never named by a client. */
    SUPER("super"),
    /** Proof that the client meant this ensemble; gives no identity. */
    ENSEMBLE("ensemble");

    private static final Scheme[] SCHEMES = values();

    private final String text;

    Scheme(final String text)
    {
        this.text = text;
    }

    /**
     * Name on the wire.
     *
     * @return lower-case ASCII.
     */
    public String text()
    {
        return text;
    }

    /** Whether these bytes are the name. */
    boolean isNamed(final DirectBuffer buffer, final int offset, final int length)
    {
        if (text.length() != length)
        {
            return false;
        }

        for (int i = 0; i < length; i++)
        {
            if (buffer.getByte(offset + i) != text.charAt(i))
            {
                return false;
            }
        }

        return true;
    }

    /**
     * Finds a scheme.
     *
     * @param buffer holds the name.
     * @param offset of its first byte.
     * @param length in bytes, -1 for null.
     * @return the scheme, null when unknown.
     */
    public static Scheme of(final DirectBuffer buffer, final int offset, final int length)
    {
        for (final Scheme candidate : SCHEMES)
        {
            if (candidate.isNamed(buffer, offset, length))
            {
                return candidate;
            }
        }

        return null;
    }

    /**
     * Finds a scheme.
     *
     * @param name any text.
     * @return the scheme, null when unknown.
     */
    public static Scheme of(final String name)
    {
        for (final Scheme candidate : SCHEMES)
        {
            if (candidate.text.equals(name))
            {
                return candidate;
            }
        }

        return null;
    }
}
