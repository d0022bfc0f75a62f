/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

/** A walk over znodes that takes several duty cycles, and must step off a znode before that is deleted. */
interface ZnodeCursor
{
    /** A znode is about to be deleted. */
    void onDeleting(long node);

    /** The tree is about to be replaced as a whole, without a word about each znode that goes. */
    void onReplacing();
}
