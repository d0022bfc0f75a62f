/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.client;

/**
 * The longest reply that the client library accepts. The library's default is one megabyte, and it closes the
 * connection over a longer reply. Servers send everything that a znode holds, and a list of a hundred thousand children
 * is longer than that.
 */
public final class ReplyLimit
{
    /** The library's name of the property, which {@code CLIENT_JVMFLAGS} may set too. */
    private static final String KEY = "jute.maxbuffer";
    private static final int LENGTH_MAX = 32 << 20;

    private ReplyLimit()
    {
    }

    /** Raises the limit unless it is already set. Call this before the first class of the library is loaded. */
    public static void raise()
    {
        if (System.getProperty(KEY) == null)
        {
            System.setProperty(KEY, Integer.toString(LENGTH_MAX));
        }
    }
}
