/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

/** Records that {@link HashBuckets} links into chains: each has a hash and room for the slot of the next record. */
interface Chains
{
    /** Hash of a record. */
    int hash(int slot);

    /** Next record of the same bucket, 0 at the end. */
    int chainNext(int slot);

    /** Sets the next record of the same bucket. */
    void chainNext(int slot, int next);
}
