/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

/**
 * Who keeps a counters file.
 *
 * @param pid         process that keeps it.
 * @param startTimeMs wall clock at which that server started, milliseconds since 1970.
 * @param version     of Caracal.
 * @param dataDir     of the server.
 */
public record CountersHeader(long pid, long startTimeMs, String version, String dataDir)
{
}
