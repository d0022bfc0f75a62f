/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.engine.port.LinkEnd;
import io.caracal.transport.PeerEvents;
import io.caracal.transport.PeerRefusal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records what people are told. */
final class RecordingEvents implements PeerEvents
{
    private final List<String> all = new CopyOnWriteArrayList<>();

    List<String> all()
    {
        return all;
    }

    boolean has(final String part)
    {
        return all.stream().anyMatch(event -> event.contains(part));
    }

    @Override
    public void onLinkUp(final long serverId, final long generation, final String address)
    {
        all.add("up " + serverId + " " + generation + " " + address);
    }

    @Override
    public void onLinkDown(final long serverId, final long generation, final LinkEnd end, final String detail)
    {
        all.add("down " + serverId + " " + generation + " " + end + " " + detail);
    }

    @Override
    public void onAttemptFailed(final long serverId, final String why)
    {
        all.add("failed " + serverId + " " + why);
    }

    @Override
    public void onRefused(final long serverId, final PeerRefusal refusal, final String detail)
    {
        all.add("refused " + serverId + " " + refusal + " " + detail);
    }

    @Override
    public void onDirectoryFallback(final Path directory, final long neededBytes, final long usableBytes)
    {
        all.add("fallback " + directory);
    }

    @Override
    public void onDirectorySwept(final Path directory)
    {
        all.add("swept " + directory);
    }

    @Override
    public void onAddressChanged(final String what)
    {
        all.add("changed " + what);
    }

    @Override
    public void onDriverLost(final String why)
    {
        all.add("lost " + why);
    }

    @Override
    public void onError(final Throwable error)
    {
        all.add("error " + error);
    }
}
