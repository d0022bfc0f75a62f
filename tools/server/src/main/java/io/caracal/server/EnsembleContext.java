/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadFactory;

/** Configures an ensemble within this process. Everything has a default. */
public final class EnsembleContext
{
    private final Map<String, String> keys = new LinkedHashMap<>();
    private int observers;
    private Path directory;
    private ThreadFactory threads = Thread::new;

    /**
     * Sets the number of servers without a vote.
     *
     * @param number of observers, 0 or more; at most 32 together with the participants. Default: none.
     * @return this.
     */
    public EnsembleContext observers(final int number)
    {
        observers = number;
        return this;
    }

    /**
     * Sets the directory in which the servers keep their data, one folder per server, named by its id.
     *
     * @param newDirectory is kept after the end. Default: a temporary directory that is removed together with the
     *                     ensemble.
     * @return this.
     */
    public EnsembleContext directory(final Path newDirectory)
    {
        directory = newDirectory;
        return this;
    }

    /**
     * Sets any key of zoo.cfg for all servers, except ports and directories.
     *
     * @param key   as in {@code caracal config --explain}.
     * @param value as it would stand in the file.
     * @return this.
     */
    public EnsembleContext set(final String key, final String value)
    {
        keys.put(key, value);
        return this;
    }

    /** Sets what makes the threads of the servers and of their launch. Tests use it to inject a lack of threads. */
    EnsembleContext threads(final ThreadFactory factory)
    {
        threads = factory;
        return this;
    }

    ThreadFactory threads()
    {
        return threads;
    }

    int observers()
    {
        return observers;
    }

    Path directory()
    {
        return directory;
    }

    void addTo(final ServerContext server)
    {
        keys.forEach(server::set);
        server.threads(threads);
    }
}
