/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

/** Why a generation of a link ended. */
public enum LinkEnd
{
    /** The other process is gone: its silent link was closed or reset without a notice. */
    PEER_GONE,
    /** The other server ended the generation. */
    CLOSED_BY_PEER,
    /** This server ended it with {@link PeerPort#close}. */
    CLOSED_HERE,
    /** A stream lost something or cannot go on. Only a new generation makes it whole again. */
    STREAM_LOST
}
