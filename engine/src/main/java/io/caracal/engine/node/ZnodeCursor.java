/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

/** A walk over znodes that goes on for several duty cycles and must not stand on a znode that goes. */
interface ZnodeCursor
{
    /** A znode is about to be deleted. */
    void onDeleting(long node);

    /** The tree is about to be another one, and all sessions about to end. */
    void onReplacing();
}
