/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.disk;

/**
 * How a simulated disk behaves.
 *
 * @param forceMinNs      shortest force, nanoseconds.
 * @param forceMaxNs      longest ordinary force.
 * @param slowForceNs     length of a slow one.
 * @param slowForceChance of a force being slow, in thousandths.
 * @param ringLength      bytes of records that may wait; beyond, append refuses.
 * @param segmentLength   bytes after which a purge may forget.
 * @param reserveLength   bytes that can still be appended after the disk is full.
 * @param catchUpLength   bytes that are read ahead for each open read.
 * @param catchUpStallNs  time without progress after which a read fails.
 */
public record DiskFaults(long forceMinNs, long forceMaxNs, long slowForceNs, int slowForceChance, int ringLength,
    int segmentLength, int reserveLength, int catchUpLength, long catchUpStallNs)
{
    /** A healthy device: forces of about a tenth of a millisecond, a slow one now and then. */
    public static final DiskFaults HEALTHY = new DiskFaults(50_000, 200_000, 20_000_000, 5, 8 << 20, 64 << 20, 8 << 20,
        512 << 10, 30_000_000_000L);
}
