/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.news;

import io.caracal.engine.port.LinkEnd;
import io.caracal.server.metrics.ServerMetrics;
import io.caracal.server.metrics.Vital;
import io.caracal.server.record.Fact;
import io.caracal.server.record.Recording;
import io.caracal.transport.PeerEvents;
import io.caracal.transport.PeerRefusal;
import java.nio.file.Path;
import org.slf4j.Logger;

/** Logs and counts what happens to the links with other servers. */
public final class PeerNews implements PeerEvents
{
    private static final int MIB_SHIFT = 20;

    private final Logger log;
    private final ServerMetrics metrics;
    private final Recording recording;
    private final AwaitedDialers dialers;

    /**
     * Creates the news of one server.
     *
     * @param log       of the server.
     * @param metrics   in which links are counted.
     * @param recording keeps the facts.
     * @param dialers   are told of links.
     */
    public PeerNews(final Logger log, final ServerMetrics metrics, final Recording recording,
        final AwaitedDialers dialers)
    {
        this.log = log;
        this.metrics = metrics;
        this.recording = recording;
        this.dialers = dialers;
    }

    @Override
    public void onLinkUp(final long serverId, final long generation, final String address)
    {
        metrics.vital(Vital.LINK_GENERATIONS).getAndAddRelease(1);
        metrics.vital(Vital.LINKS_UP).getAndAddRelease(1);
        recording.note(Fact.Kind.LINK_UP, serverId);
        dialers.onLink(serverId, true);
        log.info("linked with server {} at {}", serverId, address);
    }

    @Override
    public void onLinkDown(final long serverId, final long generation, final LinkEnd end, final String detail)
    {
        metrics.vital(Vital.LINK_LOSSES).getAndAddRelease(1);
        metrics.vital(Vital.LINKS_UP).getAndAddRelease(-1);
        recording.note(Fact.Kind.LINK_DOWN, serverId);
        dialers.onLink(serverId, false);
        log.info("the link with server {} ended: {}", serverId, detail);
    }

    @Override
    public void onAttemptFailed(final long serverId, final String why)
    {
        log.info("no link with server {} yet: {}", serverId, why);
    }

    @Override
    public void onRefused(final long serverId, final PeerRefusal refusal, final String detail)
    {
        switch (refusal)
        {
            case OTHER_VOTERS -> log.error(
                "no link with server {}, the sets of participants differ ({}): write the same" +
                    " server lines for both",
                serverId, detail);
            case ID_IN_USE -> log.error("no link with server {}, two servers have the same id ({}): correct one myid",
                serverId, detail);
            case UNKNOWN_ID -> log.warn(
                "no link with server {}, one side does not know the other ({}): write the same" +
                    " server lines for both",
                serverId, detail);
            case BUSY, WRONG_DIRECTION -> log.debug("server {} refused: {} {}", serverId, refusal, detail);
            case NO_HELLO -> log.warn("a connection to the second port ended without what a server of this version " +
                "says first, {}: it came from something else, or from a server that gave up while this one was held up",
                detail);
        }
    }

    @Override
    public void onDirectoryFallback(final Path directory, final long neededBytes, final long usableBytes)
    {
        log.warn(
            "buffers of links lie on disk in {}, since shared memory has {} MB left and {} MB are needed: slower;" +
                " raise the size of /dev/shm",
            directory, usableBytes >> MIB_SHIFT, neededBytes >> MIB_SHIFT);
    }

    @Override
    public void onDirectorySwept(final Path directory)
    {
        log.info("removed {}: buffers of links that a killed server left in shared memory", directory);
    }

    @Override
    public void onAddressChanged(final String what)
    {
        log.error("{}: other servers that dial this one do not find it; it takes the new address when it is restarted",
            what);
    }

    @Override
    public void onDriverLost(final String why)
    {
        log.error("links with all servers end and are made anew: {}", why);
    }

    @Override
    public void onError(final Throwable error)
    {
        log.warn("a link reports {}", error.toString());
    }
}
