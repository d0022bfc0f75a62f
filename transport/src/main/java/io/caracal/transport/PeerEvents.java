/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import io.caracal.engine.port.LinkEnd;
import java.nio.file.Path;

/**
 * What happens to links between servers, for people. Called on the engine's thread, rarely; implementations do not
 * block and never throw. What repeats, with every attempt or with every packet, is told once a minute.
 */
public interface PeerEvents
{
    /** Takes no notice of anything. */
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
     * A link is up.
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
     * @param detail     more about it.
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
     * PeerRefusal#ID_IN_USE} are mistakes in the configuration that a person has to correct.
     *
     * @param serverId of the other server, -1 if it is not known.
     * @param refusal  why.
     * @param detail   who, and what differs.
     */
    void onRefused(long serverId, PeerRefusal refusal, String detail);

    /**
     * The directory of term buffers lies on disk, since shared memory is too small: slower, and worth a warning.
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
     * The address that this server listens at no longer leads here, so that others do not find it: it has to be started
     * anew. Told once.
     *
     * @param what happened to the address.
     */
    default void onAddressChanged(final String what)
    {
    }

    /**
     * Aeron's driver or client ended, all links with it; both are made anew.
     *
     * @param why what happened.
     */
    void onDriverLost(String why);

    /**
     * Aeron reports an error that ends no link by itself. Also called on the driver's thread, if it has one.
     *
     * @param error as reported.
     */
    void onError(Throwable error);
}
