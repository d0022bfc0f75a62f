/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

/**
 * Who keeps a counters file.
 *
 * @param pid         process that keeps it, as it is numbered in its own container.
 * @param startTimeMs wall clock at which that server started, milliseconds since 1970.
 * @param version     of Caracal.
 * @param dataDir     of the server, as it is named in its own container.
 * @param nameSpaces  of the process.
 */
public record CountersHeader(long pid, long startTimeMs, String version, String dataDir, NameSpaces nameSpaces)
{
    /**
     * A server that sees what this process sees.
     *
     * @param pid         process that keeps the file.
     * @param startTimeMs wall clock at which that server started, milliseconds since 1970.
     * @param version     of Caracal.
     * @param dataDir     of the server.
     */
    public CountersHeader(final long pid, final long startTimeMs, final String version, final String dataDir)
    {
        this(pid, startTimeMs, version, dataDir, NameSpaces.own());
    }

    /**
     * The process, for people: its number, and whose number that is.
     *
     * @return for example {@code "process 1 of another container"}.
     */
    public String process()
    {
        return "process " + pid + (nameSpaces.hasOwnProcesses() ? "" : " of another container");
    }
}
