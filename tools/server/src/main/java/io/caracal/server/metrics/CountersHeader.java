/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

/**
 * Describes the server that keeps a counters file.
 *
 * @param pid         id of its process, as seen in its own container.
 * @param startTimeMs wall-clock time at which it started, milliseconds since 1970.
 * @param version     of Caracal.
 * @param dataDir     its data directory, as named in its own container.
 * @param nameSpaces  name spaces of its process.
 */
public record CountersHeader(long pid, long startTimeMs, String version, String dataDir, NameSpaces nameSpaces)
{
    /**
     * Describes a server that has the same name spaces as this process.
     *
     * @param pid         id of its process.
     * @param startTimeMs wall-clock time at which it started, milliseconds since 1970.
     * @param version     of Caracal.
     * @param dataDir     its data directory.
     */
    public CountersHeader(final long pid, final long startTimeMs, final String version, final String dataDir)
    {
        this(pid, startTimeMs, version, dataDir, NameSpaces.own());
    }

    /**
     * Describes the process for people: its id, and whether that is an id of another container.
     *
     * @return for example {@code "process 1 of another container"}.
     */
    public String process()
    {
        return "process " + pid + (nameSpaces.hasOwnProcesses() ? "" : " of another container");
    }
}
