/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

/** Is told when a znode is about to change or to be deleted that the running snapshot walk has not written yet. */
@FunctionalInterface
public interface BeforeImageHandler
{
    /**
     * Last chance to read a znode as it was when the walk began. The tree counts it as written afterwards.
     *
     * @param node the znode, whole and unchanged.
     */
    void onBeforeImage(long node);
}
