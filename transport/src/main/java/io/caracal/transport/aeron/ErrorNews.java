/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.transport.PeerEvents;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.NanoClock;

/**
 * Tells people what Aeron reports, the same error once a minute. Without a route to another server, for example, Aeron
 * reports every packet that it could not send. Called by the engine's thread and by the driver's thread, if there is
 * one.
 */
final class ErrorNews implements ErrorHandler
{
    private final PeerEvents events;
    private final Repeats repeats;

    ErrorNews(final PeerEvents events, final NanoClock nanoClock)
    {
        this.events = events;
        repeats = new Repeats(nanoClock);
    }

    @Override
    public void onError(final Throwable error)
    {
        if (isNew(String.valueOf(error)))
        {
            events.onError(error);
        }
    }

    private synchronized boolean isNew(final String news)
    {
        return repeats.isNew(news);
    }
}
