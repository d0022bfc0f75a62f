/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.log;

import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Marks the lines that a thread logs with the id of its server, for {@code %X{myid}} in the pattern of an appender, as
 * ZooKeeper does. Lines of a standalone server have no mark.
 */
public final class LogMark
{
    /** Key of the mark in the diagnostic context of the logger. */
    public static final String KEY = "myid";

    private LogMark()
    {
    }

    /**
     * The mark of the calling thread.
     *
     * @return null for none.
     */
    public static String current()
    {
        return MDC.get(KEY);
    }

    /**
     * Marks the calling thread while it runs a task. Afterwards it has the mark that it had before.
     *
     * @param text of the mark; null for none.
     * @param task to be run.
     */
    public static void during(final String text, final Runnable task)
    {
        during(text, () ->
        {
            task.run();
            return null;
        });
    }

    /**
     * Marks the calling thread while it runs a task. Afterwards it has the mark that it had before.
     *
     * @param text of the mark; null for none.
     * @param task to be run.
     * @param <T>  of the result.
     * @return what the task returns.
     */
    public static <T> T during(final String text, final Supplier<T> task)
    {
        final String before = current();
        put(text);
        try
        {
            return task.get();
        }
        finally
        {
            put(before);
        }
    }

    /**
     * Gives a task for another thread the mark of the calling one.
     *
     * @param task for a thread that may run tasks of other servers before and after.
     * @return the same task, marked.
     */
    public static Runnable carried(final Runnable task)
    {
        final String text = current();
        return text == null ? task : () -> during(text, task);
    }

    @SuppressWarnings("LockOnNonEnclosingClassLiteral")
    private static void put(final String text)
    {
        if (text == null)
        {
            MDC.remove(KEY);
            return;
        }

        // The thread that sets up logging holds this lock meanwhile. A mark that is put before is lost, and lines that
        // are logged before are repeated by that thread, without it.
        synchronized (LoggerFactory.class)
        {
            MDC.put(KEY, text);
        }
    }
}
