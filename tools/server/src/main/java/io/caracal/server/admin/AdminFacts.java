/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.server.record.HotPaths;
import io.caracal.server.record.SlowRequests;
import io.caracal.server.words.WordFacts;
import java.util.function.Supplier;
import org.agrona.concurrent.NanoClock;

/**
 * What the admin server and the metrics may show besides what the engine knows. What they may do is in
 * {@link AdminActions}.
 *
 * @param words         facts shared with four-letter words.
 * @param engine        answers queries.
 * @param clock         monotonic; the engine's clock.
 * @param initialConfig the configuration file as it was read, null when there was none.
 * @param slow          the latest slow requests.
 * @param paths         the most requested paths.
 * @param missingFile   a file of the server that is gone or replaced, empty while all are there.
 */
public record AdminFacts(WordFacts words, EngineReader engine, NanoClock clock, String initialConfig,
    SlowRequests slow, HotPaths paths, Supplier<String> missingFile)
{
}
