/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

/** What a chunk says of itself; filled in anew for each one by the journal thread. */
final class ChunkHead
{
    boolean isMark;
    long zxid;
    long committedZxid;
    long lastDurableZxid;
    int recordLength;
    int chunkOffset;
}
