/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.disk;

/**
 * The behavior of a simulated disk.
 *
 * @param forceMinNs      duration of the shortest force, in nanoseconds.
 * @param forceMaxNs      duration of the longest ordinary force.
 * @param slowForceNs     duration of a slow force.
 * @param slowForceChance chance of a force being slow, in thousandths.
 * @param ringLength      number of bytes of records that may wait; beyond that, append refuses.
 * @param segmentLength   number of bytes of records for which room is reserved at a time.
 * @param reserveLength   number of bytes that can still be appended after the disk is full.
 * @param catchUpLength   number of bytes that are read ahead for each open read.
 * @param catchUpStallNs  time without progress after which a read fails.
 */
public record DiskFaults(long forceMinNs, long forceMaxNs, long slowForceNs, int slowForceChance, int ringLength,
    int segmentLength, int reserveLength, int catchUpLength, long catchUpStallNs)
{
    /** A healthy device. A force takes about a tenth of a millisecond; a few are slow. */
    public static final DiskFaults HEALTHY = new DiskFaults(50_000, 200_000, 20_000_000, 5, 8 << 20, 64 << 20, 8 << 20,
        512 << 10, 30_000_000_000L);
}
