/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import java.util.List;
import org.agrona.DirectBuffer;

/**
 * A znode as seen with the rights of the client that asked.
 *
 * @param errorCode       of the protocol; 0 is OK.
 * @param isAuthenticated whether credentials were given and accepted.
 * @param isSuper         whether they were those of the super user.
 * @param permissions     bits of {@code Perms} that the client has.
 * @param isPageLost      whether the child after which the page should begin is gone.
 * @param zxid            of the tree at that moment.
 * @param payloadLength   length of the data, -1 for null.
 * @param stat            as clients see it, empty with an error.
 * @param acl             as clients see it, empty with an error.
 * @param data            whole, or empty when it is longer than requested.
 * @param children        of the page.
 */
record ZnodeView(int errorCode, boolean isAuthenticated, boolean isSuper, int permissions, boolean isPageLost,
    long zxid, int payloadLength, DirectBuffer stat, DirectBuffer acl, DirectBuffer data, List<Child> children)
{
    /**
     * One child.
     *
     * @param isReadable     whether the client may read it; otherwise only the name is known.
     * @param payloadLength  length of its data, -1 for null.
     * @param childCount     number of its own children.
     * @param ephemeralOwner as clients see it.
     * @param name           within its parent.
     */
    record Child(boolean isReadable, int payloadLength, int childCount, long ephemeralOwner, String name)
    {
    }

    /** Length of all names of children in characters. */
    int namesLength()
    {
        return children.stream().mapToInt(child -> child.name().length()).sum();
    }
}
