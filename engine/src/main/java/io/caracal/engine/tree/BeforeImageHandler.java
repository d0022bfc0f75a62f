/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

/** Called when a znode that the running snapshot walk has not written yet is about to change or to be deleted. */
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
