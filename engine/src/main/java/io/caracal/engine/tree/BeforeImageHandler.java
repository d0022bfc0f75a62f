/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

/** Told of a znode that is about to change or go, and that the running walk has not written. */
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
