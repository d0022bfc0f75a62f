/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an ensemble within this process is to be. Everything has a default. */
public final class EnsembleContext
{
    private final Map<String, String> keys = new LinkedHashMap<>();
    private int observers;
    private Path directory;

    /**
     * Adds servers without a vote.
     *
     * @param number of observers, 0 or more; with the participants 32 at most. None by default.
     * @return this.
     */
    public EnsembleContext observers(final int number)
    {
        observers = number;
        return this;
    }

    /**
     * Sets where the servers keep their data, one folder each, named by their ids.
     *
     * @param newDirectory kept after the end; by default a temporary one that goes with the ensemble.
     * @return this.
     */
    public EnsembleContext directory(final Path newDirectory)
    {
        directory = newDirectory;
        return this;
    }

    /**
     * Sets any key of zoo.cfg for all servers, but ports and directories.
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
    }
}
