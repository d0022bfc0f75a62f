/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

/** The header fields of a chunk. The journal thread fills them in anew for each chunk. */
final class ChunkHead
{
    boolean isMark;
    long zxid;
    long committedZxid;
    long lastDurableZxid;
    int recordLength;
    int chunkOffset;
}
