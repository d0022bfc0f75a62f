/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

/** A walk over znodes that takes several duty cycles, and that must step off a znode before it is deleted. */
interface ZnodeCursor
{
    /** A znode is about to be deleted. */
    void onDeleting(long node);

    /** The tree is about to be another one, and all sessions about to end. */
    void onReplacing();
}
