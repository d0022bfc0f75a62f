/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.client;

/**
 * How long an answer the client library takes: one megabyte unless it is told otherwise, and it ends the connection
 * over a longer one. Servers send what a znode holds, and a list of a hundred thousand children is longer.
 */
public final class ReplyLimit
{
    /** As the library calls it, and {@code CLIENT_JVMFLAGS} as well. */
    private static final String KEY = "jute.maxbuffer";
    private static final int LENGTH_MAX = 32 << 20;

    private ReplyLimit()
    {
    }

    /** Allows longer ones, unless somebody has set the limit; before the first class of the library is loaded. */
    public static void raise()
    {
        if (System.getProperty(KEY) == null)
        {
            System.setProperty(KEY, Integer.toString(LENGTH_MAX));
        }
    }
}
