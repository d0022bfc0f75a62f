/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/** Types of watch events. Servers send only the first four. */
public final class EventType
{
    /** A znode was created. */
    public static final int NODE_CREATED = 1;
    /** A znode was deleted. */
    public static final int NODE_DELETED = 2;
    /** The data of a znode was replaced. */
    public static final int NODE_DATA_CHANGED = 3;
    /** A child was created or deleted. */
    public static final int NODE_CHILDREN_CHANGED = 4;

    private EventType()
    {
    }
}
