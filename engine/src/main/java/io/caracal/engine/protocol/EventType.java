/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/** Types of watch events. Servers send only the first four. */
public final class EventType
{
    /** A znode came into being. */
    public static final int NODE_CREATED = 1;
    /** A znode is gone. */
    public static final int NODE_DELETED = 2;
    /** The data of a znode were replaced. */
    public static final int NODE_DATA_CHANGED = 3;
    /** A child came or went. */
    public static final int NODE_CHILDREN_CHANGED = 4;

    private EventType()
    {
    }
}
