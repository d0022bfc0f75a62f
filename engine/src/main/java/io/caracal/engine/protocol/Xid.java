/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/** Request ids (xids) with a meaning of their own. */
public final class Xid
{
    /** A watch event, from the server. */
    public static final int WATCH_EVENT = -1;
    /** A sign of life. */
    public static final int PING = -2;
    /** Authentication. */
    public static final int AUTH = -4;
    /** setWatches as some clients send it; echoed like an ordinary xid. */
    public static final int SET_WATCHES = -8;

    private Xid()
    {
    }
}
