/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import io.caracal.engine.port.LinkEnd;
import java.nio.file.Path;

/**
 * Tells people what happens to links between servers. Called rarely, on the engine's thread. Implementations do not
 * block and never throw. What repeats with every attempt or every packet is reported once a minute.
 */
public interface PeerEvents
{
    /** Ignores everything. */
    PeerEvents NONE = new PeerEvents()
    {
        @Override
        public void onLinkUp(final long serverId, final long generation, final String address)
        {
        }

        @Override
        public void onLinkDown(final long serverId, final long generation, final LinkEnd end, final String detail)
        {
        }

        @Override
        public void onAttemptFailed(final long serverId, final String why)
        {
        }

        @Override
        public void onRefused(final long serverId, final PeerRefusal refusal, final String detail)
        {
        }

        @Override
        public void onDirectoryFallback(final Path directory, final long neededBytes, final long usableBytes)
        {
        }

        @Override
        public void onDriverLost(final String why)
        {
        }

        @Override
        public void onError(final Throwable error)
        {
        }
    };

    /**
     * A link came up.
     *
     * @param serverId   of the other server.
     * @param generation its number.
     * @param address    where the streams to the other server go.
     */
    void onLinkUp(long serverId, long generation, String address);

    /**
     * A link that was up has ended.
     *
     * @param serverId   of the other server.
     * @param generation its number.
     * @param end        why.
     * @param detail     more about the reason.
     */
    void onLinkDown(long serverId, long generation, LinkEnd end, String detail);

    /**
     * A link could not be made; the next attempt follows.
     *
     * @param serverId of the other server.
     * @param why      what failed.
     */
    void onAttemptFailed(long serverId, String why);

    /**
     * A hello was refused, by this server or by the other one. {@link PeerRefusal#OTHER_VOTERS} and {@link
     * PeerRefusal#ID_IN_USE} are configuration mistakes that a person has to correct.
     *
     * @param serverId of the other server; -1 if it is not known.
     * @param refusal  why.
     * @param detail   who, and what differs.
     */
    void onRefused(long serverId, PeerRefusal refusal, String detail);

    /**
     * The directory of the term buffers lies on disk, because shared memory is too small. That is slower, and worth a
     * warning.
     *
     * @param directory   in use.
     * @param neededBytes of all links.
     * @param usableBytes that shared memory offers.
     */
    void onDirectoryFallback(Path directory, long neededBytes, long usableBytes);

    /**
     * Term buffers that a dead process left in shared memory were removed.
     *
     * @param directory that is gone.
     */
    default void onDirectorySwept(final Path directory)
    {
    }

    /**
     * The address that this server listens on no longer leads here, so the others do not find it. The server has to be
     * restarted. Reported once.
     *
     * @param what happened to the address.
     */
    default void onAddressChanged(final String what)
    {
    }

    /**
     * Aeron's driver or client ended, and all links with it. Both are made anew.
     *
     * @param why what happened.
     */
    void onDriverLost(String why);

    /**
     * Aeron reports an error that does not end a link by itself. Also called on the driver's thread, if it has one.
     *
     * @param error as reported.
     */
    void onError(Throwable error);
}
