/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

/** Records in doubly linked lists, in the order of creation. */
interface LinkedRecords
{
    /** Next record of the list, 0 at its end. */
    int next(int slot);

    /** Sets the next record. */
    void next(int slot, int next);

    /** Previous record of the list, 0 at its head. */
    int previous(int slot);

    /** Sets the previous record. */
    void previous(int slot, int previous);

    /** Transaction that created a record. */
    long bornZxid(int slot);

    /** Place of a record among those that the same transaction created. */
    int bornOrder(int slot);

    /** Whether a record was created before another. */
    boolean isBefore(int slot, int other);
}
