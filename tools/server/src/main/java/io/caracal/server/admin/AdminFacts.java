/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.server.record.HotPaths;
import io.caracal.server.record.SlowRequests;
import io.caracal.server.words.WordFacts;
import java.util.function.Supplier;
import org.agrona.concurrent.NanoClock;

/**
 * What the admin server and the metrics tell beside what the engine knows. What they may do is in {@link AdminActions}.
 *
 * @param words         facts that are shared with four-letter words.
 * @param engine        answers queries.
 * @param clock         monotonic; that of the engine.
 * @param initialConfig the configuration file as it was read, null when there was none.
 * @param slow          the latest requests that took long.
 * @param paths         those that most requests name.
 * @param missingFile   a file of the server that is gone or replaced, empty while all are there.
 */
public record AdminFacts(WordFacts words, EngineReader engine, NanoClock clock, String initialConfig,
    SlowRequests slow, HotPaths paths, Supplier<String> missingFile)
{
}
