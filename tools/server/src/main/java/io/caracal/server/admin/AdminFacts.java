/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.server.words.WordFacts;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.NanoClock;

/**
 * What the admin server tells beside what the engine knows.
 *
 * @param words             facts that it shares with four-letter words.
 * @param engine            answers queries.
 * @param clock             monotonic; that of the engine.
 * @param initialConfig     the configuration file as it was read, null when there was none.
 * @param rateLimitedCount  snapshots that came too soon.
 */
public record AdminFacts(WordFacts words, EngineReader engine, NanoClock clock, String initialConfig,
    AtomicLong rateLimitedCount)
{
}
