/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.server.record.SlowRequests;
import io.caracal.server.words.WordFacts;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.agrona.concurrent.NanoClock;

/**
 * What the admin server tells beside what the engine knows.
 *
 * @param words             facts that it shares with four-letter words.
 * @param engine            answers queries.
 * @param clock             monotonic; that of the engine.
 * @param initialConfig     the configuration file as it was read, null when there was none.
 * @param rateLimitedCount  snapshots that came too soon.
 * @param slow              the latest requests that took long.
 * @param clientAddress     where the server listens for clients.
 * @param onRestore         is told that the server is to start anew with what is staged for it.
 */
public record AdminFacts(WordFacts words, EngineReader engine, NanoClock clock, String initialConfig,
    AtomicLong rateLimitedCount, SlowRequests slow, Supplier<InetSocketAddress> clientAddress,
    Runnable onRestore)
{
}
