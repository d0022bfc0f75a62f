/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.snapshot;

/** A snapshot file is not whole. The store decides whether another one will do. */
final class SnapshotDamage extends Exception
{
    private static final long serialVersionUID = 1L;

    SnapshotDamage(final String message)
    {
        super(message);
    }
}
