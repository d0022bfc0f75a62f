/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** A thread that selects channels and lets a proxy handle the ready ones, until it is closed. */
abstract class SelectorThread implements AutoCloseable
{
    final Selector selector;
    private final Thread thread;
    private volatile boolean isRunning = true;

    SelectorThread(final String name)
    {
        try
        {
            selector = Selector.open();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }

        thread = new Thread(this::run, name);
    }

    final void start()
    {
        thread.start();
    }

    @Override
    public final void close()
    {
        isRunning = false;
        selector.wakeup();

        try
        {
            thread.join();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }

    private void run()
    {
        try (selector)
        {
            while (isRunning)
            {
                selector.select(this::onReady);
                onVisited();
            }

            closeChannels();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** Handles a ready channel. */
    abstract void onReady(SelectionKey key);

    /** Called when all ready channels had their turn, or somebody woke the thread. */
    void onVisited()
    {
        // Most proxies have nothing to do here.
    }

    /** Closes the channels when the thread ends. */
    abstract void closeChannels() throws IOException;
}
